"""The front door: which programs there are, what each promises, whose keys it uses."""

import hashlib
import re
from http import HTTPStatus

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal import web
from portal.errors import PorticoError, VersionRefused
from portal.intake import proof
from portal.intake.looking_back import LookBack, Memory, look_back
from portal.policy import scope_feed, terms_level
from portal.views import report
from portal.views.forms import ProofForm

bp = Blueprint("public", __name__)

VERSION = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)  # what every database can count to


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
    level = terms_level.level(program.policy, form=program.takes_reports)
    return render_template("public/program.html", program=program, files=files, level=level)


@bp.get("/<slug:slug>/keys")
def keys(slug: str) -> ResponseReturnValue:
    """Show whose keys reports are sealed to, and every change there has been."""
    program = web.program(slug)
    page = report.page(program).encode()
    return render_template(
        "public/keys.html",
        program=program,
        keyset=program.keyset,
        history=web.services().catalogue.keyset_history(slug),
        page_sha256=hashlib.sha256(page).hexdigest(),
    )


@bp.get("/<slug:slug>/keyset.jws")
def keyset(slug: str) -> ResponseReturnValue:
    """Hand out the signed keyset: the one in force, or any version of it by ``?version=``.

    An old one is for reading: it says whose key signed a message, and nothing is sealed to it. A
    version never changes; it is not to be cached all the same, because a cache is a trace of the
    visit. What is wrong is said in text, since programs ask here.
    """
    try:
        return Response(_keyset_text(slug, request.args.get("version")), mimetype="text/plain")
    except PorticoError as fault:
        return web.refusal(fault, as_json=web.wants_json())


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


def _keyset_text(slug: str, asked: str | None) -> str:
    """Return the keyset in force, or the version that is asked for.

    Raises:
        NoSuchProgram: None of that name is published.
        NoValidKeys: The one in force has expired.
        NoSuchVersion: None of that number was published.
        VersionRefused: That is no number.
    """
    if asked is None:
        return web.program(slug).valid_keyset.text
    if not VERSION.fullmatch(asked):
        raise VersionRefused(
            "A version is one whole number from 1 on.", hint=f"They are listed at /{slug}/keys."
        )
    return web.services().catalogue.keyset_text(slug, int(asked))


def _look_back(outcome: proof.Proof, memory: Memory) -> LookBack | None:
    """Say what became of a ruling; a receipt for a report holds none to look back on."""
    if outcome.kind != "scope":
        return None
    return look_back(outcome, memory, catalogue=web.services().catalogue, now=web.now())
