"""Files of rules in any format: where one comes from, what format it is in, where it goes."""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from portal.commands.scope.misuse import Misuse
from portal.commands.scope.rules import PAIRED
from scope import formats
from scope.formats import sniff

INSIDE, OUTSIDE = PAIRED


@dataclass(frozen=True, slots=True)
class Source:
    """A file and its format.

    Attributes:
        text: What is in it.
        form: The name of its format.
        guessed: Nobody named the format; the file looks like it.
    """

    text: str
    form: str
    guessed: bool = False


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options that name a file and say what it is."""
    parser.add_argument("--from", dest="form", metavar="FMT", help="format of FILE, if in doubt")
    parser.add_argument("--program", metavar="NAME", help="which of the programs in FILE")
    parser.add_argument("file", type=Path, metavar="FILE", help="or - for standard input")


def read(path: Path, form: str | None) -> Source:
    """Read a file; a dash is standard input.

    Args:
        path: The file.
        form: Its format; None to go by what the file says itself.

    Raises:
        Misuse: Its format is not certain.
        OSError: It cannot be read.
        UnicodeDecodeError: It is not UTF-8.
    """
    if str(path) == "-":
        text = sys.stdin.buffer.read().decode("utf-8")
    else:
        text = _pair(path) or path.read_text(encoding="utf-8")
    if form:
        return Source(text, form)
    named = path.name.endswith(PAIRED)
    return Source(text, "hacker-scoper" if named else _guessed(text), guessed=True)


def put_pair(text: str, output: Path | None) -> None:
    """Write the two files of hacker-scoper.

    Raises:
        Misuse: No file is named: in one stream exclusions would look like permissions.
    """
    from scope.formats import hackerscoper

    if output is None or not output.name.endswith(INSIDE):
        raise Misuse(
            "hacker-scoper reads two files.",
            hint="Name the first with -o NAME.inscope; NAME.noscope is written beside it.",
        )
    for path, side in zip(_beside(output), hackerscoper.split(text), strict=True):
        path.write_text(side, encoding="utf-8")


def _guessed(text: str) -> str:
    """Return the format of a file by what it says itself.

    Raises:
        Misuse: It does not say; to guess wrongly could permit what it excludes.
    """
    found = sniff.guess(text)
    if found:
        return found
    raise Misuse(
        "The format of the file is not certain.",
        hint=f"Say it with --from.\n  {formats.known('read')}",
    )


def _pair(path: Path) -> str | None:
    """Return both files of hacker-scoper as one text; None for any other file."""
    if not path.name.endswith(PAIRED):
        return None
    from scope.formats import hackerscoper

    inside, outside = (
        each.read_text(encoding="utf-8") if each.exists() else "" for each in _beside(path)
    )
    return hackerscoper.joined(inside, outside) if path.exists() else None


def _beside(path: Path) -> tuple[Path, Path]:
    """Return the names of both files, given either."""
    stem = path.name.removesuffix(INSIDE).removesuffix(OUTSIDE)
    return path.with_name(stem + INSIDE), path.with_name(stem + OUTSIDE)
