"""Following a report: the bearer of a token sees how it stands, and gets back what they sent."""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases.report import Report
from portal.cases.standing import plain_standing, standing
from portal.errors import NoSuchReport
from portal.intake import bearer
from portal.policy.ics import MEDIA_TYPE, calendar_file
from portal.views.forms import TokenForm

bp = Blueprint("status", __name__)


@bp.get("/status")
def ask() -> ResponseReturnValue:
    """Ask for the token."""
    return render_template("status/ask.html", limit=web.services().config.max_delivery)


@bp.post("/status")
def show() -> ResponseReturnValue:
    """Show how a report stands, as a page or, for the page's script, as JSON."""
    if request.is_json:
        report = web.services().store.look_up(bearer.from_json(web.json_body()))
        return jsonify(plain_standing(shown(report)["standing"]))
    report = web.services().store.look_up(bearer.from_text(TokenForm().text()))
    return render_template("status/report.html", **shown(report))


def shown(report: Report) -> dict[str, Any]:
    """Return what the page without script shows of a report."""
    services = web.services()
    found = standing(report, store=services.store, catalogue=services.catalogue, now=web.now())
    return {
        "standing": found,
        "report": report,
        "messages": services.store.thread.messages(report.id),
    }


@bp.post("/status/dates.ics")
def dates() -> ResponseReturnValue:
    """Hand the promised dates to the bearer of a token as a calendar file, without the token.

    Raises:
        NoSuchReport: No report for this token.
    """
    services, now = web.services(), web.now()
    report = services.store.look_up(_asked()[0])
    found = standing(report, store=services.store, catalogue=services.catalogue, now=now)
    url = f"{services.config.url}/status"
    file = calendar_file(
        found.deadlines, name=found.policy.name, report=report.id, url=url, now=now
    )
    answer = Response(file, content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{report.id}.ics"'
    return answer


@bp.post("/status/envelope")
def envelope() -> ResponseReturnValue:
    """Hand an age file to the bearer of the report's token, as it was stored.

    Raises:
        NoSuchReport: No report for this token, or no file of that role in it.
    """
    stored_lookup, role = _asked()
    store = web.services().store
    report = store.look_up(stored_lookup)
    for row_id, kept in store.envelopes(report.id):
        if kept.role == role:
            answer = Response(store.age_file(row_id, kept), mimetype="application/octet-stream")
            answer.content_length = kept.length
            saved_as = f'attachment; filename="{report.id}-{role}.age"'
            answer.headers["Content-Disposition"] = saved_as
            return answer
    raise NoSuchReport("This report has no such file.", hint="Look at the report's status first.")


def _asked() -> tuple[str, object]:
    """Return whose file is asked for and which, by script or by a form."""
    if not request.is_json:
        return bearer.from_text(TokenForm().text()), request.form.get("role")
    body = web.json_body()
    return bearer.from_json(body), body.get("role") if isinstance(body, dict) else None
