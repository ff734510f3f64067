"""Deadlines: the last second counts, and being late is said in words and never made smaller."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.policy.deadline import late_by, passed

ZONE = ZoneInfo("Europe/Amsterdam")
END = datetime(2026, 10, 24, 23, 59, 59, tzinfo=ZONE)  # the next day is 25 hours long


def test_the_whole_last_second_counts() -> None:
    """Half a second after the due date it is not over; a second after it is."""
    assert not passed(END, END + timedelta(milliseconds=999))
    assert passed(END, END + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("hours", "when", "words"),
    [
        (False, datetime(2026, 10, 25, 0, 0, tzinfo=ZONE), "1 day"),
        (False, datetime(2026, 10, 25, 23, 59, tzinfo=ZONE), "1 day"),
        (False, datetime(2026, 10, 25, 23, 0, tzinfo=UTC), "2 days"),
        (False, datetime(2026, 11, 24, 12, 0, tzinfo=ZONE), "31 days"),
        (True, END + timedelta(seconds=1), "1 minute"),
        (True, END + timedelta(minutes=59), "59 minutes"),
        (True, END + timedelta(minutes=59, seconds=1), "1 hour"),
        (True, datetime(2026, 10, 25, 2, 30, tzinfo=UTC), "5 hours"),
        (True, END.astimezone(UTC) + timedelta(hours=47), "47 hours"),
        (True, END.astimezone(UTC) + timedelta(hours=47, seconds=1), "2 days"),
        (True, END.astimezone(UTC) + timedelta(days=9), "9 days"),
    ],
)
def test_how_late_is_never_less_than_it_is(hours: bool, when: datetime, words: str) -> None:
    """A day, hour or minute begun counts; days are those of the policy's zone."""
    assert late_by(END, when, hours=hours) == words
