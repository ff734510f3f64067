"""How far a policy goes, on the scale of disclose.io: from a mailbox to a full safe harbour.

The scale (disclose/dioterms, folder ``maturity``, CC0) has six levels: 0 not present, 1 contact
only, 2 basic policy, 3 partial safe harbour, 4 full safe harbour, 5 full safe harbour with a
coordinated disclosure window. Each needs all that the ones below it need. What a text means in law
is for people to judge; the portal goes by what the pack states beside it, and never by its words.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from portal.policy.pack import Policy
from portal.policy.terms import COVERS

NAMES: Final = (
    "Not present",
    "Contact only",
    "Basic policy",
    "Partial safe harbour",
    "Full safe harbour",
    "Full safe harbour and a disclosure window",
)
# What a full safe harbour covers, and how a sentence says that it is missing.
_COVERED: Final[Mapping[str, str]] = {
    "testing": "a permission to test, not only a promise not to act",
    "hacking-law": "a waiver of the laws against hacking",
    "circumvention-law": "a waiver of the laws against circumventing protection",
    "terms-of-use": "a waiver of the terms of use, as far as testing needs it",
}


@dataclass(frozen=True, slots=True)
class TermsLevel:
    """Where a policy stands.

    Attributes:
        number: From 0 to 5.
        name: What the level is called.
        missing: What the next level needs besides, in words; empty at the top.
    """

    number: int
    name: str
    missing: tuple[str, ...]


def level(policy: Policy, *, form: bool = True) -> TermsLevel:
    """Return the level of a policy and what it lacks for the next one.

    Args:
        policy: The policy.
        form: Whether the portal's form takes reports for it; else its contacts alone do.
    """
    for number, check in enumerate(_STEPS):
        if missing := tuple(check(policy, form)):
            return TermsLevel(number, NAMES[number], missing)
    return TermsLevel(len(_STEPS), NAMES[-1], ())


def _contact(policy: Policy, form: bool) -> Iterator[str]:
    if not (form or policy.contacts):
        yield "a contact, or an open form"


def _policy(policy: Policy, form: bool) -> Iterator[str]:  # noqa: ARG001 - as the others
    rules = policy.scope_rules
    if not (rules.text or rules.include or policy.conduct):
        yield "a scope, or rules for those who test"


def _promise(policy: Policy, form: bool) -> Iterator[str]:  # noqa: ARG001 - as the others
    if policy.safe_harbour is None:
        yield "a promise not to go to law against research in good faith"


def _permission(policy: Policy, form: bool) -> Iterator[str]:  # noqa: ARG001 - as the others
    covered = policy.safe_harbour.covers if policy.safe_harbour else ()
    yield from (_COVERED[one] for one in COVERS if one not in covered)
    if not policy.scope_rules.include:
        yield "a list of what is covered"


def _window(policy: Policy, form: bool) -> Iterator[str]:  # noqa: ARG001 - as the others
    window = policy.disclosure
    if window is None or window.maximum is None:
        yield "a date from which a find may be published, counted from the report"
    elif window.agreement:
        yield "a way to publish that needs nobody's consent once that date has passed"


# What each level takes that the one below it does not, from level 1 on.
_STEPS: Final[tuple[Callable[[Policy, bool], Iterator[str]], ...]] = (
    *(_contact, _policy, _promise, _permission, _window),
)
