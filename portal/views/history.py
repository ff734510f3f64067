"""What became of a policy: every version of it, and what each one changed."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases import policy_history

bp = Blueprint("history", __name__)


@bp.get("/<slug:slug>/history")
def versions(slug: str) -> ResponseReturnValue:
    """List every version, newest first, with the parts that changed."""
    program = web.program(slug)
    found = policy_history.history(web.services().catalogue, slug)
    return render_template("public/history.html", program=program, revisions=found)


@bp.get("/<slug:slug>/history/<number>")
def version(slug: str, number: str) -> ResponseReturnValue:
    """Show what one version says differently from the one before it."""
    program = web.program(slug)
    found = policy_history.revision(web.services().catalogue, slug, number)
    return render_template("public/revision.html", program=program, revision=found)
