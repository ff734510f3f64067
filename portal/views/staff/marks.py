"""What staff do to a report's row in the queue: assign it, mark it as seen, make it quiet."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from portal import web
from portal.desk import reasons
from portal.desk.member import Role
from portal.errors import QueueRefused
from portal.views.staff import access, bodies

bp = Blueprint("staff_marks", __name__)


@bp.post("/staff/api/reports/<report_id>/assign")
def assign(report_id: str) -> ResponseReturnValue:
    """Give a report to somebody, or to nobody."""
    asking, report = access.report(report_id, role=Role.HANDLER)
    to = _given("to")
    if to is not None and not isinstance(to, str):
        raise QueueRefused.about("to", "the id of a colleague, or null")
    web.services().desk.assignments.assign(report.id, to, by=asking, now=web.now())
    return jsonify(assigned=to)


@bp.post("/staff/api/reports/<report_id>/seen")
def seen(report_id: str) -> ResponseReturnValue:
    """Note how much of a report somebody has seen."""
    asking, report = access.report(report_id)
    activity = _given("activity")
    if not isinstance(activity, int) or isinstance(activity, bool):
        raise QueueRefused.about("activity", "a whole number")
    noted = web.services().desk.unread.mark(report.id, activity, by=asking)
    return jsonify(activity=noted)


@bp.post("/staff/api/reports/<report_id>/quiet")
def quiet(report_id: str) -> ResponseReturnValue:
    """Put a report on the quiet list, which takes a reason, or take it off."""
    asking, report = access.report(report_id, role=Role.HANDLER)
    wanted = _given("quiet")
    if not isinstance(wanted, bool):
        raise QueueRefused.about("quiet", "true or false")
    why = reasons.parse("quiet" if wanted else "unquiet", bodies.fields().get("reason"))
    quiet_list = web.services().desk.quiet_list
    quiet_list.put(report.id, wanted, by=asking, now=web.now(), reason=why)
    return jsonify(quiet=wanted)


def _given(name: str) -> object:
    body = bodies.given()
    if not isinstance(body, dict) or name not in body:
        raise QueueRefused.about(name, "given, as JSON")
    return body[name]
