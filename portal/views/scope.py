"""The checker: is this target in scope?"""

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from portal import web
from portal.intake.checking import Inquiry, check, plain, require_asked
from portal.policy import scope_feed
from portal.views.forms import TargetForm

bp = Blueprint("scope", __name__)


@bp.get("/<slug:slug>/scope")
def ask(slug: str) -> ResponseReturnValue:
    """Show the empty checker; a target never stands in an address."""
    program = web.program(slug)
    return render_template(
        "scope/check.html",
        program=program,
        inquiry=None,
        files=scope_feed.offers(program.policy),
    )


@bp.post("/<slug:slug>/scope")
def rule(slug: str) -> ResponseReturnValue:
    """Rule on a target, as a page or as JSON."""
    program = web.program(slug)
    signer = web.services().signer
    if request.is_json:
        inquiry = Inquiry.from_json(web.json_body())
        require_asked(inquiry.answers, program=program)
        return jsonify(
            plain(check(inquiry, program=program, signer=signer, now=web.now()), program)
        )
    inquiry = TargetForm().inquiry(request.form)
    checked = check(inquiry, program=program, signer=signer, now=web.now())
    return render_template(
        "scope/check.html",
        program=program,
        inquiry=inquiry,
        checked=checked,
        verdict=checked.verdict,
        nonce=checked.nonce_text,
        files=scope_feed.offers(program.policy),
    )
