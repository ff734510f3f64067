"""How much of a program's scope could be understood.

>>> from scope import Rule
>>> counted = tally(Listing("shop", (Rule("*.shop.example"), Rule("a.example and b.example"))))
>>> print(counted.line())
shop: 2 rules, 1 understood, 1 lifted
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scope import reading
from scope.formats.listing import Listing
from scope.reading.finding import Finding
from scope.reading.part import Part
from scope.rule import Rule, Side
from scope.settings import Settings

_LIFTED = frozenset({"list-expanded", "remark-lifted", "label-lifted"})


class Fate(StrEnum):
    """What became of a rule; the first that fits, from the bottom up.

    Attributes:
        UNDERSTOOD: Read as it stands.
        LIFTED: Read after a list was written out, or a remark or label taken off.
        REVIEW: It names something, but a person decides: a placeholder, an asset in prose.
        KEPT: It decides nothing and stays as a note.
        REDACTED: Parts are blacked out, so it decides nothing.
    """

    UNDERSTOOD = "understood"
    LIFTED = "lifted"
    REVIEW = "review"
    KEPT = "kept"
    REDACTED = "redacted"


_WORDS = {
    Fate.UNDERSTOOD: "understood",
    Fate.LIFTED: "lifted",
    Fate.REVIEW: "left to a person",
    Fate.KEPT: "kept as notes",
    Fate.REDACTED: "blacked out",
}


@dataclass(frozen=True, slots=True)
class Tally:
    """The rules of one program, counted by their fate.

    Attributes:
        name: The program's.
        counts: Rules by fate.
        remarks: Remarks made while the file was read, by code.
    """

    name: str
    counts: dict[Fate, int]
    remarks: dict[str, int]

    @property
    def rules(self) -> int:
        """How many rules there are in all."""
        return sum(self.counts.values())

    def line(self) -> str:
        """Return one line for people."""
        rules = "1 rule" if self.rules == 1 else f"{self.rules} rules"
        said = [f"{self.counts[fate]} {_WORDS[fate]}" for fate in Fate if self.counts[fate]]
        said += [f"{count} {code}" for code, count in sorted(self.remarks.items())]
        return f"{self.name or 'program'}: {', '.join([rules, *said])}"

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as plain values that `json` can write."""
        counts = {fate.value: self.counts[fate] for fate in Fate}
        return {"program": self.name, "rules": self.rules, **counts, "remarks": self.remarks}


def tally(listing: Listing) -> Tally:
    """Count the rules of a program by what became of them."""
    fates = [fate(rule, "in", listing.settings) for rule in listing.include]
    fates += [fate(rule, "out", listing.settings) for rule in listing.exclude]
    counted = Counter(fates)
    return Tally(
        listing.name,
        {each: counted[each] for each in Fate},
        dict(Counter(remark.code for remark in listing.remarks)),
    )


def total(tallies: Iterable[Tally], name: str = "all programs") -> Tally:
    """Return the sum of several tallies."""
    counts: Counter[Fate] = Counter()
    remarks: Counter[str] = Counter()
    for each in tallies:
        counts.update(each.counts)
        remarks.update(each.remarks)
    return Tally(name, {fate: counts[fate] for fate in Fate}, dict(remarks))


def fate(rule: Rule, side: Side, settings: Settings) -> Fate:
    """Return what became of a rule on its side.

    >>> fate(Rule("shop-<name>.example"), "in", Settings()).value
    'review'
    """
    found = reading.read(rule, settings)
    if Finding("redacted") in found.findings:
        return Fate.REDACTED
    live = [part for part in found.parts if side == "out" or not part.borrowed]
    if not live:
        return Fate.KEPT
    if not any(_certain(part, side) for part in live):
        return Fate.REVIEW
    lifted = any(finding.code in _LIFTED for finding in found.findings)
    return Fate.LIFTED if lifted else Fate.UNDERSTOOD


def _certain(part: Part, side: Side) -> bool:
    """Tell whether a part decides by itself."""
    return part.narrow is not None if side == "in" else not part.doubt
