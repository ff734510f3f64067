"""Every code a verdict can have, with its ruling and what it means.

The codes are for programs: they never change, while the sentences may. `scope.lint.advice` has
those of lints, and `scope.errors` the errors.
"""

from typing import NamedTuple

from scope.verdict import Ruling


class Code(NamedTuple):
    """What a code stands for."""

    ruling: Ruling
    meaning: str


CODES: dict[str, Code] = {
    "listed": Code(Ruling.IN, "An included rule covers the target."),
    "listed-inside-exclusion": Code(
        Ruling.IN, "An included rule covers the target and is smaller than an exclusion round it."
    ),
    "excluded": Code(Ruling.OUT, "An exclusion covers the target."),
    "excluded-redirect": Code(
        Ruling.OUT, "An exclusion covers the target and names who takes the report instead."
    ),
    "not-mentioned": Code(Ruling.UNKNOWN, "No rule covers the target."),
    "condition-unmet": Code(
        Ruling.UNKNOWN, "A rule covers the target, but its condition does not hold."
    ),
    "only-lifted": Code(
        Ruling.UNKNOWN, "An answer lifts the exclusion of the target, and no rule includes it."
    ),
    "partly-listed": Code(Ruling.PARTIAL, "Included rules cover a part of the target."),
    "partly-excluded": Code(
        Ruling.PARTIAL, "Of the many hosts asked about, exclusions take some away."
    ),
    "questions-open": Code(Ruling.REVIEW, "An exclusion asks a question that has no answer yet."),
    "facts-missing": Code(
        Ruling.REVIEW, "A rule has a condition, and nobody said whether it is met."
    ),
    "facts-differ": Code(
        Ruling.REVIEW,
        "A rule's condition fits a part of what is known, or of the hosts asked about.",
    ),
    "unclear-exclusion": Code(
        Ruling.REVIEW, "A rule may exclude the target; its words leave that to a person."
    ),
    "unclear-permission": Code(
        Ruling.REVIEW, "Only a generous reading of an included rule covers the target."
    ),
    "unconfirmed-broad": Code(
        Ruling.REVIEW, "An included rule is so broad that the program has to confirm it first."
    ),
    "placeholder": Code(
        Ruling.REVIEW, "An included rule has a gap that the program has to fill in."
    ),
    "empty": Code(Ruling.INVALID, "There is no text."),
    "blank-inside": Code(Ruling.INVALID, "There is a blank or control character inside."),
    "bare-word": Code(Ruling.INVALID, "One word without a dot names no host."),
    "no-host": Code(Ruling.INVALID, "The text starts like a URL and names no host."),
    "bad-host": Code(Ruling.INVALID, "The host has an empty part or an impossible character."),
    "host-too-long": Code(Ruling.INVALID, "The host is longer than any name can be."),
    "bad-address": Code(Ruling.INVALID, "The host ends in a number and is no address."),
    "bad-brackets": Code(Ruling.INVALID, "Brackets are round something else than IPv6, or open."),
    "bad-port": Code(Ruling.INVALID, "What follows the colon is no port."),
    "escaped-path": Code(Ruling.INVALID, "The path hides behind too many layers of escapes."),
}
