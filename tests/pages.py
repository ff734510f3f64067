"""Pages for people whose shell blocks are run, and whose claims are held against what happens."""

import re
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.live import PORTICO, environment

BLOCK = re.compile(r"```sh\n(?P<script>.*?)```(?:\n\n```text\n(?P<shown>.*?)```)?", re.DOTALL)
COMMAND = re.compile(r"(?:\.venv/bin/)?portico ")


def scripts(page: str) -> list[str]:
    """Return what the shell blocks of a page say, in their order."""
    return [match["script"] for match in BLOCK.finditer(page)]


def commands(page: str) -> list[str]:
    """Return the lines of a page that run `portico` and nothing else."""
    lines = "\n".join(scripts(page)).replace("\\\n", " ").splitlines()
    return [line for line in lines if COMMAND.match(line) and not re.search(r"[|>;]", line)]


def run(lines: Sequence[str], folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run lines as a shell does, in a folder and with settings of their own."""
    known = f'portico() {{ {shlex.join(PORTICO)} "$@"; }}'
    return subprocess.run(
        ["sh", "-c", "\n".join([known, *lines])],
        cwd=folder,
        env=environment() | {"XDG_CONFIG_HOME": str(folder / "config")},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def followed(page: str, folder: Path) -> list[tuple[str, str, str | None]]:
    """Run the blocks of a page one after the other, in one shell.

    Returns:
        For each block: the block, all that it printed, and what the page shows below it; None
        where the page shows nothing.
    """
    blocks = list(BLOCK.finditer(page))
    lines = [f"{{\n{block['script']}}} > {n}.out 2>&1" for n, block in enumerate(blocks)]
    done = run(["set -u", *lines], folder)
    assert done.returncode == 0, done.stderr
    printed = [(folder / f"{n}.out").read_text(encoding="utf-8") for n in range(len(blocks))]
    return [
        (block["script"], text, block["shown"]) for block, text in zip(blocks, printed, strict=True)
    ]
