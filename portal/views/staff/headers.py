"""The headers of a sealed file: what it is shared by, and a new one to share it with more."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases.report import Report
from portal.cases.sharing import Version
from portal.desk.member import Member, Role
from portal.desk.sharing import START, WHOLE
from portal.intake import new_header
from portal.views.staff import access, bodies, questions

bp = Blueprint("staff_headers", __name__)

ADDRESS = "/staff/api/reports/<report_id>/headers/<role>"
_BYTES = "application/octet-stream"


@bp.get(ADDRESS)
def headers(report_id: str, role: str) -> ResponseReturnValue:
    """List every header a file has had; or hand out one of them, or what sharing takes.

    `?version=N` gives the bytes of that header. `?start=1` gives the newest one and what follows
    it: all of a small file, and of a large one as much as shows whether a header opens it.

    Raises:
        NoSuchReport: The report has no file of that role, or the file no such header.
        VersionRefused: That is no version.
    """
    asking, report = access.report(report_id)
    sharing = web.services().desk.sharing
    if request.args.get("start") == "1":
        return Response(_beginning(report, role, asking), mimetype=_BYTES)
    asked = questions.version()
    if asked is None:
        found = sharing.versions(report, role)
        return jsonify(role=role, headers=[_plain(one) for one in found])
    return Response(sharing.header(report, role, asked), mimetype=_BYTES)


@bp.post(ADDRESS)
def share(report_id: str, role: str) -> ResponseReturnValue:
    """Keep a new header: everybody in the keyset in force can open the file from now on.

    Raises:
        EnvelopeRefused: It is no header for exactly these people.
        KeysetOutdated: It was made for another keyset than the one in force.
        NoSuchReport: The report has no file of that role.
        NoValidKeys: No keyset is in force.
    """
    asking, report = access.report(report_id, role=Role.HANDLER)
    body = bodies.fields()
    keyset = web.program(report.program).valid_keyset
    header = new_header.read(body.get("header"), keyset_version=body.get("keyset"), keyset=keyset)
    made = web.services().desk.sharing.share(
        report, role, header, keyset=keyset, by=asking.id, now=web.now()
    )
    return jsonify(header=_plain(made)), HTTPStatus.CREATED


def _beginning(report: Report, role: str, asking: Member) -> bytes:
    services = web.services()
    face = services.desk.sharing.face(report, role)
    header, payload = services.store.header(face), b""
    services.desk.casework.taken(report, role, by=asking, now=web.now())
    wanted = WHOLE if face.length - len(header) <= WHOLE else START
    for block in services.store.payload(face.envelope):
        payload += block[: wanted - len(payload)]
        if len(payload) == wanted:
            break
    return header + payload


def _plain(one: Version) -> dict[str, Any]:
    return {
        "version": one.version,
        "keyset_version": one.keyset_version,
        "sha256": one.sha256,
        "added_at": one.added_at.isoformat(),
    }
