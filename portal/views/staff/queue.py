"""The queue: its page, what stands in it, and what can be asked of it."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases.kinds import KINDS
from portal.cases.steps import STATES
from portal.desk.filters import ME, NOBODY, RULINGS, Filters
from portal.desk.member import Member
from portal.desk.place import Place
from portal.desk.queue import PAGE, Entry
from portal.errors import QueueRefused
from portal.views.staff import access, questions

bp = Blueprint("staff_queue", __name__)

PAGE_LIMIT = 100  # reports in one answer, at most
_NUMBER = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
_COUNTED: Mapping[str, Filters] = {
    "open": Filters(),
    "urgent": Filters(urgent=True),
    "overdue": Filters(overdue=True),
    "unread": Filters(unread=True),
    "mine": Filters(assigned=ME),
    "nobody": Filters(assigned=NOBODY),
    "quiet": Filters(quiet=True),
}


@bp.get("/staff/")
def page() -> ResponseReturnValue:
    """Show the queue's page; it holds nothing of any report, and its script fetches the rest."""
    return render_template("staff/queue.html")


@bp.get("/staff/api/queue")
def listed() -> ResponseReturnValue:
    """Return a part of the queue: what is urgent first, then what is due next."""
    asking = access.member()
    filters, after, limit = _question()
    queue = web.services().desk.queue
    found = queue.page(asking, filters, now=web.now(), after=after, limit=limit)
    names = _programs(asking)
    rows = [_plain(entry, names) for entry in found.entries]
    return jsonify(reports=rows, next=found.next.text if found.next else None)


@bp.get("/staff/api/queue/counts")
def counted() -> ResponseReturnValue:
    """Return how many reports the filters let through (`shown`), and the parts of the queue.

    Asked beside the list, which need not wait for it.
    """
    asking = access.member()
    filters, _, _ = _question()
    queue = web.services().desk.queue
    found = queue.counts(asking, {"shown": filters, **_COUNTED}, now=web.now())
    return jsonify({name: {"count": one.count, "more": one.more} for name, one in found.items()})


@bp.get("/staff/api/queue/choices")
def choices() -> ResponseReturnValue:
    """Return what can be chosen in the filters, and to whom a report can be assigned."""
    asking = access.member()
    people = web.services().desk.assignments.colleagues(asking)
    return jsonify(
        states=[{"value": value, "label": label} for value, label in STATES.items()],
        kinds=[{"value": value, "label": label} for value, label in KINDS.items()],
        rulings=[{"value": value, "label": label} for value, label in RULINGS.items()],
        programs=[
            {"slug": slug, "name": name, "role": str(asking.roles[slug])}
            for slug, name in _programs(asking).items()
        ],
        people=[{"id": one.id, "name": one.name, "programs": dict(one.programs)} for one in people],
    )


def _question() -> tuple[Filters, Place | None, int]:
    """Read filters, place and limit; what is there twice means nothing certain."""
    once = questions.once()
    after, limit = once.pop("after", ""), once.pop("limit", "") or str(PAGE)
    if not _NUMBER.fullmatch(limit) or int(limit) > PAGE_LIMIT:
        raise QueueRefused.about("limit", f"a whole number from 1 to {PAGE_LIMIT}")
    return Filters.parse(once), Place.parse(after) if after else None, int(limit)


def _programs(asking: Member) -> dict[str, str]:
    """Return the names of somebody's programs by slug, in the order of the names."""
    known = web.services().catalogue.names(asking.roles)
    # A role can be given before the policy is published.
    found = {slug: known.get(slug, slug) for slug in asking.roles}
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))


def _plain(entry: Entry, names: Mapping[str, str]) -> dict[str, Any]:
    person = entry.assigned
    return {
        "id": entry.id,
        "program": entry.program,
        "program_name": names[entry.program],
        "kind": entry.kind,
        "kind_label": KINDS[entry.kind],
        "exposed": entry.exposed,
        "exploited": entry.exploited,
        "state": entry.state,
        "state_label": STATES[entry.state],
        "ended": entry.ended,
        "ruling": entry.ruling,
        "ruling_label": RULINGS[entry.ruling],
        "received_at": entry.received_at.isoformat(),
        "due_at": entry.due_at.isoformat() if entry.due_at else None,
        "zone": entry.zone,
        "overdue": entry.overdue,
        "unread": entry.unread,
        "activity": entry.activity,
        "assigned": {"id": person.id, "name": person.name} if person else None,
        "quiet": entry.quiet,
    }
