"""Dates of a portal, written for people."""

import pytest

from portal.offline import promised


@pytest.mark.parametrize(
    ("stated", "zone", "written"),
    [
        ("2026-07-01T22:00:00.5+00:00", "Europe/Amsterdam", "Thursday 2 July 2026, 00:00 Europe/A"),
        ("2026-07-01T23:59:59+02:00", "Europe/Amsterdam", "Wednesday 1 July 2026, 24:00 Europe/A"),
        ("2026-07-01T10:00:00+02:00", None, "Wednesday 1 July 2026, 10:00 UTC+02:00"),
        ("2026-07-01T10:00:00+02:00", "../etc/passwd", "2026-07-01T10:00:00+02:00"),
        ("2026-07-01T10:00:00+02:00", "Nowhere/Town", "2026-07-01T10:00:00+02:00"),
        ("2026-07-01T10:00:00+02:00", "Europe", "2026-07-01T10:00:00+02:00"),
        ("0001-01-01T00:00:00+14:00", "America/Chicago", "0001-01-01T00:00:00+14:00"),
        ("2026-07-01T10:00:00", "Europe/Amsterdam", "2026-07-01T10:00:00"),
        ("soon\x1b[2J", "Europe/Amsterdam", "soon\ufffd[2J"),
        (None, None, "None"),
    ],
)
def test_a_time_is_written_as_the_page_does(stated: object, zone: object, written: str) -> None:
    """In the report's zone; what is no time, or names no zone, is shown as it came, harmless."""
    assert promised.when(stated, zone).startswith(written)


@pytest.mark.parametrize("state", ["pending", "running", "paused", "met", "late"])
def test_states_have_the_words_of_the_page(state: str) -> None:
    """A state of this moment is told, that of an old receipt is not."""
    (line,) = promised.told([{"label": "Fix", "state": state, "due": None}])
    assert line == f"  Fix: {promised.STATES[state]}, no date yet"
    (line,) = promised.told([{"label": "Fix", "state": state, "due": None}], now=False)
    assert line == "  Fix: no date yet"


def test_a_missed_promise_says_by_how_much() -> None:
    """“late by 2 days”, as on the page."""
    stated = {"label": "Fix", "state": "late", "due": None, "late_by": "2 days"}
    (line,) = promised.told([stated])
    assert line == "  Fix: late by 2 days, no date yet"
