"""What the caller knows beyond the rules: facts about the target, and answers to questions."""

import argparse
from collections.abc import Collection, Sequence

from portal.commands.scope.misuse import Misuse

TYPE_CHECKING = False  # as in `typing`, which the filter has no time to load
if TYPE_CHECKING:
    from datetime import date, datetime

    from scope.engine import Scope
    from scope.facts import Facts
    from scope.quick.draft import Draft

ANSWERS = {"yes": True, "no": False}
NONE = "none"
ABOUT_ONE = ("ips", "cnames", "tags", "answers")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what is known."""
    known = parser.add_argument_group(
        "what is known",
        "Nothing is ever looked up: what is not said stays open, but the day, which is today's.\n"
        "The day holds for all targets; the rest is about one TARGET, may be repeated, and\n"
        f"{NONE} says that there are known to be none.",
    )
    known.add_argument("--ip", dest="ips", action="append", metavar="ADDRESS", help="resolves to")
    known.add_argument("--cname", dest="cnames", action="append", metavar="NAME", help="alias of")
    known.add_argument("--tag", dest="tags", action="append", metavar="WORD", help="kind of target")
    known.add_argument(
        "--date", type=_day, metavar="YYYY-MM-DD", help="the day asked about; by default today"
    )
    add_answers(known)


def add_answers(parser: "argparse._ActionsContainer") -> None:
    """Add the option that answers questions of the rules."""
    parser.add_argument(
        "--answer",
        dest="answers",
        type=_answer,
        action="append",
        metavar="ID=yes|no",
        help="answer a question of the rules",
    )


def given(options: argparse.Namespace) -> bool:
    """Say whether anything is known that is about one target only."""
    return any(getattr(options, name) is not None for name in ABOUT_ONE)


def day(options: argparse.Namespace, draft: "Draft") -> "date | None":
    """Return the day asked about: today's, unless another was said.

    None where no rule asks for it: what knows the time takes longer to load than most rules.
    """
    if options.date is not None or not draft.dated:
        found: date | None = options.date
        return found
    from portal.policy import clocks

    return today(clocks.utc_now())


def today(now: "datetime") -> "date":
    """Return the day that it is where the command runs, in the zone of this machine."""
    return now.astimezone().date()


def of_all(options: argparse.Namespace, draft: "Draft") -> "Facts | None":
    """Return what is known of every target, which is the day; None when no rule asks for it."""
    asked = day(options, draft)
    if asked is None:
        return None
    from scope.facts import Facts

    return Facts(date=asked)


def facts(options: argparse.Namespace, draft: "Draft") -> "Facts":
    """Return the facts about one target; what was not said stays open, except for the day."""
    from scope.facts import Facts

    lists = (options.ips, options.cnames, options.tags)
    ips, cnames, tags = ([] if each == [NONE] else each for each in lists)
    return Facts(ips, cnames, tags, day(options, draft))


def answers(options: argparse.Namespace, scope: "Scope") -> dict[str, bool]:
    """Return the answers by question id.

    Raises:
        Misuse: The rules ask no such question, or it was answered both ways.
    """
    return checked(options.answers, asked(scope)) if options.answers else {}


def asked(scope: "Scope") -> set[str]:
    """Return the ids of the questions in the rules."""
    return {question.id for question in scope.questions}


def checked(pairs: Sequence[tuple[str, bool]], ids: Collection[str]) -> dict[str, bool]:
    """Return answers by question id, each of them to a question that is asked.

    Raises:
        Misuse: See `answers`.
    """
    for name, value in pairs:
        if name not in ids:
            raise Misuse(
                f"The rules ask no question {name!r}.",
                hint=f"They ask: {', '.join(sorted(ids)) or 'nothing'}.",
            )
        if (name, not value) in pairs:
            raise Misuse(
                f"The question {name!r} was answered both ways.", hint="Leave one answer out."
            )
    return dict(pairs)


def _day(text: str) -> "date":
    """Read a day."""
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("write a day as 2027-01-31") from None


def _answer(text: str) -> tuple[str, bool]:
    """Read ``ID=yes`` or ``ID=no``."""
    name, _, value = text.rpartition("=")
    if not name or value not in ANSWERS:
        raise argparse.ArgumentTypeError("write an answer as ID=yes or ID=no")
    return name, ANSWERS[value]
