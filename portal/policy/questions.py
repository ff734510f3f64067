"""What is asked for a first pack, and how an answer is read."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from portal.policy.advice import wrong
from portal.policy.faults import PackRefused
from portal.policy.pack import Policy
from portal.policy.starter import Answers, written

_YES: Final = frozenset({"y", "yes", "true"})
_NO: Final = frozenset({"n", "no", "false"})
_DAYS: Final = re.compile(r"[0-9]{1,4}")
LONGEST_SLUG: Final = 40


@dataclass(frozen=True, slots=True)
class Question:
    """Something asked of whoever makes a pack.

    Attributes:
        key: Attribute of `Answers`, and name of the option.
        words: The question.
        example: How an answer looks.
        read: Turns a line into the answer.
        needed: No pack can be made without.
    """

    key: str
    words: str
    example: str
    read: Callable[[str, date], Any]
    needed: bool = False


def read(question: Question, line: str, *, today: date) -> Any:  # noqa: ANN401 - its attribute's
    """Return an answer that a pack can hold.

    Args:
        question: What was asked.
        line: What was answered, not empty.
        today: The present day.

    Raises:
        ValueError: It will not do; a note on the error says how to write it.
    """
    answer = question.read(line.strip(), today)
    trial = replace(Answers(name="Trial", slug="trial"), **{question.key: answer})
    try:
        Policy.parse(written(trial))
    except PackRefused as refusal:
        fault = refusal.faults[0]
        raise wrong(fault.message.rstrip("."), fault.hint) from refusal
    return answer


def slug_of(name: str) -> str:
    """Propose a name in addresses; empty where none can be made of it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words[:LONGEST_SLUG].strip("-")


def _line(text: str, _today: date) -> str:
    return text


def _listed(text: str, _today: date) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())


def _country(text: str, _today: date) -> str:
    return text.upper()


def _span(unit: str) -> Callable[[str, date], str]:
    """Read a time span; a number alone counts in the unit."""

    def span(text: str, _today: date) -> str:
        return f"{text} {unit}{'' if text == '1' else 's'}" if _DAYS.fullmatch(text) else text

    return span


def _decided(text: str, _today: date) -> bool:
    if text.casefold() in _YES:
        return True
    if text.casefold() in _NO:
        return False
    raise wrong(f"{text!r} is neither yes nor no", "Write yes or no, or leave it empty.")


def _day(text: str, today: date) -> str:
    if text.casefold() == "today":
        return today.isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise wrong(f"{text!r} is not a day", "Write it as 2026-11-22, or today.") from error


QUESTIONS: Final = (
    Question("name", "What is the program called?", "Example", _line, needed=True),
    Question("slug", "What is it called in addresses?", "example", _line, needed=True),
    Question(
        "contacts",
        "Where can people write besides the form?",
        "security@example.org, https://example.org/security, +31 20 555 0100",
        _listed,
    ),
    Question("scope", "Which hosts are covered?", "example.org, *.example.org", _listed),
    Question(
        "acknowledge",
        "Within how many business days does a person confirm receipt?",
        "3",
        _span("business day"),
    ),
    Question("country", "Whose public holidays count?", "NL", _country),
    Question("anonymous", "Are anonymous reports welcome?", "yes", _decided),
    Question(
        "harbour", "Do you promise no legal action against good-faith research?", "yes", _decided
    ),
    Question(
        "disclosure",
        "For how many days at most do you ask researchers not to publish?",
        "90",
        _span("calendar day"),
    ),
    Question("issued", "On which day does the policy take effect?", "today", _day),
)
