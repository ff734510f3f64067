"""The page of thanks, where a policy has one; and the way off it, for the bearer of a token."""

from http import HTTPStatus

from flask import Blueprint, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases.thanks import Thanks
from portal.intake import bearer
from portal.views.forms import TokenForm
from portal.views.status import shown

bp = Blueprint("thanks", __name__)


@bp.get("/<slug:slug>/thanks")
def show(slug: str) -> ResponseReturnValue:
    """Name those who wanted to be named."""
    program = web.program(slug)
    recognition = program.policy.recognition
    if recognition is None or not recognition.thanks:
        abort(HTTPStatus.NOT_FOUND)
    named = Thanks(web.services().catalogue.database).of(slug)
    return render_template("public/thanks.html", program=program, named=named)


@bp.post("/status/unname")
def take_off() -> ResponseReturnValue:
    """Take the reporter's name off at once, by script or by a form; staff are not asked.

    Raises:
        NoSuchReport: No report for this token.
    """
    services = web.services()
    scripted = request.is_json
    stored_lookup = (
        bearer.from_json(web.json_body()) if scripted else bearer.from_text(TokenForm().text())
    )
    report = services.store.look_up(stored_lookup)
    gone = Thanks(services.store.database).retract(report, now=web.now())
    if scripted:
        return jsonify(report=report.id, taken_off=gone)
    return render_template("status/report.html", **shown(report))
