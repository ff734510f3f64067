"""The front door: which programs there are, what each promises, whose keys it uses."""

import hashlib
from http import HTTPStatus

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal import web
from portal.errors import PorticoError
from portal.intake import proof
from portal.intake.looking_back import LookBack, Memory, look_back
from portal.policy import scope_feed
from portal.views import report
from portal.views.forms import ProofForm

bp = Blueprint("public", __name__)


@bp.get("/")
def home() -> ResponseReturnValue:
    """Show the programs, or go straight to the only one."""
    programs = web.services().catalogue.programs(now=web.now())
    if len(programs) == 1:
        return redirect(f"/{programs[0].slug}/")
    return render_template("public/home.html", programs=programs)


@bp.get("/<slug:slug>/", strict_slashes=False)
def policy(slug: str) -> ResponseReturnValue:
    """Show a program's policy, generated from its pack."""
    program = web.program(slug)
    files = scope_feed.offers(program.policy)
    return render_template("public/program.html", program=program, files=files)


@bp.get("/<slug:slug>/keys")
def keys(slug: str) -> ResponseReturnValue:
    """Show whose keys reports are sealed to, and every change there has been."""
    program = web.program(slug)
    page = report.page(program).encode()
    return render_template(
        "public/keys.html",
        program=program,
        keyset=program.keyset,
        changes=web.services().catalogue.key_changes(slug),
        page_sha256=hashlib.sha256(page).hexdigest(),
    )


@bp.get("/<slug:slug>/keyset.jws")
def keyset(slug: str) -> ResponseReturnValue:
    """Hand out the signed keyset.

    Raises:
        NoValidKeys: The published one has expired.
    """
    return Response(web.program(slug).valid_keyset.text, mimetype="text/plain")


@bp.route("/verify", methods=["GET", "POST"])
def verify() -> ResponseReturnValue:
    """Explain what receipts prove, and check one that is pasted."""
    form = ProofForm()
    memory = form.memory(request.form)
    outcome: proof.Proof | None = None
    refusal: PorticoError | None = None
    look: LookBack | None = None
    if request.method == "POST":
        try:
            outcome = proof.read(form.text(), signer=web.services().signer)
            look = _look_back(outcome, memory)
        except PorticoError as fault:
            refusal = fault
    page = render_template(
        "public/verify.html",
        outcome=outcome,
        refusal=refusal,
        look=look,
        memory=memory,
        statement=form.statement.data or "",
        issuer=web.services().signer.issuer,
    )
    return page, refusal.status if refusal else HTTPStatus.OK


def _look_back(outcome: proof.Proof, memory: Memory) -> LookBack | None:
    """Say what became of a ruling; a receipt for a report holds none to look back on."""
    if outcome.kind != "scope":
        return None
    return look_back(outcome, memory, catalogue=web.services().catalogue, now=web.now())


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Say that the database answers too.

    Raises:
        StoreUnavailable: It does not.
    """
    web.services().catalogue.programs(now=web.now())
    return Response("ready\n", mimetype="text/plain")
