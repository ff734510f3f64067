"""What each finding about a rule means for its author, and what to do about it."""

from enum import StrEnum
from typing import NamedTuple


class Grade(StrEnum):
    """How much a finding matters: whether the rule works, works as meant, or could be plainer."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Advice(NamedTuple):
    """A finding in words; ``{detail}`` in the message is filled in."""

    grade: Grade
    message: str
    hint: str


LONGEST_DETAIL = {"condition-proposed": 400, "condition-never": 200}  # characters; others: 80

_E, _W, _N = Grade.ERROR, Grade.WARNING, Grade.NOTICE

ADVICE: dict[str, Advice] = {
    # what the text itself shows
    "unreadable": Advice(
        _E, "The rule cannot be read and decides nothing.", "Write a host, address, URL or app id."
    ),
    "path-alone": Advice(
        _E,
        "A path without a host permits nothing.",
        "Put the host before the path; alone, a path can only exclude.",
    ),
    "prose": Advice(
        _W, "The rule is prose and decides nothing.", "Keep it as a note, or write what it covers."
    ),
    "prose-with-asset": Advice(
        _W,
        "The rule is prose that mentions targets; a person decides about them.",
        "Write the target alone, and the rest as its note.",
    ),
    "condition": Advice(
        _W,
        "The rule joins a name and an address by a condition; a person decides.",
        "Write names and addresses as rules of their own, or the address as a condition.",
    ),
    "condition-proposed": Advice(
        _W,
        "The rule states a condition in words, which the engine never guesses at.",
        "Write it as a rule of its own: {detail}.",
    ),
    "condition-outside": Advice(
        _W,
        "The rule speaks of addresses that no included rule lists; a person decides.",
        "List the blocks, and write {detail!r} with not_resolves_to and these blocks.",
    ),
    "condition-never": Advice(
        _E, "The condition can never hold: {detail}.", "Correct the condition, or take it out."
    ),
    "condition-past": Advice(
        _W, "The rule has not applied since {detail}.", "Take it out, or give it a later day."
    ),
    "condition-empty": Advice(
        _W, "The condition asks for nothing, so it always holds.", "Take it out."
    ),
    "placeholder": Advice(
        _W,
        "The rule has a placeholder; a person decides about what it may stand for.",
        "Write the real name, or a star if every name is meant.",
    ),
    "redacted": Advice(
        _W, "Parts of the rule are blacked out, so it decides nothing.", "Write the whole name."
    ),
    "as-number": Advice(
        _N, "A network number decides nothing.", "List its address blocks as rules."
    ),
    "remark-lifted": Advice(
        _N, "The remark {detail!r} is not a part of the target.", "Move it to the rule's note."
    ),
    "label-lifted": Advice(
        _N, "The label {detail!r} is not a part of the target.", "Move it to the rule's note."
    ),
    "list-expanded": Advice(
        _N, "One rule stands for {detail} targets.", "One target a rule makes verdicts clearer."
    ),
    "invisible-character": Advice(
        _N, "An invisible character was left out.", "Type the rule again instead of pasting it."
    ),
    "blank": Advice(_N, "Blanks were left out.", "Delete them."),
    "respelled": Advice(
        _N, "A host, block or path is written in an unusual way.", "Write it plainly."
    ),
    "names-below": Advice(
        _W,
        "The words beside the rule may mean the names below {detail} too; a person decides.",
        "Write *.{detail} as a rule of its own, or take the words out.",
    ),
    "stray-bracket": Advice(
        _N, "A bracket that nothing opens or closes was left out.", "Delete it, or add the other."
    ),
    "ellipsis": Advice(
        _W, "Dots stand for more than the rule names.", "Name all of it, or write a star."
    ),
    "stray-mark": Advice(
        _N, "Quotes, a comma or another mark round the rule was left out.", "Delete it."
    ),
    "fragment": Advice(
        _N, "What follows # never reaches a server and is ignored.", "Delete it."
    ),
    "export": Advice(
        _N,
        "Some tools cannot carry the {detail} of a rule.",
        "Check exports for them, and read the list of what was lost.",
    ),
    "mixed-scripts": Advice(
        _W,
        "The label {detail!r} mixes letters of different scripts.",
        "Check each letter: look-alikes name another host.",
    ),
    "label-hyphen": Advice(
        _N, "The label {detail!r} starts with a hyphen.", "Check for a missing star or letter."
    ),
    # what the rule covers
    "public-suffix": Advice(
        _W,
        "The rule covers {detail}, where strangers register names.",
        "Mark the rule as confirmed if all of it is yours; until then it permits nothing.",
    ),
    "hosting-suffix": Advice(
        _W,
        "The rule covers {detail}, whose names a provider lends to its customers.",
        "Name your own hosts, or mark the rule as confirmed.",
    ),
    "broad-block": Advice(
        _W,
        "The rule covers {detail} addresses.",
        "Name smaller blocks, or mark the rule as confirmed; until then it permits nothing.",
    ),
    "star-on-name": Advice(
        _W,
        "The star stands where strangers choose the name.",
        "Write a dot after the star, or list the names.",
    ),
    "star-in-suffix": Advice(
        _W, "A star inside the last label permits nothing.", "Write *, or the suffixes you mean."
    ),
    "top-level-star": Advice(
        _W,
        "The rule covers the name under every public suffix, also those you do not hold.",
        "List the suffixes that are yours.",
    ),
    "store-page": Advice(
        _W,
        "The rule names a page of an app store that is not an app's own; a person decides.",
        "Link the app's own page, or mark the rule as confirmed if the store is yours.",
    ),
    "user-part": Advice(
        _W,
        "An e-mail address names no host; a person decides.",
        "Write the host alone.",
    ),
    "shared-host": Advice(
        _W,
        "{detail} serves many owners, and the rule covers all of it.",
        "Name the path of your own page or repository.",
    ),
    "app-as-host": Advice(
        _N, "The rule is shaped like an app's package name.", "Write android: before it."
    ),
    "host-as-app": Advice(
        _W,
        "{detail} is written as an app and looks like a host, which it does not cover.",
        "Write the host alone, if that is meant.",
    ),
    "url-block": Advice(
        _W,
        "The rule is a URL whose path looks like the length of a block: {detail}.",
        "Write the block without http, if that is meant; a URL permits its one address only.",
    ),
    "old-address": Advice(
        _N, "The host is an old spelling of the address {detail}.", "Write the address."
    ),
    "odd-scheme": Advice(
        _N,
        "The port of {detail}:// is not known, so the rule permits by that scheme only.",
        "Write the port after the host.",
    ),
    "unknown-suffix": Advice(
        _N, "No public name ends in {detail}.", "Check the spelling, unless the name is internal."
    ),
    "private-address": Advice(
        _N,
        "{detail} is not reachable from the internet.",
        "Say in a note how researchers get there.",
    ),
    "host-bits": Advice(
        _N, "The block is written with host bits; it means {detail}.", "Write the block itself."
    ),
    "reversed-range": Advice(
        _N, "The range is written backwards; it means {detail}.", "Write the lower end first."
    ),
    # what rules do to each other
    "duplicate": Advice(
        _W, "The rule says the same as {detail!r}.", "Delete one of the two."
    ),
    "shadowed": Advice(
        _N, "{detail!r} covers all of this rule already.", "Keep it only if its note matters."
    ),
    "both-sides": Advice(
        _W, "{detail!r} excludes the very same, and exclusions win.", "Delete one of the two."
    ),
    "inside-exclusion": Advice(
        _N,
        "The rule lies inside the exclusion {detail!r}, and wins over it as the smaller one.",
        "Delete it if the exclusion was meant to end it.",
    ),
    "under-exclusion": Advice(
        _W,
        "The rule lies inside the exclusion {detail!r}, and in this program exclusions always win.",
        "Delete it, or let smaller rules count.",
    ),
    "excludes-nothing": Advice(
        _N, "No included rule reaches what this one excludes.", "Keep it as a clear word, or go."
    ),
    "apex-unmentioned": Advice(
        _N,
        "The rule covers names below {detail}, and no rule says whether {detail} itself is meant.",
        "Add a rule for {detail}, or decide what wildcards mean in this program.",
    ),
}  # fmt: skip
