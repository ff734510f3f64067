"""Reading the text files that commands are given."""

from pathlib import Path

from portal.errors import FileRefused


def text(path: Path) -> str:
    """Return what a text file holds.

    Raises:
        FileRefused: It is missing, unreadable or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror
    except UnicodeDecodeError as error:
        reason = f"line {line_of(error)} is not UTF-8"
    raise FileRefused(f"{path} cannot be read: {reason}.", hint="Check its name.")


def line_of(error: UnicodeDecodeError) -> int:
    """Return the line, from 1, of the first byte that is not text."""
    return 1 + error.object[: error.start].count(b"\n")
