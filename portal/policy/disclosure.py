"""When a policy asks researchers to keep quiet, and until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from portal.policy.clock_rules import MILESTONES, RECEIVED, ClockRule
from portal.policy.promises import WINDOW_IDS, parse_span
from portal.policy.reading import Table
from portal.policy.spans import Span, Unit

# Rough days per unit, to see that a minimum is not longer than a maximum.
_DAYS: Final[Mapping[Unit, float]] = {
    "hours": 1 / 24,
    "calendar_days": 1,
    "business_days": 7 / 5,
    "weeks": 7,
    "months": 30,
}
Agreement = Literal["both"]
AGREEMENTS: Final[tuple[Agreement, ...]] = ("both",)
# What silence can be asked until: publication itself, and the receipt it is counted from, are none.
ENDS: Final = tuple(name for name in MILESTONES if name not in (RECEIVED, "published"))


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What a policy says about publishing a find.

    Attributes:
        text: In words.
        minimum: The organisation asks for at least this long, counted from receipt.
        maximum: It asks for at most this long; then the researcher is free.
        until: Event until which it asks for silence, one of `ENDS`; with no maximum this
            has no end that a date could be given for.
        agreement: ``both``: the two sides decide together, and neither publishes alone; None when
            the policy does not say.
        not_before: Event before which nothing is published, one of `ENDS`.
    """

    text: str
    minimum: Span | None = None
    maximum: Span | None = None
    until: str | None = None
    agreement: Agreement | None = None
    not_before: str | None = None

    @property
    def clock_rules(self) -> tuple[ClockRule, ...]:
        """The windows as soft clocks: asked of the researcher, never late."""
        labels = ("Earliest publication the policy asks for", "The request not to publish ends")
        windows = zip(WINDOW_IDS, labels, (self.minimum, self.maximum), strict=True)
        ends = (None, self.until)  # what a request lasts until also ends its longest term
        return tuple(
            ClockRule(name, label, span, soft=True, met_by=end)
            for (name, label, span), end in zip(windows, ends, strict=True)
            if span
        )


def read(pack: Table) -> Disclosure | None:
    """Return what ``[disclosure]`` says, or None when the policy does not say."""
    table = pack.table("disclosure")
    if table is None:
        return None
    with table:
        found = Disclosure(
            text=table.prose("text"),
            minimum=table.made("minimum", parse_span),
            maximum=table.made("maximum", parse_span),
            until=table.maybe_choice("until", ENDS),
            agreement=table.maybe_choice("agreement", AGREEMENTS),
            not_before=table.maybe_choice("not_before", ENDS),
        )
        if found.minimum and found.maximum and _rough(found.minimum) > _rough(found.maximum):
            hint = "Exchange the two, or keep the one that the policy states."
            table.note("minimum", "The minimum is longer than the maximum.", hint)
        return found


def _rough(span: Span) -> float:
    return span.amount * _DAYS[span.unit]
