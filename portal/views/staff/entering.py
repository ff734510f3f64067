"""Entering a report that came by mail: the page where it is sealed, and where it is taken in."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import IO

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from portal import web
from portal.desk.member import Role
from portal.errors import DeliveryRefused
from portal.intake.delivery import NUMBER, Sealed, declared, matching, ticks
from portal.intake.entering import MailDesk
from portal.views import posting
from portal.views.staff import access

bp = Blueprint("staff_entering", __name__)

ROLES = ("report", "attachments")


@bp.get("/staff/programs/<slug:slug>/enter")
def page(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the script reads it there
    """Show the page on which a mail is sealed; it is the same for every program."""
    config = web.services().config
    return render_template("staff/enter.html", opening=config.open_in_browser)


@bp.get("/staff/api/programs/<slug:slug>/entering")
def facts(slug: str) -> ResponseReturnValue:
    """Say what the page has to know of a program: its zone, and how much may be sent."""
    access.program(slug, role=Role.HANDLER)
    policy = web.program(slug).policy
    limit = web.services().config.max_delivery
    return jsonify(program=slug, name=policy.name, zone=policy.calendar.zone, limit=limit)


@bp.post("/staff/api/programs/<slug:slug>/reports")
def enter(slug: str) -> ResponseReturnValue:
    """Keep a report that was sealed at the desk, with the time at which it came."""
    asking = access.program(slug, role=Role.HANDLER)
    limit = posting.expect_files()
    services = web.services()
    files = {name: file.stream for name, file in request.files.items() if file.filename}
    desk = MailDesk(services.catalogue, services.store, services.signer, limit)
    receipt = desk.enter(
        _sealed(request.form, files),
        program=slug,
        received_at=_moment(request.form.get("received_at", "")),
        by=asking.id,
        now=web.now(),
        keyset=_keyset(request.form),
        **ticks(request.form),
    )
    answer = jsonify(report=receipt.report, receipt=receipt.statement, claims=receipt.claims)
    return answer, HTTPStatus.OK if receipt.replayed else HTTPStatus.CREATED


def _sealed(fields: Mapping[str, str], files: Mapping[str, IO[bytes]]) -> tuple[Sealed, ...]:
    """Return what the page sealed, or one file that was sealed by hand."""
    if "sealed" in files:
        return (Sealed("sealed", files["sealed"]),)
    if "report" not in files:
        raise DeliveryRefused(
            "No sealed file arrived.",
            hint="Seal the mail on the page for that, or choose the .age file that you made.",
        )
    # Its sender has no key here, so there is no copy beyond those of the staff.
    return tuple(declared(role, fields, files[role], 0) for role in ROLES if role in files)


def _keyset(fields: Mapping[str, str]) -> int | None:
    return int(matching("keyset", fields, NUMBER)) if "keyset" in fields else None


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
