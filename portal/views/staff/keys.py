"""A program's keys at the desk: who holds them, what changes, and what is still to be shared."""

import re
from typing import Any

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases.sharing import Unshared
from portal.desk.key_facts import keyset_facts
from portal.desk.sharing import covering
from portal.errors import BodyRefused
from portal.views.staff import access

bp = Blueprint("staff_keys", __name__)

ADDRESS = "/staff/api/programs/<slug:slug>/keys"
PAGE_SIZE = 100  # files in one answer
_PLACE = re.compile(r"([0-9a-z-]{1,11}) ([a-z0-9-]{1,40})", re.ASCII)  # report and role


@bp.get("/staff/keys")
@bp.get("/staff/keys/<slug:slug>")
def page(slug: str | None = None) -> ResponseReturnValue:  # noqa: ARG001 - its script reads it
    """Show the page of keys; it holds nothing of any program, and its script fetches the rest."""
    opening = web.services().config.open_in_browser
    return render_template("staff/keys.html", opening=opening)


@bp.get(ADDRESS)
def keys(slug: str) -> ResponseReturnValue:
    """Return a program's keyset in force, its alarms, its history and what it opens."""
    asking = access.program(slug)
    services, now = web.services(), web.now()
    program = services.catalogue.program(slug, now=now)
    published = services.catalogue.keyset_history(slug)
    sharing = services.desk.sharing
    found = keyset_facts(
        published,
        sharing.sealed(slug),
        sharing.count_unshared(slug, covering(published)),
        receipt_key=services.signer.kid,
        now=now,
    )
    places = {"url": services.config.url, "desk": services.desk.url}
    named = {"program": slug, "name": program.name, **places}
    return jsonify({**named, "role": str(asking.roles[slug]), **found})


@bp.get(f"{ADDRESS}/unshared")
def unshared(slug: str) -> ResponseReturnValue:
    """List files that somebody in the newest keyset cannot open, by report and role.

    Raises:
        BodyRefused: `after` is no place in this list.
    """
    access.program(slug)
    services = web.services()
    covers = covering(services.catalogue.keyset_history(slug))
    found = services.desk.sharing.unshared(slug, covers, after=_after(), limit=PAGE_SIZE + 1)
    here, more = found[:PAGE_SIZE], found[PAGE_SIZE:]
    following = f"{here[-1].report} {here[-1].role}" if more else None
    return jsonify(files=[_plain(one) for one in here], next=following)


def _after() -> tuple[str, str]:
    given = request.args.get("after")
    if given is None:
        return ("", "")
    match = _PLACE.fullmatch(given)
    if match is None:
        raise BodyRefused("“after” is no place in this list.", hint="Load the page again.")
    return (match[1], match[2])


def _plain(one: Unshared) -> dict[str, Any]:
    return {
        "report": one.report,
        "role": one.role,
        "keyset_version": one.keyset_version,
    }
