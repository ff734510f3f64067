"""Deleting a report for good, because its reporter asked for it."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from portal import web
from portal.desk.member import Role
from portal.views.staff import access

bp = Blueprint("staff_removal", __name__)


@bp.post("/staff/api/reports/<report_id>/delete")
def delete(report_id: str) -> ResponseReturnValue:
    """Carry out what the reporter asked for; only events and audit log stay."""
    asking, report = access.report(report_id, role=Role.HANDLER)
    asking.require_fresh(now=web.now())
    web.services().store.departures.delete(report, by=asking.id, now=web.now())
    return jsonify(deleted=True)
