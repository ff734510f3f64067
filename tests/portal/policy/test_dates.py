"""Dates: written with nothing to guess, and days that end when they end."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.policy.dates import counted, last_second, moment


@pytest.mark.parametrize(
    ("zone", "day", "end"),
    [
        ("Europe/Amsterdam", date(2026, 10, 25), "2026-10-25T23:59:59+01:00"),
        ("Europe/Amsterdam", date(2027, 3, 28), "2027-03-28T23:59:59+02:00"),
        ("America/Santiago", date(2027, 4, 3), "2027-04-03T23:59:59-04:00"),
        ("America/Nuuk", date(2027, 3, 27), "2027-03-27T22:59:59-02:00"),
        ("Africa/Cairo", date(2027, 4, 29), "2027-04-29T23:59:59+02:00"),
        ("Australia/Lord_Howe", date(2027, 4, 4), "2027-04-04T23:59:59+10:30"),
    ],
)
def test_a_day_ends_with_its_last_second(zone: str, day: date, end: str) -> None:
    """It is a second that exists, the later one if it comes twice, and none follows it."""
    found = last_second(day, ZoneInfo(zone))
    assert found.isoformat() == end
    after = (found.astimezone(UTC) + timedelta(seconds=1)).astimezone(ZoneInfo(zone))
    assert after.date() == day + timedelta(days=1)


def test_the_end_of_a_day_is_written_as_people_say_it() -> None:
    """The last second reads 24:00; any other time as it is."""
    zone = ZoneInfo("Europe/Amsterdam")
    assert moment(last_second(date(2026, 11, 22), zone)).endswith(
        "22 November 2026, 24:00 " + str(zone)
    )
    assert moment(datetime(2026, 11, 22, 9, 5, tzinfo=zone)).startswith(
        "Sunday 22 November 2026, 09:05"
    )


def test_one_is_not_many() -> None:
    """Numbers and nouns agree."""
    assert (counted(1, "hour"), counted(3, "hour")) == ("1 hour", "3 hours")
