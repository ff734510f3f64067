"""The audit log at the desk: its page, what stands in it, its signed head, and a part to keep."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases.audit_export import AuditExport
from portal.cases.steps import STEPS
from portal.desk import exports, reasons
from portal.desk.acts import ACTS, DETAILS, words
from portal.desk.audit_trail import AuditTrail, Entry, Question
from portal.desk.member import Role
from portal.views.staff import access, bodies, questions

bp = Blueprint("staff_audit", __name__)

_SHORT = 16  # characters of a hash that people compare
_HASH = 64
_REASONS = frozenset({"reason", "why"})
_PERSONS = frozenset({"to", "from"})  # members of an entry that name a person, or nobody


@bp.get("/staff/audit")
def page() -> ResponseReturnValue:
    """Show the page; its script fetches the entries."""
    return render_template("staff/audit.html")


@bp.get("/staff/api/audit")
def listed() -> ResponseReturnValue:
    """Return entries, newest first."""
    asking = access.member()
    found, after = _trail().page(asking, Question.parse(questions.once()))
    programs = _trail().programs_of(entry.subject for entry in found)
    names = web.services().desk.names(_people(found)) | _trail().hidden(asking, found)
    return jsonify(entries=[_plain(entry, names, programs) for entry in found], next=after)


@bp.get("/staff/api/audit/choices")
def choices() -> ResponseReturnValue:
    """Return what can be chosen in the filters."""
    asking, services = access.member(), web.services()
    known = services.catalogue.names(asking.roles)
    people = services.desk.assignments.colleagues(asking)
    return jsonify(
        acts=[{"act": name, "theme": act.theme, "words": act.words} for name, act in ACTS.items()],
        people=[{"id": one.id, "name": one.name} for one in people],
        programs=[{"slug": slug, "name": known.get(slug, slug)} for slug in sorted(asking.roles)],
        reasons=[{"code": code, "words": told} for code, told in reasons.WORDS.items()],
    )


@bp.get("/staff/api/audit/head")
def head() -> ResponseReturnValue:
    """Sign where the log ends now; whoever keeps it can tell later whether it was cut."""
    access.member()
    export = _export()
    found = export.head(now=web.now())
    signed = export.signer.audit_head(found)
    return jsonify(head=signed, sequence=found.sequence, hash=found.hash, at=found.at.isoformat())


@bp.post("/staff/api/audit/export")
def export() -> ResponseReturnValue:
    """Hand out the entries that answer a question, with a signed head; it is written down.

    What the page hides is withheld from them, and they say so.

    Raises:
        ReasonRefused: The reason for it is none of the list.
        NotAllowed: They handle reports in no program.
        ConfirmationNeeded: No passkey confirmed just now that its owner is there.
    """
    asking, now = access.member(), web.now()
    asking.require_somewhere(Role.HANDLER)
    asking.require_fresh(now=now)
    body = bodies.fields()
    reason = reasons.parse("audit-export", body.pop("reason", None))
    given = {name: str(value) for name, value in body.items()}
    question = Question.parse(given)
    services = web.services()
    exports.note_log(services.store.database, given, actor=asking.id, now=now, reason=reason)
    keysets = {slug: services.catalogue.keyset_texts(slug) for slug in sorted(asking.roles)}
    lines = _export().lines(
        now=now,
        only=_trail().rows(asking, question),
        keysets=keysets,
        redacted=_trail().redactor(asking),
    )
    answer = Response(lines, mimetype="application/jsonl")
    answer.headers["Content-Disposition"] = 'attachment; filename="audit.jsonl"'
    return answer


def _trail() -> AuditTrail:
    return web.services().desk.audit_trail


def _export() -> AuditExport:
    services = web.services()
    return AuditExport(services.store.database, services.signer)


def _people(found: tuple[Entry, ...]) -> set[str]:
    named = {one for entry in found for one in (entry.actor, entry.subject)}
    held = (value for entry in found for value in entry.data.values())
    return named | {value for value in held if isinstance(value, str)}


def _plain(entry: Entry, names: Mapping[str, str], programs: Mapping[str, str]) -> dict[str, Any]:
    return {
        "sequence": entry.sequence,
        "at": entry.at.isoformat(),
        "actor": {"key": entry.actor, "name": names.get(entry.actor, entry.actor)},
        "act": entry.act,
        "words": words(entry.act, entry.data),
        "subject": _subject(entry, names, programs),
        "details": [
            {"label": DETAILS.get(key, key.replace("_", " ")), "value": _value(key, value, names)}
            for key, value in entry.data.items()
            if value != {} and not (key == "event" and value in STEPS)
        ],
        "hash": entry.hash,
    }


def _subject(
    entry: Entry, names: Mapping[str, str], programs: Mapping[str, str]
) -> dict[str, str | None]:
    if entry.subject in programs:
        return {"kind": "report", "key": entry.subject, "name": entry.subject}
    if entry.subject in names:
        return {"kind": "person", "key": entry.subject, "name": names[entry.subject]}
    return {"kind": "other", "key": entry.subject, "name": entry.subject}


def _value(key: str, value: object, names: Mapping[str, str]) -> str:
    """Write a value for people: names for ids, the start of a hash, words for yes and no."""
    if value is None:
        return "nobody" if key in _PERSONS else "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_value(key, one, names) for one in value) or "none"
    if isinstance(value, dict):
        pairs = (f"{name} {_value(name, one, names)}" for name, one in value.items())
        return ", ".join(pairs) or "nothing"
    if key in _REASONS:
        return reasons.words(str(value))
    if key == "received_at":
        return f"{datetime.fromisoformat(str(value)).astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    text = names.get(str(value), str(value))
    return f"{text[:_SHORT]}…" if len(text) == _HASH and text.isalnum() else text
