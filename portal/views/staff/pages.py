"""The desk's page of one report: a shell, the same for every report; its script asks the API."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal import web

bp = Blueprint("staff_pages", __name__)


@bp.get("/staff/reports/<report_id>")
def report(report_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the script reads it there
    """Show the page on which a report is read, answered and worked on."""
    opening = web.services().config.open_in_browser
    return render_template("staff/report.html", opening=opening)
