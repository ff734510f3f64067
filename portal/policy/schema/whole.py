"""Every table of a pack, in the order of the reference."""

from collections.abc import Iterator
from typing import Final

from portal.policy.schema.duties import CONDUCT, DISCLOSURE, PROMISES
from portal.policy.schema.form import FORM
from portal.policy.schema.program import CALENDAR, DESK, PROGRAM
from portal.policy.schema.scope import SCOPE
from portal.policy.schema.shapes import Either, Key, Record, Shape
from portal.policy.schema.terms import TERMS

Path = tuple[str, ...]
PACK: Final = Record(
    PROGRAM + SCOPE + CONDUCT + PROMISES + DISCLOSURE + TERMS + DESK + FORM + CALENDAR
)


def records(record: Record = PACK, path: Path = ()) -> Iterator[tuple[Path, Record]]:
    """Yield every table with the keys that lead to it, lists left out; the pack itself is first."""
    yield path, record
    for key in record.keys:
        for inner in _tables(key.shape):
            yield from records(inner, (*path, key.name))


def find(path: Path) -> Key:
    """Return the key at a path, such as ``("scope", "in", "pattern")``.

    Raises:
        KeyError: There is none.
    """
    *above, name = path
    for at, record in records():
        if list(at) == above:
            for key in record.keys:
                if key.name == name:
                    return key
    raise KeyError(".".join(path))


def _tables(shape: Shape) -> Iterator[Record]:
    """Yield the tables that a value can be."""
    if isinstance(shape, Record):
        yield shape
    elif isinstance(shape, Either):
        for one in shape.shapes:
            yield from _tables(one)
