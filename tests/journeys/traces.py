"""Looking for a word where it should not be, in every form it may have taken on the way."""

import base64
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from tests.live import Live

GROUP = 5  # characters: a token is shown in groups of this size


def guises(secret: str | bytes) -> frozenset[bytes]:
    """Return the forms to look for: spellings, UTF-16, JSON escapes, hex, percent signs, base64."""
    if isinstance(secret, bytes):
        return frozenset(_encoded(secret))
    return frozenset(form for spelling in _spellings(secret) for form in _written(spelling))


def carries(data: bytes, forms: Iterable[bytes]) -> bool:
    """Tell whether one of the forms stands in the data."""
    return any(form in data for form in forms)


def files_with(secret: str | bytes, paths: Iterable[Path]) -> list[Path]:
    """Return the files that hold the secret; a database is read value by value as well.

    In the file of a database a long value lies in pieces, so the bytes alone would not do.
    """
    forms = guises(secret)
    return [path for path in paths if any(carries(part, forms) for part in _parts(path))]


def written(live: Live, scratch: Path) -> list[Path]:
    """Return all that a server writes: database, WAL, settings, log, temporary files.

    Args:
        live: A demo.
        scratch: The folder it was told to put temporary files into.
    """
    places = [*live.instance.rglob("*"), live.log, *scratch.rglob("*")]
    files = [path for path in places if path.is_file()]
    assert {"portico.db", "portico.db-wal"} <= {path.name for path in files}
    return files


def _parts(path: Path) -> Iterator[bytes]:
    yield path.read_bytes()
    if path.suffix == ".db":
        yield from _values(path)


def _values(database: Path) -> Iterator[bytes]:
    """Yield every text and every blob in a SQLite database."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
        for (table,) in tables:
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    yield value if isinstance(value, bytes) else str(value).encode()


def _spellings(text: str) -> set[str]:
    """Return the text as it may be typed: its case, its hyphens, its groups."""
    bare = text.replace("-", "")
    groups = [bare[start : start + GROUP] for start in range(0, len(bare), GROUP)]
    written = {text, bare, "-".join(groups), " ".join(groups)}
    return written | {one.lower() for one in written} | {one.upper() for one in written}


def _written(text: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield from _encoded(text.encode(encoding))
    for escape in (r"\u{:04x}", r"\u{:04X}"):
        yield "".join(escape.format(ord(one)) for one in text).encode()


def _encoded(data: bytes) -> Iterator[bytes]:
    yield data
    for digits in (data.hex(), data.hex().upper()):
        yield digits.encode()
        yield "".join(f"%{digits[at : at + 2]}" for at in range(0, len(digits), 2)).encode()
    for before in range(3):
        middle = _base64_middle(data, before)
        yield middle
        yield middle.translate(bytes.maketrans(b"+/", b"-_"))


def _base64_middle(data: bytes, before: int) -> bytes:
    """Return the base64 letters that depend on the data alone, `before` other bytes in front."""
    letters = base64.b64encode(bytes(before) + data)
    first = -(-before * 8 // 6)  # of six bits each; one that is shared with a neighbour is left out
    return letters[first : (before + len(data)) * 8 // 6]
