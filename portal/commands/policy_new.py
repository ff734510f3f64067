"""`portico policy new`: a first pack from a few answers."""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from portal.errors import FileRefused
from portal.policy.advice import hint_of
from portal.policy.clocks import utc_now
from portal.policy.questions import QUESTIONS, Question, read, slug_of
from portal.policy.starter import Answers, written

OPENING = "Leave empty what the policy does not say; it can be filled in later.\n\n"


def add_new(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``new`` to the verbs of ``portico policy``."""
    new = verbs.add_parser("new", help="write a first pack by asking a few questions")
    new.add_argument(
        "place",
        metavar="DIR",
        type=Path,
        nargs="?",
        help="folder to write it to; by default that of the instance, or else this one",
    )
    for question in QUESTIONS:
        name = f"--{question.key}"
        about = f"{question.words} ({question.example})"
        new.add_argument(name, metavar="ANSWER", help=about)
    new.set_defaults(run=_new)


def _new(options: argparse.Namespace) -> int:
    given = {one.key: getattr(options, one.key) for one in QUESTIONS}
    answers = ask(given, _lines(), today=utc_now().date())
    path = save(answers, options.place or _folder())
    print(path)
    sys.stderr.write(f"Look it through, then: portico policy check {path}\n")
    return 0


def ask(given: Mapping[str, str | None], lines: Iterator[str], *, today: date) -> Answers:
    """Return the answers to all questions; what was given beforehand is not asked again.

    Args:
        given: Answers by the keys of their questions; None where there is none.
        lines: What is typed, line by line; when it ends, the rest stays open.
        today: The present day.

    Raises:
        FileRefused: An answer given beforehand will not do, or one that is needed is missing.
    """
    if any(one is None for one in given.values()):
        sys.stderr.write(OPENING)
    found: dict[str, Any] = {}
    for question in QUESTIONS:
        proposed = slug_of(found["name"]) if question.key == "slug" else ""
        answer = _answer(question, given[question.key], lines, proposed, today)
        if answer is not None:
            found[question.key] = answer
    return Answers(**found)


def save(answers: Answers, folder: Path) -> Path:
    """Write the pack, named after its program, and return where it is; nothing is overwritten.

    Raises:
        FileRefused: There is such a file already, or none can be written there.
    """
    path = folder / f"{answers.slug}.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(written(answers))
    except FileExistsError as error:
        raise FileRefused(
            f"{path} is there already, and stays as it is.",
            hint="Choose another folder or slug, or edit that file.",
        ) from error
    except OSError as error:
        raise FileRefused(
            f"{path} cannot be written: {error.strerror}.", hint="Name another folder."
        ) from error
    return path


def _answer(
    question: Question, given: str | None, lines: Iterator[str], proposed: str, today: date
) -> Any:  # noqa: ANN401 - as the question reads it
    """Return one answer, or None for none."""
    if given is not None:
        return _given(question, given, today) if given.strip() else None
    while True:
        hint = f"Enter for {proposed}" if proposed else question.example
        sys.stderr.write(f"{question.words} [{hint}] ")
        sys.stderr.flush()
        line = next(lines, None)
        text = (line or "").strip() or proposed
        if not text and not question.needed:
            return None
        try:
            if text:
                return read(question, text, today=today)
            trouble = "This one is needed."
        except ValueError as error:
            trouble = f"{error}. {hint_of(error)}"
        if line is None:
            raise FileRefused(
                f"The pack lacks an answer: {question.words}", hint=f"Say --{question.key}."
            )
        sys.stderr.write(f"  {trouble}\n")


def _given(question: Question, text: str, today: date) -> Any:  # noqa: ANN401 - as above
    try:
        return read(question, text, today=today)
    except ValueError as error:
        raise FileRefused(f"--{question.key}: {error}.", hint=hint_of(error)) from error


def _lines() -> Iterator[str]:
    """Yield what is typed."""
    for line in sys.stdin:
        if not sys.stdin.isatty():
            sys.stderr.write("\n")
        yield line


def _folder() -> Path:
    """Return the packs' folder of the instance, or the present folder without one."""
    if not os.environ.get("PORTICO_DIR"):
        return Path()
    from portal.config import Config

    return Config.load().policies
