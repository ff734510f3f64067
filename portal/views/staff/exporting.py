"""Exports at the desk: a bundle of chosen reports, to be opened elsewhere."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from portal import web
from portal.desk import exports
from portal.desk.bundle import Exporter
from portal.desk.member import Role
from portal.errors import BodyRefused
from portal.views.staff import access, bodies

bp = Blueprint("staff_exporting", __name__)


@bp.post("/staff/api/export")
def export() -> ResponseReturnValue:
    """Stream a bundle of the reports named in `reports`; it is written down first.

    Raises:
        ConfirmationNeeded: No passkey confirmed just now that its owner is there.
        NotAllowed: They do not handle reports in one of the programs.
        NoSuchReport: One is not there, or not for them to see.
        BodyRefused: None are named, or too many.
    """
    asking, services, now = access.member(), web.services(), web.now()
    wanted = tuple(dict.fromkeys(bodies.texts(bodies.fields(), "reports")))
    if not 1 <= len(wanted) <= exports.LISTED:
        raise BodyRefused(
            f"An export takes 1 to {exports.LISTED} reports.",
            hint="Choose fewer, or use `portico export` on the server, which takes any number.",
        )
    chosen = [access.readable(one, asking) for one in wanted]
    for report in chosen:
        asking.require(Role.HANDLER, report.program)
    asking.require_fresh(now=now)
    exports.note(services.store.database, chosen, actor=asking.id, now=now)
    exporter = Exporter(services.store, services.catalogue, services.signer)
    answer = Response(exporter.pieces(chosen, now=now), mimetype="application/zip")
    answer.headers["Content-Disposition"] = 'attachment; filename="reports.zip"'
    return answer
