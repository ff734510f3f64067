"""A message in a request, whoever sends it: read, handed to the intake, answered."""

from typing import Any

from flask import request

from portal import web
from portal.cases.envelope import MAIN
from portal.cases.messages import Author, Message
from portal.cases.report import Report
from portal.intake.message import Letter, Postbox

FORM_OVERHEAD = 1024 * 1024  # bytes of field names and boundaries around the files


def expect_files() -> int:
    """Let this request carry sealed files, and return how many bytes they may have."""
    limit = web.services().config.max_delivery
    request.max_content_length = limit + FORM_OVERHEAD
    return limit


def letter() -> Letter:
    """Read the message of a request that a script made.

    Raises:
        DeliveryRefused: A field is missing or malformed, or no sealed file is there.
    """
    files = {name: file.stream for name, file in request.files.items() if file.filename}
    return Letter.parse(request.form, files)


def keep(letter: Letter, report: Report, *, author: Author, actor: str) -> tuple[Message, bool]:
    """Keep a message, and tell whether it had been kept before; refusals as in `Postbox.take`."""
    services = web.services()
    postbox = Postbox(
        program=web.program(report.program),
        catalogue=services.catalogue,
        thread=services.store.thread,
        limit=services.config.max_delivery,
    )
    return postbox.take(letter, report, author=author, actor=actor, now=web.now())


def listed(report: Report, messages: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a thread as JSON-ready data, with what its reader needs to check and to answer it."""
    services = web.services()
    main = next((one for _, one in services.store.envelopes(report.id) if one.role in MAIN), None)
    keyset = web.program(report.program).keyset
    return {
        "report": report.id,
        "report_payload_sha256": main.payload_sha256 if main else None,
        "keyset_version": keyset.version if keyset else None,
        "messages": messages,
    }
