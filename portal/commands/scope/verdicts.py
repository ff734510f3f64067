"""Verdicts written out: for people, for programs and for spreadsheets."""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator

from portal.offline import visible
from scope import Verdict

Writer = Callable[[str, Verdict], str]


def writer(form: str, *, explain: bool) -> Writer:
    """Return what turns a target and its verdict into text, line ends included.

    Args:
        form: ``text``, ``jsonl`` or ``csv``.
        explain: In text, also say which rule decided and what came close.
    """
    if form == "jsonl":
        return _json
    if form == "csv":
        return _csv
    return _explained if explain else _sentence


def put(text: str) -> None:
    """Write text, and bytes that were no text when they came in, as they were."""
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))


def _json(target: str, verdict: Verdict) -> str:
    """Write one JSON object on one line."""
    return json.dumps({"input": target, **verdict.to_dict()}) + "\n"


def _csv(target: str, verdict: Verdict) -> str:
    """Write one row: input, target, ruling, code, rule and reason."""
    row = io.StringIO()
    rule = verdict.rule.pattern if verdict.rule else ""
    cells = (target, verdict.target, verdict.ruling.value, verdict.code, rule, verdict.reason)
    csv.writer(row, lineterminator="\n").writerow([_harmless(cell) for cell in cells])
    return row.getvalue()


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from running a cell that starts like a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _sentence(_: str, verdict: Verdict) -> str:
    """Write the ruling and its reason on one line."""
    return visible.line(f"{verdict.ruling.value}: {verdict.reason}") + "\n"


def _explained(target: str, verdict: Verdict) -> str:
    """Write the verdict and everything known about it, a line each."""
    asked = verdict.target or target
    lines = [f"{verdict.ruling.value}: {asked}", *(f"  {each}" for each in _details(verdict))]
    return "".join(f"{visible.lines(line)}\n" for line in lines)


def _details(verdict: Verdict) -> Iterator[str]:
    """Go through what there is to say, the reason first."""
    yield verdict.reason
    yield from verdict.notes
    if verdict.rule:
        line = f" (line {verdict.rule.line})" if verdict.rule.line else ""
        yield f"decided by: {visible.line(verdict.rule.pattern)}{line}"
    if verdict.rule and verdict.rule.note:
        yield f"note: {visible.line(verdict.rule.note)}"
    yield from (f"question: {question.text}" for question in verdict.questions)
    yield from (f"set aside: {visible.line(rule.pattern)}" for rule in verdict.set_aside)
    yield from (f"except: {visible.line(rule.pattern)}" for rule in verdict.exceptions)
    yield from (f"nearly: {each}" for each in verdict.nearest)
