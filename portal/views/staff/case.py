"""A report at the desk: its page, what the server knows of it, and its age files as they are."""

from collections.abc import Iterator

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases.headers import Face
from portal.desk.dossier import Archive
from portal.errors import NoSuchReport
from portal.views.staff import access

bp = Blueprint("staff_case", __name__)


@bp.get("/staff/reports/<report_id>")
def page(report_id: str) -> ResponseReturnValue:  # noqa: ARG001 - its script reads it there
    """Show the page on which a report is read, answered and worked on: a shell, alike for all."""
    opening = web.services().config.open_in_browser
    return render_template("staff/report.html", opening=opening)


@bp.get("/staff/api/reports/<report_id>")
def show(report_id: str) -> ResponseReturnValue:
    """Return everything about a report that is not sealed."""
    asking, report = access.report(report_id)
    services = web.services()
    archive = Archive(services.store, services.catalogue, services.desk)
    dossier = archive.dossier(report, reader=asking, now=web.now())
    return jsonify({**dossier, "limit": services.config.max_delivery})


@bp.get("/staff/api/reports/<report_id>/envelopes/<role>")
def envelope(report_id: str, role: str) -> ResponseReturnValue:
    """Hand out an age file with its newest header, or with `?header=1` that header alone.

    That the report itself was taken is in the audit log; whether it was opened, only its opener
    can say.

    Raises:
        NoSuchReport: The report has no file of that role.
    """
    asking, report = access.report(report_id)
    services = web.services()
    face = _face(report.id, role)
    header = services.store.header(face)
    if request.args.get("header") == "1":
        return Response(header, mimetype="application/octet-stream")
    services.desk.casework.taken(report, role, by=asking, now=web.now())
    return _streamed(report.id, face, header)


@bp.post("/staff/api/reports/<report_id>/opened")
def opened(report_id: str) -> ResponseReturnValue:
    """Note that somebody opened a report on their machine."""
    asking, report = access.report(report_id)
    first = web.services().desk.casework.opened(report, by=asking, now=web.now())
    return jsonify(first=first)


def _face(report_id: str, role: str) -> Face:
    for face in web.services().store.faces(report_id):
        if face.role == role:
            return face
    raise NoSuchReport("This report has no such file.", hint="Load the page of the report again.")


def _streamed(report_id: str, face: Face, header: bytes) -> Response:
    payload = web.services().store.payload(face.envelope)

    def blocks() -> Iterator[bytes]:
        yield header
        yield from payload

    answer = Response(blocks(), mimetype="application/octet-stream")
    answer.content_length = face.length
    saved_as = f'attachment; filename="{report_id}-{face.role}.age"'
    answer.headers["Content-Disposition"] = saved_as
    return answer
