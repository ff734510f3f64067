"""Rules as a plain text file: one a line, ``!`` before an exclusion.

    # the shop                          a comment
    *.shop.example
    api.shop.example/v2   # since May   a rule with a note
    ! legacy.shop.example               an exclusion
    - www.shop.example                  a bullet, which means nothing

Lines keep their order and their numbers, and a file that was written reads back the same.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scope.errors import RulesUnreadable
from scope.rule import Rule
from scope.target import EDGES

_BULLET = re.compile(r"(?:[-\u2022]|\*(?=\s+\S))\s+")
_NOTE = re.compile(r"\s+#\s+")


@dataclass(frozen=True, slots=True)
class RulesFile:
    """The rules of a file, side by side."""

    include: tuple[Rule, ...]
    exclude: tuple[Rule, ...]


def read(text: str) -> RulesFile:
    r"""Read the rules of a file.

    >>> rules = read("*.shop.example   # ours\n! old.shop.example\n")
    >>> rules.include[0].note, rules.exclude[0].pattern, rules.exclude[0].line
    ('ours', 'old.shop.example', 2)

    Raises:
        RulesUnreadable: A line has an exclamation mark and no rule; all such lines are named.
    """
    sides: dict[bool, list[Rule]] = {False: [], True: []}
    empty: list[int] = []
    for number, line in enumerate(text.splitlines(), 1):
        rest = _BULLET.sub("", line.strip(EDGES), count=1)
        excluded = rest.startswith("!")
        rule = _rule(rest.removeprefix("!").strip(EDGES), number)
        if rule:
            sides[excluded].append(rule)
        elif excluded:
            empty.append(number)
    if empty:
        raise RulesUnreadable(
            f"Nothing follows the exclamation mark in line {', '.join(map(str, empty))}.",
            hint="Write the excluded rule after it, or delete the line.",
        )
    return RulesFile(tuple(sides[False]), tuple(sides[True]))


def write(include: Iterable[Rule], exclude: Iterable[Rule] = ()) -> str:
    """Write rules as a file, included rules first.

    >>> print(write([Rule("shop.example", note="ours")], [Rule("old.shop.example")]), end="")
    shop.example  # ours
    ! old.shop.example
    """
    lines = [_line(rule) for rule in include] + [f"! {_line(rule)}" for rule in exclude]
    return "".join(f"{line}\n" for line in lines)


def _rule(text: str, number: int) -> Rule | None:
    """Read one line without its mark; None when it has no rule."""
    if not text or text.startswith("#"):
        return None
    pattern, *note = _NOTE.split(text, maxsplit=1)
    return Rule(pattern, note=note[0] if note else None, line=number)


def _line(rule: Rule) -> str:
    """Write one rule on one line."""
    pattern = " ".join(rule.pattern.split())
    return f"{pattern}  # {' '.join(rule.note.split())}" if rule.note else pattern
