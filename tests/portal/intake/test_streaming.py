"""Many rulings one after another: as they are found, and not for ever."""

import json
from datetime import UTC, datetime
from itertools import count

from portal.cases.program import Program
from portal.cases.signer import Signer
from portal.intake import streaming
from portal.intake.batch import Batch


def test_a_batch_cannot_keep_a_thread(program: Program, signer: Signer) -> None:
    """When the time is up the rest is not answered, and the last line says where to go on."""
    batch = Batch.read(json.dumps({"targets": ["www.shop.example.com"] * 1000}).encode())
    start = datetime(2026, 11, 22, tzinfo=UTC)
    ticks = (start + streaming.LONGEST / 100 * number for number in count())
    said = b"".join(
        streaming.lines(batch, program=program, signer=signer, clock=lambda: next(ticks))
    )
    lines = [json.loads(line) for line in said.splitlines()]
    assert len(lines) == 102
    assert lines[-1]["index"] == 101
    assert lines[-1]["error"]["code"] == "took-too-long"


def test_answers_are_sent_as_they_are_found(program: Program, signer: Signer) -> None:
    """The first lines are on their way before the last target was looked at."""
    batch = Batch.read(json.dumps({"targets": ["www.shop.example.com"] * 1000}).encode())
    asked = count()

    def clock() -> datetime:
        next(asked)
        return datetime(2026, 11, 22, tzinfo=UTC)

    first = next(streaming.lines(batch, program=program, signer=signer, clock=clock))
    assert first.count(b"\n") == streaming.BLOCK
    assert next(asked) < 2 * streaming.BLOCK
