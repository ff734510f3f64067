"""The addresses for programs: a ruling for one target or thousands, and what describes them all.

Nobody is logged in here, so there is no authority that a foreign page could borrow, and no
cross-site token.
"""

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from portal import web
from portal.errors import InquiryRefused
from portal.intake import streaming
from portal.intake.batch import LONGEST_BODY, Batch
from portal.intake.checking import check, plain, require_asked
from portal.views import openapi

bp = Blueprint("api", __name__, url_prefix="/api/v1")

LINES = "application/x-ndjson"


@bp.post("/programs/<slug:slug>/scope/check")
def check_scope(slug: str) -> ResponseReturnValue:
    """Rule on one target, or on a list of them with an answer a line."""
    services, program = web.services(), web.program(slug)
    batch = _batch()
    require_asked(batch.inquiries[0].answers, program=program)  # a batch has one set for all
    if batch.many:
        answers = streaming.lines(
            batch, program=program, signer=services.signer, clock=services.clock
        )
        return Response(answers, content_type=LINES)
    (inquiry,) = batch.inquiries
    checked = check(
        inquiry, program=program, signer=services.signer, now=web.now(), signed=batch.receipts
    )
    return jsonify(plain(checked, program))


@bp.get("/openapi.json")
def describe() -> ResponseReturnValue:
    """Describe every address for programs."""
    return jsonify(openapi.document(web.services().config.url))


def _batch() -> Batch:
    """Read what is asked.

    Raises:
        InquiryRefused: Not sent as JSON, or not understood.
        RequestEntityTooLarge: More bytes than are read.
        TooLarge: More targets than are answered at once.
    """
    request.max_content_length = LONGEST_BODY
    if not request.is_json:
        raise InquiryRefused(
            "The request is not sent as JSON.", hint="Send it with Content-Type: application/json."
        )
    body = request.get_data(cache=False)
    if len(body) >= LONGEST_BODY:  # a body that comes in chunks is cut there without a word
        raise RequestEntityTooLarge
    return Batch.read(body)
