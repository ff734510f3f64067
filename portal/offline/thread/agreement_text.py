"""What two sides have agreed on, in sentences: for a terminal, and for the text of a thread.

Of each matter the newest word counts: the newest proposal and the answer to it, one wish to be
named, one statement about data, one withdrawal, one deletion. Whatever a message carries stands in
code spans that it cannot close.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from portal.offline.report_text import span
from portal.offline.thread.agreements import (
    AGREED,
    ANSWERS,
    PROPOSAL,
    Accord,
    Word,
    accord,
    agreed,
    unheeded,
)
from portal.offline.thread.body import Kind
from portal.offline.thread.chain import Judged
from portal.offline.thread.message import Author

TITLE: Final = "What was agreed"
NOTHING: Final = "Nothing is agreed: no signed message says so."
_WHOLE: Final[Mapping[Kind, str]] = {
    "withdrawal": "Withdrawn: the report is taken back",
    "deletion": "To be deleted: the report and its messages",
}
_DECIDED: Final = {"yes": "a reward is given", "no": "no reward is given"}


def told(thread: Iterable[Judged], *, reader: Author) -> Iterator[str]:
    """Yield a sentence for each thing that was agreed, asked for or proposed, oldest first.

    Args:
        thread: Judged; only what is good counts.
        reader: Who reads the sentences.
    """
    judged = tuple(thread)
    for word in _newest(agreed(judged)):
        yield _sentence(word, reader)
    yield from _publication(accord(judged), reader)
    for word in unheeded(judged):
        what = "agreement" if word.kind == AGREED else "refusal"
        yield (
            f"Not counted: the {what} in {_where(word, reader)}; it does not answer the newest "
            "open proposal."
        )


def _newest(said: Sequence[Word]) -> list[Word]:
    """Return the last word on each matter but publication, where it takes both sides."""
    found = {word.kind: word for word in said if word.kind not in {PROPOSAL, *ANSWERS}}
    return sorted(found.values(), key=lambda word: word.sequence)


def _sentence(word: Word, reader: Author) -> str:
    where = _where(word, reader)
    if word.kind in _WHOLE:
        return f"{_WHOLE[word.kind]} ({where})."
    if word.kind == "attestation":
        return f"Data that was held: {word.value}, by the reporter's word ({where})."
    if word.kind == "decision":
        return f"Reward: {_DECIDED[word.value]} ({where})."
    name = f"named as {span(word.value)}" if word.value.strip() else "not to be named at all"
    return f"Credit: {name} ({where})."


def _publication(found: Accord, reader: Author) -> Iterator[str]:
    if found.proposal is None:
        return
    day = found.proposal.value
    if found.answer is not None:
        beginning = "Agreed" if found.state == "agreed" else "Declined"
        yield f"{beginning}: publication on {day} ({_where(found.answer, reader)})."
        return
    other: Author = "reporter" if found.proposal.author == "staff" else "staff"
    who = "staff have" if other == "staff" else f"{_name(other, reader)} has"
    who = "you have" if other == reader == "reporter" else who
    where = _where(found.proposal, reader)
    yield f"Open proposal: publication on {day} ({where}); {who} not answered it."


def _where(word: Word, reader: Author) -> str:
    return f"message {word.sequence}, signed by {_name(word.author, reader)}"


def _name(author: Author, reader: Author) -> str:
    if author == "staff":
        return "staff"
    return "you" if reader == author else "the reporter"
