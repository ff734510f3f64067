"""What goes with the form: files for sealing by hand, dates to come, its questions as data."""

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases.editions import chosen, editions
from portal.cases.prospects import plain
from portal.errors import DeliveryRefused
from portal.intake import by_hand
from portal.intake.ahead import if_received
from portal.intake.form import Form

bp = Blueprint("form_files", __name__)


@bp.get("/<slug:slug>/report.md")
def report(slug: str) -> ResponseReturnValue:
    """Hand out a report to fill in, for sealing by hand."""
    program = web.program(slug)
    text = by_hand.template(program, Form.of(program.policy))
    return _download(text, mimetype="text/markdown", name="report.md")


@bp.get("/<slug:slug>/question.md")
def question(slug: str) -> ResponseReturnValue:
    """Hand out a question to fill in, for sealing by hand.

    Raises:
        DeliveryRefused: The policy takes no questions.
    """
    program = web.program(slug)
    form = Form.of(program.policy)
    if not form.question:
        raise DeliveryRefused(
            f"The policy of {program.name} takes no questions.",
            hint="Write to one of the contacts on the policy page.",
        )
    return _download(by_hand.question(program, form), mimetype="text/markdown", name="question.md")


@bp.get("/<slug:slug>/recipients.txt")
def recipients(slug: str) -> ResponseReturnValue:
    """Hand out the recipients as a file for `age -R`."""
    text = by_hand.recipients(web.program(slug))
    return _download(text, mimetype="text/plain", name="recipients.txt")


@bp.get("/<slug:slug>/report/dates.json")
def dates(slug: str) -> ResponseReturnValue:
    """Say by when each promise would be due, were a report received now; the same for everyone."""
    found = if_received(web.program(slug).policy, at=web.now())
    return jsonify(deadlines=[plain(deadline) for deadline in found])


@bp.get("/<slug:slug>/report/form.json")
def questions(slug: str) -> ResponseReturnValue:
    """Say what a version of the policy asks, for those who write the rest of a report later."""
    catalogue = web.services().catalogue
    published = editions(catalogue.database, slug)
    listed = f"/{slug}/scope/versions.json"
    edition = chosen(published, request.args.getlist("version"), listed=listed)
    return jsonify(Form.of(catalogue.policy(slug, edition.version)).plain)


def _download(text: str, *, mimetype: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, mimetype=mimetype, headers=headers)
