"""Facts and answers given on the command line."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from portal.policy import clocks

WHEN = """{"format": "portico-scope/1", "in": [
  {"pattern": "*.shop.example", "when": {"resolves_to": "192.0.2.0/24"}},
  {"pattern": "*.mail.example", "when": {"cname": "*.shop.example"}},
  {"pattern": "*.beta.example", "when": {"tag": "beta"}},
  {"pattern": "*.fair.example", "when": {"until": "2027-01-31"}}
]}"""


@pytest.fixture
def conditions(tmp_path: Path) -> tuple[str, ...]:
    """Rules with a condition each."""
    path = tmp_path / "rules.json"
    path.write_text(WHEN, encoding="utf-8")
    return ("scope", "check", "--rules", str(path))


@pytest.mark.parametrize(
    ("target", "more", "code"),
    [
        ("a.shop.example", (), 4),
        ("a.shop.example", ("--ip", "192.0.2.7"), 0),
        ("a.shop.example", ("--ip", "192.0.2.7", "--ip", "203.0.113.1"), 4),
        ("a.shop.example", ("--ip", "none"), 3),
        ("a.mail.example", ("--cname", "mail.shop.example"), 0),
        ("a.mail.example", ("--cname", "mail.other.example"), 3),
        ("a.beta.example", ("--tag", "beta"), 0),
        ("a.beta.example", ("--tag", "none"), 3),
        ("a.fair.example", ("--date", "2027-01-31"), 0),
        ("a.fair.example", ("--date", "2027-02-01"), 3),
    ],
)
def test_a_fact_settles_what_depends_on_it(
    conditions: tuple[str, ...], target: str, more: tuple[str, ...], code: int, portico: Any
) -> None:
    """What is not said stays open and is reviewed; ``none`` says that there is nothing."""
    assert portico(*conditions, *more, target).code == code


def test_what_is_missing_is_named_with_its_option(
    conditions: tuple[str, ...], portico: Callable[..., Any]
) -> None:
    """The explanation says what to add."""
    assert "add --ip ADDRESS" in portico(*conditions, "--explain", "a.shop.example").out


@pytest.mark.parametrize(("day", "code"), [((2027, 1, 31), 0), ((2027, 2, 1), 3)])
def test_the_day_is_today_unless_it_is_said(
    day: tuple[int, int, int],
    code: int,
    conditions: tuple[str, ...],
    portico: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One target and many get the same ruling, which is that of the day where the command runs."""
    noon = datetime(*day, 12).astimezone().astimezone(UTC)
    asked: list[datetime] = []

    def now() -> datetime:
        asked.append(noon + timedelta(days=len(asked)))
        return asked[-1]

    monkeypatch.setattr(clocks, "utc_now", now)
    assert portico(*conditions, "a.fair.example").code == code
    asked.clear()
    shown = "a.fair.example\nb.fair.example\n" if code == 0 else ""
    assert portico(*conditions, "a.fair.example", "b.fair.example", "x.example").out == shown
    assert len(asked) == 1
    asked.clear()
    found = portico(*conditions, "--format", "jsonl", "a.fair.example", "b.fair.example").out
    assert found.count('"ruling": "in"') == (2 if code == 0 else 0)
    assert found.count('"ruling": "unknown"') == (0 if code == 0 else 2)


@pytest.mark.parametrize(("day", "shown"), [("2027-01-31", "a.fair.example\n"), ("2027-02-01", "")])
def test_a_day_may_be_said_for_many(
    day: str, shown: str, conditions: tuple[str, ...], portico: Callable[..., Any]
) -> None:
    """Other facts are about one target; the day is the same for all of them."""
    found = portico(*conditions, "--date", day, "a.fair.example", "a.shop.example")
    assert (found.code, found.out) == (0, shown)


def test_no_clock_is_read_where_no_rule_has_a_day(
    rules: str, portico: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Most rules have none, and what knows of days takes longer to load than they to be read."""
    monkeypatch.delattr(clocks, "utc_now")
    assert portico("scope", "check", "--rules", rules, "a.shop.example").code == 0


def test_answers_settle_questions(portal: Any, portico: Callable[..., Any]) -> None:
    """Yes lifts the exclusion, no leaves it."""
    words = ("scope", "check", "--url", portal.url, "beta.shop.example")
    assert portico(*words).code == 4
    assert portico(*words, "--answer", "invited=yes").code == 0
    assert portico(*words, "--answer", "invited=no").code == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--answer", "invted=yes"), "no question 'invted'"),
        (("--answer", "invited=yes", "--answer", "invited=no"), "answered both ways"),
        (("--ip", "nonsense"), "'nonsense' is not an address"),
    ],
)
def test_a_slip_of_the_pen_is_no_ruling(
    more: tuple[str, ...], said: str, portal: Any, portico: Callable[..., Any]
) -> None:
    """An answer to nothing and a fact that is none end the command, and are named."""
    answered = portico("scope", "check", "--url", portal.url, *more, "beta.shop.example")
    assert answered.code == 2
    assert answered.out == ""
    assert said in answered.err


@pytest.mark.parametrize("more", [("--answer", "invited"), ("--answer", "=yes"), ("--date", "31")])
def test_what_cannot_be_read_is_a_misuse(more: tuple[str, ...], portico: Any) -> None:
    """The parser refuses it, with the form it takes."""
    with pytest.raises(SystemExit) as done:
        portico("scope", "check", "--in", "a.example", *more, "a.example")
    assert done.value.code == 2


def test_facts_are_about_one_target(rules: str, portico: Callable[..., Any]) -> None:
    """A filter cannot know whose address it was given."""
    answered = portico("scope", "check", "--rules", rules, "--ip", "192.0.2.7", "a.example", "b.x")
    assert (answered.code, answered.out) == (2, "")
    assert "about one target" in answered.err
