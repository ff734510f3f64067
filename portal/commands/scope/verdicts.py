"""Verdicts written out: for people, for programs and for spreadsheets."""

import csv
import io
import json
import os
import stat
import sys
from collections.abc import Callable, Iterable
from typing import TextIO

from portal.commands.scope import explained
from portal.offline import visible
from scope import Verdict

Writer = Callable[[str, Verdict], str]

HALF = "\\ud"  # with this JSON in ASCII starts a half of a character
COLUMNS = ("input", "target", "ruling", "code", "rule", "reason")


def writer(form: str, *, explain: bool, origin: str = "") -> Writer:
    """Return what turns a target and its verdict into text, line ends included.

    Args:
        form: ``text``, ``jsonl`` or ``csv``.
        explain: In text, also say which rule decided and what came close.
        origin: Where the rules are from, in words, for the explanation.
    """
    if form == "jsonl":
        return _json
    if form == "csv":
        return _csv
    if explain:
        return lambda target, verdict: explained.told(target, verdict, origin=origin)
    return _sentence


def start(form: str) -> None:
    """Write what an output starts with: the names of the columns, where rows are a table.

    A file that already has rows gets no second head, so that ``>>`` goes on with a table.
    """
    if form == "csv" and not _goes_on(sys.stdout):
        put(_row(COLUMNS))


def put(text: str) -> None:
    """Write text, and bytes that were no text when they came in, as they were.

    Only a line that is repeated has such bytes: what is made of it here has U+FFFD in their place.
    """
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))


def _goes_on(stream: TextIO) -> bool:
    """Say whether an output is a file that has something in it already."""
    try:
        status = os.fstat(stream.fileno())
    except OSError:  # no file at all
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size > 0


def _json(target: str, verdict: Verdict) -> str:
    """Write one JSON object on one line; half characters, which are no text, become U+FFFD."""
    plain = {"input": target, **verdict.to_dict()}
    line = json.dumps(plain)
    if HALF in line:  # in few lines, and in fewer of them a half that stands alone
        line = json.dumps(json.loads(visible.whole(json.dumps(plain, ensure_ascii=False))))
    return line + "\n"


def _csv(target: str, verdict: Verdict) -> str:
    """Write one row."""
    rule = verdict.rule.pattern if verdict.rule else ""
    cells = (target, verdict.target, verdict.ruling.value, verdict.code, rule, verdict.reason)
    return _row([_harmless(visible.line(cell)) for cell in cells])


def _row(cells: Iterable[str]) -> str:
    """Write cells as one line."""
    row = io.StringIO()
    csv.writer(row, lineterminator="\n").writerow(cells)
    return row.getvalue()


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from running a cell that starts like a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _sentence(_: str, verdict: Verdict) -> str:
    """Write the ruling and its reason on one line."""
    return visible.line(f"{verdict.ruling.value}: {verdict.reason}") + "\n"
