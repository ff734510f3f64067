"""Many rulings, one after another, in constant memory: a line of JSON each (ndjson)."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from portal.cases.program import Program
from portal.cases.signer import Signer
from portal.intake.batch import Batch
from portal.intake.checking import check, plain

BLOCK: Final = 64  # lines sent at once: fewer, larger writes cost a third less
# An honest batch is ruled on in two seconds, the worst that fits the limits in ten. The rest is
# for a slow line; whoever reads slower still must not keep a thread for hours.
LONGEST: Final = timedelta(seconds=60)


def lines(
    batch: Batch, *, program: Program, signer: Signer, clock: Callable[[], datetime]
) -> Iterator[bytes]:
    """Rule on the targets of a batch in order, and yield the answers in blocks of lines.

    Each line is what one target alone is answered, with its ``index`` from 0. When the time is up,
    a last line holds an ``error`` and the index at which to go on.

    Args:
        batch: What is asked.
        program: Whose policy decides.
        signer: Who signs, where receipts are wanted.
        clock: What tells the time.
    """
    answers = _answers(batch, program=program, signer=signer, clock=clock)
    while block := list(islice(answers, BLOCK)):
        yield "".join(block).encode()


def _answers(
    batch: Batch, *, program: Program, signer: Signer, clock: Callable[[], datetime]
) -> Iterator[str]:
    """Yield a line for each target until the time is up."""
    started = now = clock()
    for index, inquiry in enumerate(batch.inquiries):
        if now - started > LONGEST:
            yield _line(_stopped(index))
            return
        checked = check(inquiry, program=program, signer=signer, now=now, signed=batch.receipts)
        yield _line({"index": index, **plain(checked, program)})
        now = clock()


def _line(answer: dict[str, Any]) -> str:
    """Write one answer; in ASCII, so that no character in it can break or turn a line."""
    return json.dumps(answer, separators=(",", ":")) + "\n"


def _stopped(index: int) -> dict[str, Any]:
    """Say that the rest has to be asked for anew."""
    error = {
        "code": "took-too-long",
        "message": f"The time was up before target {index}.",
        "hint": "Ask for the rest in another request, or check on your own machine with "
        "`portico scope check --url URL -`.",
    }
    return {"index": index, "error": error}
