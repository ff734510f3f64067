"""What two sides have agreed on, by signed messages alone.

An event on the server is a hint, and a message that is forged, moved or unsigned says nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.offline.thread.body import Kind
from portal.offline.thread.chain import Judged
from portal.offline.thread.message import Author

_SPEAKERS: dict[Kind, Author] = {
    "publication-proposed": "staff",
    "publication-agreed": "reporter",
    "publication-declined": "reporter",
    "credit": "reporter",
    "withdrawal": "reporter",
    "deletion": "reporter",
}
_ANSWERS: frozenset[Kind] = frozenset({"publication-agreed", "publication-declined"})


@dataclass(frozen=True, slots=True)
class Word:
    """Something that somebody is bound by.

    Attributes:
        kind: Of the message; never ``message``.
        sequence: Of the message that says it.
        proposal: Of the proposal it answers; None where it answers none.
        value: The date proposed, or how the reporter wants to be named; empty for “not at all”.
    """

    kind: Kind
    sequence: int
    proposal: int | None
    value: str


def agreed(thread: Iterable[Judged]) -> tuple[Word, ...]:
    """Return what was said in good messages, by those who may say it, oldest first."""
    return tuple(_words(thread))


def open_proposal(thread: Iterable[Judged]) -> Word | None:
    """Return the newest proposal to publish that the reporter has not answered."""
    said = agreed(thread)
    proposals = [word for word in said if word.kind == "publication-proposed"]
    answered = {word.proposal for word in said if word.kind in _ANSWERS}
    if not proposals or proposals[-1].sequence in answered:
        return None
    return proposals[-1]


def _words(thread: Iterable[Judged]) -> Iterator[Word]:
    proposed: set[int] = set()
    for one in thread:
        body = one.body
        if one.verdict != "good" or body is None or _SPEAKERS.get(body.kind) != one.place.author:
            continue
        proposal = _number(body.data.get("proposal"))
        if body.kind in _ANSWERS and proposal not in proposed:
            continue  # an answer to nothing that staff have signed
        if body.kind == "publication-proposed":
            proposed.add(one.place.sequence)
        value = body.data.get("name" if body.kind == "credit" else "date")
        answers = proposal if body.kind in _ANSWERS else None
        text = value if isinstance(value, str) else ""
        yield Word(body.kind, one.place.sequence, answers, text)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
