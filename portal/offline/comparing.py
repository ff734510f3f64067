"""What the portal signed, compared with what was in the envelope.

Every comparison is told: what holds, what fails, and what could not be checked. The sentences are
ours; a reporter's words stand in them as code spans only.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import scope
from portal.errors import StatementRefused
from portal.offline import receipts
from portal.offline.document import Document, Target
from portal.offline.manifest import Case
from portal.offline.opening import Opened
from portal.offline.report_text import span
from portal.policy.succession import Succession

Claims = Mapping[str, Any]

ALONE = "It came by itself: no signature of the portal was checked."
UNSIGNED = "Nobody vouches for the bundle: no signature of the portal was checked."
BY_HAND = "It was sealed by hand, so there is nothing to compare with the form."
MAIL = "mail"  # how a report came that staff entered
LONGEST_TARGET = 4096  # characters; what is longer is not an address that somebody checked


def compared(
    case: Case, document: Document | None, attached: Opened | None, keysets: Succession | None
) -> Iterator[str]:
    """Yield what comparing the envelope with the portal's words showed.

    Args:
        case: What the bundle's manifest says.
        document: The report in the envelope; None when it was sealed by hand.
        attached: The opened attachments; None when there are none.
        keysets: Vouch for the bundle; None when nobody does.
    """
    if keysets is None:
        yield UNSIGNED
    filed = {"the manifest": case.verdict or None}
    if keysets is not None:
        receipt, told = _receipt(case, keysets)
        filed |= {"the portal's receipt": receipt["verdict"]} if "verdict" in receipt else {}
        yield told
        if document is not None and receipt:
            yield from _nature(document, receipt)
            yield from _way(document, receipt)
    if document is None:
        yield BY_HAND
    else:
        yield from _words(case, document, attached)
    if keysets is not None:
        yield from _verdicts(filed, document.target if document else None, keysets)


def _receipt(case: Case, keysets: Succession) -> tuple[Claims, str]:
    """Return what the report's receipt states, as far as it is proven, and a sentence on it."""
    try:
        claims = receipts.verify_among(case.receipt, keysets=keysets).claims
    except StatementRefused as error:
        return {}, f"WARNING: the portal's receipt was not confirmed. {error.message}"
    files = case.delivered
    payloads = {each.role: {"payload_sha256": each.payload_sha256} for each in files}
    headers = {each.role: {"header_sha256": each.original_sha256} for each in files}
    if claims.get("report") != case.report or not receipts.names_files(claims, payloads):
        return {}, "WARNING: the portal's receipt is for other files than these."
    if not receipts.names_files(claims, headers):
        return claims, "WARNING: whom the files are sealed to was changed after the receipt."
    if any(each.header_sha256 != each.original_sha256 for each in files):
        return claims, "The portal's receipt names these files; they were shared again since."
    return claims, "The portal's receipt names exactly these files."


def _nature(document: Document, receipt: Claims) -> Iterator[str]:
    """Compare what the reporter sealed with what the portal filed it as."""
    if not receipts.is_filed_as(receipt, kind=document.kind, ticked=document.urgent):
        yield (
            "WARNING: the portal's receipt files it as another kind, or with other ticks, than "
            "its reporter sealed. Its clocks and its place in the queue go by the portal's word."
        )


def _way(document: Document, receipt: Claims) -> Iterator[str]:
    """Compare how it came: who says of their own report that it was a mail is answered in clear."""
    sealed, mailed = document.came_by_mail, receipt.get("origin") == MAIL
    if mailed != (sealed is not None):
        yield "WARNING: the report and the portal's receipt disagree on whether it came by mail."
    elif sealed is not None and _moment(sealed) != _moment(receipt.get("received_at", "")):
        yield "WARNING: by the portal's receipt it came at another time than was sealed with it."


def _moment(text: object) -> datetime | str:
    """Return a moment, however it is spelt; what is none stands for itself."""
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return str(text)


def _words(case: Case, document: Document, attached: Opened | None) -> Iterator[str]:
    """Compare the report with where it was filed and what came with it."""
    if document.program != case.program:
        yield f"WARNING: the report names another program: {span(document.program)}."
    named = document.attachments
    if named is None and attached is None:
        yield "The report has no attachments, and none came."
    elif named is None or attached is None:
        yield "WARNING: the report and the bundle disagree on whether there are attachments."
    elif (named.sha256, named.length) != (attached.sha256, attached.length):
        yield "WARNING: these are not the attachments that the report names."
    else:
        yield "The attachments are the ones that the report names."


def _verdicts(
    filed: Mapping[str, Any], target: Target | None, keysets: Succession
) -> Iterator[str]:
    """Compare the verdict a report was filed under with the one that is sealed in it."""
    proven: Claims | None = None
    if target is not None and target.receipt is None:
        yield "The verdict on the target is not confirmed by a receipt."
    elif target is not None:
        try:
            proven = _proven(target, keysets)
            yield from _confirmed(proven, target)
        except StatementRefused as error:
            yield f"WARNING: the verdict was not confirmed. {error.message}"
    sealed = receipts.verdict_of(proven) if proven else None
    for place, verdict in filed.items():
        if verdict != sealed:
            yield (
                f"WARNING: {place} files it under {_named(verdict)}, "
                f"and what was sealed proves {_named(sealed)}."
            )


def _proven(target: Target, keysets: Succession) -> Claims:
    """Return what the sealed scope receipt states, once it is about the sealed target."""
    claims = receipts.verify_among(str(target.receipt), keysets=keysets).claims
    if not receipts.names_target(claims, nonce=target.nonce, target=target.normalised):
        raise StatementRefused(
            "Its scope receipt is about another target than the report says.",
            hint="Check the target again.",
        )
    return claims


def _confirmed(claims: Claims, target: Target) -> Iterator[str]:
    ruling, place = span(claims.get("ruling")), span(target.normalised)
    yield f"The portal confirms the verdict {ruling} for {place}."
    if claims.get("ruling") != target.verdict.get("ruling"):
        yield "WARNING: the report states another verdict than its scope receipt."
    if not _same_place(target):
        yield "WARNING: the verdict is about another place than the target in the report's words."


def _same_place(target: Target) -> bool:
    """Say whether the reporter's words name what was ruled on: its path too, if it has one."""
    if len(target.text) > LONGEST_TARGET:
        return False
    try:
        said, ruled = scope.normalise(target.text), scope.normalise(target.normalised)
    except scope.InvalidTarget:
        return False
    same = (said.host, said.scheme, said.port) == (ruled.host, ruled.scheme, ruled.port)
    return same and ruled.path in (None, said.path)


def _named(verdict: object) -> str:
    if not isinstance(verdict, Mapping):
        return "no verdict"
    rule = verdict.get("rule")
    by = f" (rule {span(rule)})" if rule is not None else ""
    return f"{span(verdict.get('ruling'))}{by} of policy {span(verdict.get('policy_version'))}"
