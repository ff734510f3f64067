"""Following a report: the bearer of a token sees how it stands, and gets back what they sent."""

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases.standing import Standing, plain_standing, standing
from portal.errors import NoSuchReport
from portal.intake import bearer
from portal.views.forms import TokenForm

bp = Blueprint("status", __name__)


@bp.get("/status")
def ask() -> ResponseReturnValue:
    """Ask for the token."""
    return render_template("status/ask.html")


@bp.post("/status")
def show() -> ResponseReturnValue:
    """Show how a report stands, as a page or, for the page's script, as JSON."""
    if request.is_json:
        found = _standing(bearer.from_json(web.json_body()))
        return jsonify(plain_standing(found))
    found = _standing(bearer.from_text(TokenForm().text()))
    return render_template("status/report.html", standing=found, report=found.report)


@bp.post("/status/envelope")
def envelope() -> ResponseReturnValue:
    """Hand an age file back to the bearer of the report's token, as it was stored.

    Raises:
        NoSuchReport: No report for this token, or no file of that role in it.
    """
    body = web.json_body()
    store = web.services().store
    report = store.look_up(bearer.from_json(body))
    role = body.get("role") if isinstance(body, dict) else None
    for row_id, kept in store.envelopes(report.id):
        if kept.role == role:
            answer = Response(store.age_file(row_id, kept), mimetype="application/octet-stream")
            answer.content_length = kept.length
            return answer
    raise NoSuchReport("This report has no such file.", hint="Look at the report's status first.")


def _standing(stored_lookup: str) -> Standing:
    services = web.services()
    return standing(
        services.store.look_up(stored_lookup),
        store=services.store,
        catalogue=services.catalogue,
        now=web.now(),
    )
