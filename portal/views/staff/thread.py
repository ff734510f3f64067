"""The thread as staff see it, and the messages they write: sealed and signed at the desk."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases import messages
from portal.cases.messages import Message
from portal.desk.member import Role
from portal.views import posting
from portal.views.staff import access

bp = Blueprint("staff_thread", __name__)

ADDRESS = "/staff/api/reports/<report_id>/messages"


@bp.get(ADDRESS)
def listed(report_id: str) -> ResponseReturnValue:
    """List the messages of a report, with who of the staff wrote each."""
    _, report = access.report(report_id)
    thread = web.services().store.thread.messages(report.id)
    names = web.services().desk.names(one.actor for one in thread)
    return jsonify(posting.listed(report, [_plain(one, names) for one in thread]))


@bp.post(ADDRESS)
def write(report_id: str) -> ResponseReturnValue:
    """Take a message to the reporter."""
    asking, report = access.report(report_id, role=Role.HANDLER)
    posting.expect_files()
    kept, replayed = posting.keep(posting.letter(), report, author="staff", actor=asking.id)
    names = web.services().desk.names([kept.actor])
    answer = jsonify(report=report.id, **_plain(kept, names))
    return answer, HTTPStatus.OK if replayed else HTTPStatus.CREATED


def _plain(message: Message, names: dict[str, str]) -> dict[str, Any]:
    """Return a message with its author's name; None stands for the reporter."""
    name = names.get(message.actor)
    actor = {"id": message.actor, "name": name} if name else None
    return {**messages.plain(message), "actor": actor}
