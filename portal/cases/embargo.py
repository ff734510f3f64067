"""The time a policy asks for before publication, as it runs for one report."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from portal.cases.case import Case
from portal.policy.deadline import passed
from portal.policy.spans import Span, due


@dataclass(frozen=True, slots=True)
class Embargo:
    """What is asked of the reporter, and until when.

    Counted from receipt alone: neither a pause nor the end of the case moves it.

    Attributes:
        earliest: Last second of the shortest time asked for, in the policy's zone; None for none.
        latest: Last second of the longest time asked for; None when the policy names none.
        until: Event until which silence is asked for; None for none.
        reached: Whether that event happened.
        leaked: Whether it became public early, which ends everything that was asked.
        together: Whether the policy leaves publication to both sides together.
        now: Present time.
    """

    earliest: datetime | None
    latest: datetime | None
    until: str | None
    reached: bool
    leaked: bool
    together: bool
    now: datetime

    @classmethod
    def of(cls, case: Case) -> Self:
        """Return the embargo of a case; one that asks for nothing when the policy does not say."""
        asked = case.policy.disclosure
        return cls(
            earliest=_end(asked.minimum, case) if asked else None,
            latest=_end(asked.maximum, case) if asked else None,
            until=asked.until if asked else None,
            reached=bool(asked and asked.until and case.has(asked.until)),
            leaked=case.has("leaked"),
            together=bool(asked and asked.agreement == "both"),
            now=case.now,
        )

    @property
    def waiting(self) -> bool:
        """Whether the shortest time asked for still runs."""
        return self.earliest is not None and not passed(self.earliest, self.now)

    @property
    def outlasted(self) -> bool:
        """Whether the longest time asked for is over."""
        return self.latest is not None and passed(self.latest, self.now)

    @property
    def free(self) -> bool:
        """Whether the reporter may publish without a word from anybody, as the policy reads."""
        if self.leaked or self.outlasted:
            return True
        return self.reached and not self.waiting and not self.together

    @property
    def endless(self) -> bool:
        """Whether silence is asked for without a date that it ends on."""
        return self.until is not None and self.latest is None and not self.reached


def _end(span: Span | None, case: Case) -> datetime | None:
    if span is None:
        return None
    return due(span, case.report.received_at, case.calendar, case.zone)
