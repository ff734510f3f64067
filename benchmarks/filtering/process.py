"""What a whole process takes: processor time, wall time and memory."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

LAUNCHER = Path(__file__).with_name("launcher.py")
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Command:
    """A command ready to run.

    Attributes:
        words: The program and its arguments.
        folder: Where it runs.
    """

    words: Sequence[str]
    folder: Path = field(default=ROOT)


@dataclass(frozen=True, slots=True)
class Usage:
    """What one run took.

    Attributes:
        cpu: Processor time of the process and its children, user and system, in seconds.
        wall: Time from start to end, in seconds.
        mib: Most memory that one of its processes held, in MiB.
        code: Its exit code; negative when a signal ended it.
    """

    cpu: float
    wall: float
    mib: float
    code: int


def run(command: Command, lines: Path, *, limit: float, output: Path | None = None) -> Usage:
    """Run a command with a file as its standard input and return what it took.

    Args:
        command: What to run.
        lines: Its standard input.
        limit: Seconds after which it is stopped; its ``code`` is negative then.
        output: Where its standard output goes; by default nowhere.
    """
    sink = os.devnull if output is None else str(output)
    launcher = [sys.executable, "-I", "-S", str(LAUNCHER), str(limit), str(lines), sink]
    told = subprocess.run(
        [*launcher, *command.words],
        cwd=command.folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    found = json.loads(told.stdout)
    return Usage(found["cpu"], found["wall"], found["kib"] / 1024, found["code"])
