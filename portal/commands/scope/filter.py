"""Many targets: those whose ruling was asked for pass, in their order."""

import argparse
import gc
import os
import stat
import sys
import time
from collections.abc import Callable, Generator, Iterator

from portal.commands.scope import known
from portal.commands.scope.progress import Progress
from portal.commands.scope.segments import Segments
from scope.quick.draft import Draft
from scope.quick.gate import Gate, whole_lines
from scope.ruling import Ruling

TYPE_CHECKING = False  # as in `typing`, which the filter has no time to load
if TYPE_CHECKING:
    from typing import BinaryIO

    from scope.facts import Facts

WORTH_A_PROCESS = 16  # segments, some 4 MiB: less is done before a process has started
MOST_PROCESSES = 8  # of one run, unless more are asked for


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how the filter runs."""
    parser.add_argument(
        "--jobs", type=_count, metavar="N", help="processes for a file; by default one for each CPU"
    )


def run(draft: Draft, options: argparse.Namespace, shown: tuple[Ruling, ...]) -> int:
    """Show those of many targets whose ruling was asked for; return how many are no targets.

    Only what is shown in full gets a verdict: a ruling alone takes a hundredth of the time.
    """
    gc.disable()  # nothing here goes in circles, and to look for it takes a tenth of the time
    facts = known.of_all(options, draft)
    gate = Gate(draft.sieve(facts=facts), shown, _writer(draft, options, facts))
    invalid = 0
    for path in options.inputs:
        with open(path, "rb") as file:
            invalid += _file(file, gate, options.jobs)
    for target in options.targets:
        if target == "-":
            invalid += _file(sys.stdin.buffer, gate, options.jobs)
        else:
            sys.stdout.buffer.write(gate.one(target))
    return invalid + gate.invalid


def _writer(
    draft: Draft, options: argparse.Namespace, facts: "Facts | None"
) -> Callable[[str], str] | None:
    """Return what writes a target out in full; None when its line is to be repeated."""
    if options.format == "text" and not options.explain:
        return None
    from portal.commands.scope import verdicts
    from scope.facts import NO_FACTS

    write, scope = verdicts.writer(options.format, explain=options.explain), draft.scope
    return lambda target: write(target, scope.check(target, facts=facts or NO_FACTS))


def _file(file: "BinaryIO", gate: Gate, jobs: int | None) -> int:
    """Let the lines of a file through; return how many lines other processes found wanting."""
    descriptor = _regular(file)
    if descriptor is None:
        for data in whole_lines(getattr(file, "read1", file.read)):
            sys.stdout.buffer.write(gate.passed(data))
            sys.stdout.buffer.flush()  # whoever reads us may wait for just this line
        return 0
    return _segments(Segments(descriptor), gate, jobs)


def _segments(segments: Segments, gate: Gate, jobs: int | None) -> int:
    """Let the lines of a regular file through, in several processes when that is worth it."""

    def passed(number: int) -> tuple[bytes, int]:
        before = gate.invalid
        return gate.passed(segments.lines(number)), gate.invalid - before

    processes = _processes(len(segments), jobs)
    found: Iterator[tuple[bytes, int]] = map(passed, range(len(segments)))
    if processes > 1:
        from portal.commands.scope import crew  # most runs are short

        gc.freeze()  # pages that nobody touches stay one for all processes
        found = crew.results(passed, len(segments), processes)
    size = segments.end - segments.start
    bar = Progress(sys.stderr, size=size, now=time.monotonic)
    invalid = 0
    try:
        for number, (output, count) in enumerate(found, 1):
            sys.stdout.buffer.write(output)
            invalid += count
            bar.reached(size * number // len(segments))
    finally:
        bar.close()
        if isinstance(found, Generator):
            found.close()  # whatever happened, no process outlives this one
    return invalid if processes > 1 else 0


def _processes(segments: int, jobs: int | None) -> int:
    """Choose how many processes work on a file."""
    if not hasattr(os, "fork"):
        return 1
    if jobs is not None:
        return min(jobs, segments)
    return max(1, min(_cpus(), segments // WORTH_A_PROCESS, MOST_PROCESSES))


def _cpus() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _regular(file: "BinaryIO") -> int | None:
    """Return the descriptor of a regular file; None for a pipe, a terminal or no file at all."""
    try:
        descriptor = file.fileno()
    except (OSError, AttributeError):
        return None
    return descriptor if stat.S_ISREG(os.fstat(descriptor).st_mode) else None


def _count(text: str) -> int:
    """Read how many processes are wanted."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 1000):
        raise argparse.ArgumentTypeError("write a number from 1 on")
    return int(text)
