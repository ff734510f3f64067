"""Notes, tags and drafts about a report: sealed in the browser, listed as they are, shared anew."""

import base64
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases.memos import KINDS, Kind, Memo
from portal.desk.member import Member, Role
from portal.errors import BodyRefused
from portal.intake import memo, new_header
from portal.views.staff import access, bodies

bp = Blueprint("staff_memos", __name__)

ADDRESS = "/staff/api/reports/<report_id>/memos"


@bp.get(ADDRESS)
def listed(report_id: str) -> ResponseReturnValue:
    """List the memos of a report, newest first; nobody sees the draft of another."""
    asking, report = access.report(report_id)
    desk = web.services().desk
    before = request.args.get("before")
    found, more = desk.memos.listed(report.id, reader=asking.id, before=before)
    names = desk.names(one.staff for one in found)
    return jsonify(memos=[_plain(one, names, asking) for one in found], next=more)


@bp.post(ADDRESS)
def keep(report_id: str) -> ResponseReturnValue:
    """Keep a memo."""
    asking, report = access.report(report_id, role=Role.HANDLER)
    body, kind = bodies.fields(), _kind()
    keyset = web.program(report.program).valid_keyset
    sealed = memo.read(body.get("sealed"), keyset_version=body.get("keyset"), keyset=keyset)
    desk = web.services().desk
    kept = desk.memos.keep(
        report.id, kind, sealed, by=asking.id, keyset_version=keyset.version, now=web.now()
    )
    return jsonify(memo=_plain(kept, {asking.id: asking.name}, asking)), HTTPStatus.CREATED


@bp.delete(f"{ADDRESS}/draft")
def drop(report_id: str) -> ResponseReturnValue:
    """Remove one's own draft."""
    asking, report = access.report(report_id)
    web.services().desk.memos.drop_draft(report.id, by=asking.id)
    return jsonify(dropped=True)


@bp.get(f"{ADDRESS}/<memo_id>")
def headed(report_id: str, memo_id: str) -> ResponseReturnValue:
    """Hand out a note or tags, with the newest header, or with `?header=first` the first one.

    Raises:
        NoSuchReport: The report has none of that id; a draft is listed to its author alone.
    """
    _asking, report = access.report(report_id)
    found = web.services().desk.memo_sharing.headed(report, memo_id)
    header = found.first if request.args.get("header") == "first" else found.newest
    return Response(header + found.payload, mimetype="application/octet-stream")


@bp.post(f"{ADDRESS}/<memo_id>/header")
def share(report_id: str, memo_id: str) -> ResponseReturnValue:
    """Keep a new header: everybody in the keyset in force can open the note or tags from now on.

    Raises:
        EnvelopeRefused: It is no header for exactly these people.
        KeysetOutdated: It was made for another keyset than the one in force.
        NoSuchReport: The report has none of that id.
        NoValidKeys: No keyset is in force.
    """
    asking, report = access.report(report_id, role=Role.HANDLER)
    body = bodies.fields()
    keyset = web.program(report.program).valid_keyset
    header = new_header.read(
        body.get("header"), keyset_version=body.get("keyset"), keyset=keyset, copies=0
    )
    sharing = web.services().desk.memo_sharing
    added = sharing.share(report, memo_id, header, keyset=keyset, by=asking.id, now=web.now())
    return jsonify(added=added), HTTPStatus.CREATED


def _kind() -> Kind:
    kind = bodies.text(bodies.fields(), "kind")
    if kind not in KINDS:
        raise BodyRefused(
            f"A memo is one of: {', '.join(KINDS)}.", hint="Load the page again, and save it there."
        )
    return kind


def _plain(kept: Memo, names: Mapping[str, str], asking: Member) -> dict[str, Any]:
    return {
        "id": kept.id,
        "kind": kept.kind,
        "at": kept.at.isoformat(),
        "author": {"id": kept.staff, "name": names[kept.staff]},
        "mine": kept.staff == asking.id,
        "keyset_version": kept.keyset_version,
        "sealed": base64.b64encode(kept.sealed).decode(),
    }
