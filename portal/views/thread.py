"""The thread as the bearer of a report's token sees it: who wrote when, and the next message."""

from http import HTTPStatus

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases import messages
from portal.cases.messages import Message
from portal.cases.report import Report
from portal.intake import bearer
from portal.intake.message import Letter
from portal.views import posting
from portal.views.forms import SealedFileForm, TokenForm
from portal.views.status import shown

bp = Blueprint("thread", __name__)


@bp.post("/status/messages")
def listed() -> ResponseReturnValue:
    """List the messages; each is fetched, sealed as it is, from `/status/envelope`."""
    store = web.services().store
    report = store.look_up(bearer.from_json(web.json_body()))
    thread = [messages.plain(one) for one in store.thread.messages(report.id)]
    return jsonify(posting.listed(report, thread))


@bp.post("/status/message")
def write() -> ResponseReturnValue:
    """Take a sealed message from the page's script, or a file sealed by hand."""
    posting.expect_files()
    if "lookup" in request.form:
        report = web.services().store.look_up(bearer.from_json(request.form.to_dict()))
        kept, replayed = _kept(posting.letter(), report)
        answer = jsonify(report=report.id, **messages.plain(kept))
        return answer, _status(replayed)
    report = web.services().store.look_up(bearer.from_text(TokenForm().text()))
    _, replayed = _kept(_by_hand(), report)
    return render_template("status/report.html", **shown(report), written=True), _status(replayed)


def _kept(letter: Letter, report: Report) -> tuple[Message, bool]:
    return posting.keep(letter, report, author="reporter", actor="reporter")


def _by_hand() -> Letter:
    form = SealedFileForm()
    form.check()
    return Letter.by_hand(form.sealed.data.stream)


def _status(replayed: bool) -> HTTPStatus:
    return HTTPStatus.OK if replayed else HTTPStatus.CREATED
