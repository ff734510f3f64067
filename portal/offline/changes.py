"""What changed since a scope receipt was signed, worked out on one's own machine."""

from collections.abc import Mapping
from datetime import date

from portal.errors import StatementRefused
from portal.offline.receipts import Proof
from portal.policy.since import Since, since
from scope import Facts, ScopeError
from scope.answers import require
from scope.formats.portico import Feed


def changed(
    proof: Proof, *, target: str, feed: Feed, answers: Mapping[str, bool], today: date
) -> Since:
    """Rule again on the target of a receipt, by the scope of another day.

    Args:
        proof: A scope receipt whose signature fits.
        target: What it was shown to be about.
        feed: The scope to compare with.
        answers: To the questions of that scope, by id.
        today: Rules may begin and end on a day.

    Raises:
        StatementRefused: The receipt is about another program, the rules cannot be
            used, or they do not ask what is answered.
    """
    if feed.program != proof.claims.get("program"):
        raise StatementRefused(
            "The scope is that of another program than the receipt.",
            hint="Give the scope of the program that the receipt names.",
        )
    try:
        scope = feed.listing.scope()
        require(answers, scope.questions)
    except ScopeError as fault:
        raise StatementRefused(fault.message, hint=fault.hint) from None
    return since(
        proof.claims,
        target=target,
        scope=scope,
        policy_version=feed.edition.version if feed.edition else None,
        policy_sha256=feed.edition.sha256 if feed.edition else None,
        answers=answers,
        facts=Facts(date=today),
    )
