"""Measuring a process: all of it, and not for ever."""

import sys
from pathlib import Path

import pytest

from benchmarks.filtering import process
from benchmarks.filtering.process import Command

COPY = "import sys; sys.stdout.write(sys.stdin.read())"
BUSY = "while True: pass"
LARGE = "bytearray(b'x') * (64 * 2**20)"
FORK = "import os; pid = os.fork(); sum(range(10**7)) if pid == 0 else os.wait()"


@pytest.fixture(name="lines")
def some_lines(tmp_path: Path) -> Path:
    """A file of one line."""
    path = tmp_path / "lines.txt"
    path.write_text("a.example\n")
    return path


def script(text: str) -> Command:
    """Make a command of a line of Python."""
    return Command([sys.executable, "-c", text])


def test_a_run_reads_the_lines_and_keeps_the_output(lines: Path, tmp_path: Path) -> None:
    """What a tool prints can be compared."""
    output = tmp_path / "printed.txt"
    usage = process.run(script(COPY), lines, limit=30, output=output)
    assert usage.code == 0
    assert usage.cpu > 0
    assert usage.wall > 0
    assert output.read_text() == "a.example\n"


@pytest.mark.thorough
def test_memory_is_that_of_the_tool_alone(lines: Path) -> None:
    """What the benchmark itself holds is not counted, what the tool holds is."""
    ballast = bytes(200 * 2**20)
    assert process.run(script("pass"), lines, limit=30).mib < 60
    assert process.run(script(LARGE), lines, limit=30).mib > 60
    assert len(ballast) > 0


@pytest.mark.thorough
def test_children_are_counted_too(lines: Path) -> None:
    """A tool cannot hide its work in a process of its own."""
    alone = process.run(script("pass"), lines, limit=30).cpu
    assert process.run(script(FORK), lines, limit=30).cpu > alone + 0.02


def test_a_tool_that_takes_too_long_is_stopped(lines: Path) -> None:
    """A slow peer ends the measurement of itself and of nothing else."""
    usage = process.run(script(BUSY), lines, limit=0.3)
    assert usage.code < 0
