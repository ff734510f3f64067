"""Exports at the desk: a bundle of chosen reports, to be opened elsewhere."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from portal import web
from portal.desk import exports, reasons
from portal.desk.bundle import Exporter
from portal.desk.hiding import Hiding
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
        ReasonRefused: It lacks a reason, or has one that is none.
    """
    asking, services, now = access.member(), web.services(), web.now()
    body = bodies.fields()
    wanted = tuple(dict.fromkeys(bodies.texts(body, "reports")))
    if not 1 <= len(wanted) <= exports.LISTED:
        raise BodyRefused(
            f"An export takes 1 to {exports.LISTED} reports.",
            hint="Choose fewer, or use `portico export` on the server, which takes any number.",
        )
    chosen = [access.readable(one, asking) for one in wanted]
    for report in chosen:
        asking.require(Role.HANDLER, report.program)
    reason = reasons.parse("export", body.get("reason"))
    asking.require_fresh(now=now)
    exports.note(services.store.database, chosen, actor=asking.id, now=now, reason=reason)
    hiding = Hiding(asking.roles.keys())
    exporter = Exporter(services.store, services.catalogue, services.signer, hiding)
    answer = Response(exporter.pieces(chosen, now=now), mimetype="application/zip")
    answer.headers["Content-Disposition"] = 'attachment; filename="reports.zip"'
    return answer
