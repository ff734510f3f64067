"""The guided form, and the door that takes what it seals."""

from http import HTTPStatus

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases.program import Program
from portal.cases.standing import standing
from portal.intake import by_hand
from portal.intake.ahead import ahead
from portal.intake.delivery import Delivery
from portal.intake.form import Form
from portal.intake.receipt import Receipt
from portal.intake.receive import receive
from portal.views import posting
from portal.views.forms import SealedFileForm

bp = Blueprint("report", __name__)


def page(program: Program) -> str:
    """Return the form: the same bytes for everyone, made from policy, keyset and build alone."""
    return render_template(
        "report/form.html",
        program=program,
        form=Form.of(program.policy),
        steps=ahead(program.policy),
        command=by_hand.COMMAND,
        question_command=by_hand.QUESTION_COMMAND,
        limit=web.services().config.max_delivery,
    )


@bp.get("/<slug:slug>/report")
def ask(slug: str) -> ResponseReturnValue:
    """Show the guided form."""
    return page(web.program(slug))


@bp.post("/<slug:slug>/report")
def submit(slug: str) -> ResponseReturnValue:
    """Take in a sealed report and answer with its signed receipt."""
    services, limit = web.services(), posting.expect_files()
    current = web.program(slug)  # a wrong address is said first, whatever was sent there
    delivery = _delivery()
    program = _as_seen(current, delivery)
    receipt = receive(
        delivery,
        program=program,
        store=services.store,
        signer=services.signer,
        limit=limit,
        now=web.now(),
    )
    answer = _plain(receipt) if web.wants_json() else _page(receipt, program)
    return answer, HTTPStatus.OK if receipt.replayed else HTTPStatus.CREATED


def _delivery() -> Delivery:
    files = {name: file.stream for name, file in request.files.items() if file.filename}
    if "lookup" not in request.form:
        SealedFileForm().check()
    return Delivery.parse(request.form, files)


def _plain(receipt: Receipt) -> Response:
    return jsonify(
        report=receipt.report,
        receipt=receipt.statement,
        claims=receipt.claims,
        token=receipt.token.text if receipt.token else None,
    )


def _page(receipt: Receipt, program: Program) -> str:
    services = web.services()
    found = standing(
        services.store.report(receipt.report),
        store=services.store,
        catalogue=services.catalogue,
        now=web.now(),
    )
    return render_template(
        "report/receipt.html",
        program=program,
        receipt=receipt,
        deadlines=found.deadlines,
        zone=found.zone,
        portal=services.config.url,
    )


def _as_seen(current: Program, delivery: Delivery) -> Program:
    """Return the program in the versions the reporter had before them."""
    if delivery.policy_version is None or delivery.keyset_version is None:
        return current
    return web.services().catalogue.as_seen(
        current,
        policy_version=delivery.policy_version,
        keyset_version=delivery.keyset_version,
        now=web.now(),
    )
