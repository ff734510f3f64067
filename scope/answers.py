"""Answers to the questions that exclusions ask: yes or no, by question id."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from scope.errors import AnswerRefused
from scope.rule import Question

NO_ANSWERS: Mapping[str, bool] = MappingProxyType({})


def require(answers: Mapping[str, bool], asked: Iterable[Question]) -> None:
    """Make sure that each answer is a yes or a no to a question that is asked.

    An answer that was dropped would look like one that was heard.

    Raises:
        AnswerRefused: One is not (``bad-answer``, ``unknown-answer``).
    """
    if not isinstance(answers, Mapping):
        raise AnswerRefused("The answers are no mapping.", hint="Write answers={id: True, …}.")
    known = {question.id for question in asked}
    for name, given in answers.items():
        if name not in known:
            raise _unknown(name, known)
        if not isinstance(given, bool):
            raise AnswerRefused(
                f"The answer to {name!r} is {str(given)[:80]!r}, which is neither yes nor no.",
                hint="Answer True for yes, and False for no.",
            )


def among(answers: Mapping[str, bool], asked: Iterable[Question]) -> dict[str, bool]:
    """Return those answers that are to questions still asked; for answers kept from before.

    >>> among({"data": True, "old": False}, [Question("data", "Is data involved?")])
    {'data': True}
    """
    known = {question.id for question in asked}
    return {name: given for name, given in answers.items() if name in known}


def _unknown(name: object, known: set[str]) -> AnswerRefused:
    """Say which questions there are."""
    return AnswerRefused(
        f"The rules ask no question {str(name)[:80]!r}.",
        hint=f"They ask: {', '.join(sorted(known)) or 'nothing'}.",
        code="unknown-answer",
    )
