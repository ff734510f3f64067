"""How long a report is kept, as a policy states it."""

from dataclasses import dataclass
from typing import Final

from portal.policy.clock_rules import MILESTONES, ClockRule
from portal.policy.promises import RETENTION_ID, parse_span
from portal.policy.reading import Table
from portal.policy.spans import Span

CLOSED: Final = "closed"
DELETED: Final = "deleted"
# What the time to keep a report can be counted from; its end is the deletion itself.
STARTS: Final = tuple(name for name in MILESTONES if name != DELETED)


@dataclass(frozen=True, slots=True)
class Retention:
    """What becomes of a report in time.

    Attributes:
        text: In words.
        keep: It is deleted within this span; None when the policy gives no number.
        after: Event from which `keep` is counted, one of `STARTS`.
    """

    text: str
    keep: Span | None = None
    after: str = CLOSED

    @property
    def clock_rules(self) -> tuple[ClockRule, ...]:
        """The time limit for deleting the report, if there is one."""
        if self.keep is None:
            return ()
        label = "Deletion of the report"
        return (ClockRule(RETENTION_ID, label, self.keep, self.after, met_by=DELETED),)


def read(pack: Table) -> Retention | None:
    """Return what ``[retention]`` says, or None when the policy does not say."""
    table = pack.table("retention")
    if table is None:
        return None
    with table:
        text, keep = table.prose("text"), table.made("keep", parse_span)
        if keep is None and table.has("after") and not table.has("keep"):
            hint = 'Add keep, as in keep = "730 calendar days", or take this out.'
            table.note("after", "There is no length of time to count from here.", hint)
        return Retention(text, keep, table.choice("after", STARTS, CLOSED))
