"""Entering a report that came by mail."""

from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from portal import web
from portal.desk.member import Role
from portal.errors import DeliveryRefused
from portal.intake.entering import MailDesk
from portal.views import posting
from portal.views.forms import SealedFileForm
from portal.views.staff import access

bp = Blueprint("staff_entering", __name__)


@bp.post("/staff/api/programs/<slug:slug>/reports")
def enter(slug: str) -> ResponseReturnValue:
    """Keep a report that was sealed at the desk, with the time at which it came."""
    asking = access.program(slug, role=Role.HANDLER)
    limit = posting.expect_files()
    services = web.services()
    form = SealedFileForm()
    form.check()
    desk = MailDesk(services.catalogue, services.store, services.signer, limit)
    receipt = desk.enter(
        form.sealed.data.stream,
        program=slug,
        received_at=_moment(request.form.get("received_at", "")),
        by=asking.id,
        now=web.now(),
    )
    answer = jsonify(report=receipt.report, receipt=receipt.statement, claims=receipt.claims)
    return answer, HTTPStatus.OK if receipt.replayed else HTTPStatus.CREATED


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise DeliveryRefused(
            "The field “received_at” is missing, or no time with a zone.",
            hint="Write it as 2026-11-20T14:05+01:00.",
        )
    return moment
