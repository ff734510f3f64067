"""Leaving: the bearer of a token withdraws a report, or has it deleted."""

from http import HTTPStatus

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases.report import Report
from portal.intake import bearer
from portal.views.forms import TokenForm
from portal.views.status import shown

bp = Blueprint("leaving", __name__)


@bp.post("/status/withdraw")
def withdraw() -> ResponseReturnValue:
    """Note that the reporter withdraws; staff decide what that means for the problem."""
    report = _theirs()
    web.services().store.departures.withdraw(report, now=web.now())
    if request.is_json:
        return jsonify(report=report.id, withdrawn=True)
    return render_template("status/report.html", **shown(report))


@bp.post("/status/delete")
def delete() -> ResponseReturnValue:
    """Delete the report if nobody has opened it; else note that the reporter asks for it."""
    report = _theirs()
    deleted = web.services().store.departures.ask(report, now=web.now())
    status = HTTPStatus.OK if deleted else HTTPStatus.ACCEPTED
    if request.is_json:
        return jsonify(report=report.id, deleted=deleted), status
    if deleted:
        return render_template("status/deleted.html"), status
    return render_template("status/report.html", **shown(report)), status


def _theirs() -> Report:
    """Return the report of whoever asks, by script or by a form."""
    if request.is_json:
        stored_lookup = bearer.from_json(web.json_body())
    else:
        stored_lookup = bearer.from_text(TokenForm().text())
    return web.services().store.look_up(stored_lookup)
