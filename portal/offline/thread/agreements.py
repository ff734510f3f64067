"""What two sides have agreed on, by signed messages alone.

An event on the server is a hint, and a message that is forged, moved or unsigned says nothing.

Publication takes both: a date is agreed on once the other side than the one that proposed it says
so in answer to the newest proposal. A new proposal, by whomever, replaces the one before it and
what was agreed on it. Who declined does not come to agree by a second answer: that takes a new
proposal; who agreed may still decline. In doubt nothing is agreed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from portal.offline.thread.body import Kind
from portal.offline.thread.body_data import number
from portal.offline.thread.chain import Judged
from portal.offline.thread.message import Author

State = Literal["none", "proposed", "agreed", "declined"]
PROPOSAL: Final = "publication-proposed"
AGREED: Final = "publication-agreed"
ANSWERS: Final[frozenset[Kind]] = frozenset({"publication-agreed", "publication-declined"})
_BOTH: Final[frozenset[Author]] = frozenset({"staff", "reporter"})
_REPORTER: Final[frozenset[Author]] = frozenset({"reporter"})
_STAFF: Final[frozenset[Author]] = frozenset({"staff"})
# Who may bind themselves to what; a message of another kind, or by another, binds nobody.
SPEAKERS: Final[Mapping[Kind, frozenset[Author]]] = {
    "publication-proposed": _BOTH,
    "publication-agreed": _BOTH,
    "publication-declined": _BOTH,
    "credit": _REPORTER,
    "withdrawal": _REPORTER,
    "deletion": _REPORTER,
    "attestation": _REPORTER,
    "decision": _STAFF,
}
_VALUES: Final[Mapping[Kind, str]] = {
    "publication-proposed": "date",
    "credit": "name",
    "attestation": "clause",
    "decision": "answer",
}


@dataclass(frozen=True, slots=True)
class Word:
    """Something that somebody is bound by.

    Attributes:
        kind: Of the message, a key of `SPEAKERS`.
        sequence: Of the message that says it.
        author: Who said it.
        proposal: Number of the proposal it answers or counters; None where there is none.
        value: The date that is proposed or answered; how the reporter wants to be named, empty for
            “not at all”; what has become of the data; whether there is a reward.
    """

    kind: Kind
    sequence: int
    author: Author
    proposal: int | None
    value: str


@dataclass(frozen=True, slots=True)
class Accord:
    """Where the two sides stand about publication.

    Attributes:
        state: What was said last that counts.
        proposal: The newest one; None while there is none.
        answer: To that very one, by the other side; None while there is none.
    """

    state: State = "none"
    proposal: Word | None = None
    answer: Word | None = None

    def after(self, word: Word) -> "Accord":
        """Return how they stand after one more word; the same when it changes nothing."""
        if word.kind == PROPOSAL:
            return Accord("proposed", word)
        if not self.heeds(word):
            return self
        state: State = "agreed" if word.kind == AGREED else "declined"
        return replace(self, state=state, answer=word)

    def heeds(self, word: Word) -> bool:
        """Tell whether an answer counts."""
        asked = self.proposal
        if asked is None or word.proposal != asked.sequence or word.author == asked.author:
            return False
        if word.kind != AGREED:
            return True
        return self.state == "proposed" and word.value in {"", asked.value}


def agreed(thread: Iterable[Judged]) -> tuple[Word, ...]:
    """Return what was said in good messages, by those who may say it, oldest first.

    An answer that did not count when it was given is left out.
    """
    return tuple(word for word, counts in _followed(thread) if counts)


def unheeded(thread: Iterable[Judged]) -> tuple[Word, ...]:
    """Return the answers about publication that do not count, though they are signed.

    They answer a proposal that was replaced, that is one's own or that nobody signed; agree after
    an answer was given; or name another day than the proposal.
    """
    return tuple(word for word, counts in _followed(thread) if not counts)


def accord(thread: Iterable[Judged]) -> Accord:
    """Return where the two sides stand about publication."""
    found = Accord()
    for word in _words(thread):
        if word.kind == PROPOSAL or word.kind in ANSWERS:
            found = found.after(word)
    return found


def _followed(thread: Iterable[Judged]) -> Iterator[tuple[Word, bool]]:
    found = Accord()
    for word in _words(thread):
        answers = word.kind in ANSWERS
        counts = not answers or found.heeds(word)
        if counts and (answers or word.kind == PROPOSAL):
            found = found.after(word)
        day = found.proposal.value if answers and counts and found.proposal else word.value
        yield replace(word, value=day), counts


def _words(thread: Iterable[Judged]) -> Iterator[Word]:
    for one in thread:
        body, author = one.body, one.place.author
        if one.verdict == "good" and body and author in SPEAKERS.get(body.kind, ()):
            yield Word(
                body.kind,
                one.place.sequence,
                author,
                number(body.data.get("proposal")),
                _value(body.kind, body.data),
            )


def _value(kind: Kind, data: Mapping[str, Any]) -> str:
    value = data.get(_VALUES.get(kind, "date"))
    return value if isinstance(value, str) else ""
