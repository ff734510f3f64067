"""C-3, and who is behind a program: its date, its contacts, its languages."""

from collections.abc import Iterator

from portal.policy.lint.silence import silent
from portal.policy.pack import Policy
from portal.policy.remarks import BOD, Found


def check(policy: Policy) -> Iterator[Found]:
    """Yield remarks on ``[program]`` and ``[[contact]]``."""
    if policy.issued is None:
        yield silent(
            "program",
            "no-issue-date",
            "when it was issued",
            f"{BOD} wants the date, so that people can tell which rules they read.",
            "issued = 2026-11-22 (the day it took effect) under [program]",
        )
    if policy.languages and policy.language not in policy.languages:
        yield Found(
            ("program", "languages"),
            "notice",
            "own-language",
            f"Reports in {policy.language!r}, the language of the policy itself, are not listed.",
            "Readers will write in the language they were addressed in.",
            f'Add "{policy.language}" to languages, unless nobody there reads it.',
        )
    if not policy.contacts:
        yield Found(
            ("contact",),
            "notice",
            "no-contact",
            "The policy names no contact; the portal's form is the only channel.",
            "Whoever cannot use the form, or finds it closed, has nowhere to turn.",
            'Add [[contact]] with kind = "mail" and an address that people read.',
        )
