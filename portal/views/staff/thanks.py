"""The reporter's name on the page of thanks, as staff put it there, or take it off."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases.thanks import Thanks
from portal.desk import names
from portal.desk.member import Role
from portal.views.staff import access, bodies

bp = Blueprint("staff_thanks", __name__)


@bp.post("/staff/api/reports/<report_id>/thanks")
def put(report_id: str) -> ResponseReturnValue:
    """Publish the name that a verified message asks for.

    Raises:
        EventRefused: The policy in force names nobody on such a page, or nobody recorded that the
            reporter is to be named.
        NameRefused: It is no line that everybody can see.
    """
    asking, report = access.report(report_id, role=Role.HANDLER)
    name = names.parse(bodies.text(bodies.fields(), "name"))
    policy = web.program(report.program).policy
    _thanks().add(report, name, policy=policy, actor=asking.id, now=web.now())
    return jsonify(name=name)


@bp.delete("/staff/api/reports/<report_id>/thanks")
def remove(report_id: str) -> ResponseReturnValue:
    """Take the name off again."""
    asking, report = access.report(report_id, role=Role.HANDLER)
    return jsonify(taken_off=_thanks().take_out(report, actor=asking.id, now=web.now()))


def _thanks() -> Thanks:
    return Thanks(web.services().store.database)
