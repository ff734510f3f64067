"""What staff record about a report, alone or with a second person."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases import events
from portal.desk import reasons
from portal.desk.approvals import Approval
from portal.desk.casework import two_people
from portal.desk.member import Member, Role
from portal.desk.telling import Teller
from portal.errors import BodyRefused
from portal.views.staff import access, bodies

bp = Blueprint("staff_events", __name__)


@bp.post("/staff/api/reports/<report_id>/events")
def record(report_id: str) -> ResponseReturnValue:
    """Record an event, or ask a second person for it where the policy says so."""
    asking, report = access.report(report_id, role=Role.HANDLER)
    body = bodies.fields()
    name, data = events.named(bodies.text(body, "name")), _data(body)
    reason = reasons.parse(name, body.get("reason"))
    if name == "duplicate" and isinstance(data.get("of"), str):
        access.readable(data["of"], asking)
    services, now = web.services(), web.now()
    needs_two = two_people(report, services.catalogue, now=now)
    done = services.desk.casework.record(
        report, name, data, by=asking, needs_two=needs_two, now=now, reason=reason
    )
    if isinstance(done, Approval):
        return jsonify(approval=_approval(done, asking)), HTTPStatus.ACCEPTED
    return jsonify(event=_event(report.id, done[0], asking)), HTTPStatus.CREATED


@bp.post("/staff/api/reports/<report_id>/approvals/<approval_id>")
def decide(report_id: str, approval_id: str) -> ResponseReturnValue:
    """Grant or refuse, as the second person, what a first one asked for."""
    asking, report = access.report(report_id, role=Role.HANDLER)
    body = bodies.fields()
    granted = body.get("granted")
    if not isinstance(granted, bool):
        raise BodyRefused(
            "This address needs “granted” as true or false.",
            hint="Load the page again, and do it there.",
        )
    desk = web.services().desk
    decided = desk.approvals.decide(
        report,
        approval_id,
        granted=granted,
        by=asking,
        now=web.now(),
        reason=body.get("reason"),
    )
    return jsonify(approval=_approval(decided, asking))


def _data(body: dict[str, Any]) -> dict[str, Any]:
    data = body.get("data", {})
    if not isinstance(data, dict):
        raise BodyRefused(
            "This address needs “data” as a JSON object.",
            hint="Load the page again, and do it there.",
        )
    return data


def _event(report_id: str, number: int, reader: Member) -> dict[str, Any]:
    history = web.services().store.events(report_id)
    with web.services().desk.database.reading() as connection:
        return Teller.to(reader, connection, history=history).event(number, history)


def _approval(approval: Approval, reader: Member) -> dict[str, Any]:
    with web.services().desk.database.reading() as connection:
        return Teller.to(reader, connection, approvals=[approval]).approval(approval)
