"""The reference of all keys, as a page in Markdown: ``docs/policy.md``."""

from collections.abc import Iterator
from typing import Final

from portal.policy.schema.catalogue import catalogue
from portal.policy.schema.form import FORM
from portal.policy.schema.shapes import Day, Either, Flag, Key, Many, Record, Shape, Text, Word
from portal.policy.schema.whole import PACK, Path
from portal.policy.spans import UNITS

_OPENING: Final = """\
# Every key of a policy pack

<!-- Made by `make fix` from portal/policy/schema; what is changed here by hand is lost. -->

A pack is one TOML file. Only `[program]` with `slug` and `name` is needed: whatever else is left
out is *not stated*, and the pages say so. An unknown key is a fault. A ✱ marks the keys that their
table cannot do without. `portico policy check` lists every fault and remark with its line;
`portico policy schema` prints these keys as a JSON Schema, which TOML editors use when the pack
begins with `#:schema ./schema.json`. `policies/example.toml` is a complete pack.

An **id** is small letters, digits and hyphens. Reports and receipts name rules and clauses by it:
keep it when you reword a text, and take a new one when you change its meaning.

A **time span** is a number and a unit: {units}.
An **event** is something that staff record, or the receipt of the report. [How time is
counted](../policies/README.md#how-time-is-counted).
"""


def page() -> str:
    """Return the page, one section for every table."""
    units = ", ".join(f"{word}s" for word in UNITS.values())
    described: set[int] = set()
    sections = (line for key in PACK.keys for line in _section(key, (), described))
    return "\n".join((_OPENING.format(units=units), *sections))


def example(record: Record, path: Path = ()) -> str:
    """Return a table as a pack may write it, with the tables under it that have headings."""
    plain = [f"{key.name} = {key.example}" for key in record.keys if key.example]
    own = "\n".join(([_heading(record, path)] if path else []) + plain)
    inner = [example(shape, (*path, key.name)) for key, shape in _headed(record)]
    return "\n\n".join(([own] if own else []) + inner)


def _section(key: Key, path: Path, described: set[int]) -> Iterator[str]:
    """Yield what is said about a table, and about the tables in it; once for each."""
    record, path = key.shape, (*path, key.name)
    if not isinstance(record, Record) or id(record) in described:
        return
    described.add(id(record))
    yield f"{'#' * (len(path) + 1)} `{_heading(record, path)}`\n"
    if not record.inline:  # the row that brought it up has said what an inline table is for
        yield f"{key.meaning}\n"
    yield from catalogue() if key in FORM else _rows(record)
    if not record.inline:
        own = Record(tuple(one for one in record.keys if one.example), several=record.several)
        yield f"```toml\n{example(own, path)}\n```\n"
    for one in record.keys:
        yield from _section(one, path, described)


def _rows(record: Record) -> Iterator[str]:
    """Yield the keys of a table, each in a row."""
    yield "| Key | Value | Meaning |\n|---|---|---|"
    for key in record.keys:
        star = "✱" if key.needed else ""
        yield f"| `{key.name}`{star} | {_value(key.shape)} | {key.meaning} |"
    yield ""


def _value(shape: Shape) -> str:
    """Say what a key holds."""
    match shape:
        case Text(says, _, _, default):
            return says + _default(default)
        case Word(allowed, default):
            return ", ".join(f"`{word}`" for word in allowed) + _default(default)
        case Flag(default):
            return "`true` or `false`" + _default(str(default).lower())
        case Day():
            return "date without quotes"
        case Many(of):
            return f"list: {_value(of)}"
        case Either(shapes):
            return ", or ".join(_value(one) for one in shapes)
        case Record(_, _, several):
            return "tables, see there" if several else "table, see there"


def _default(value: str | None) -> str:
    return f"; without it, `{value}`" if value else ""


def _heading(record: Record, path: Path) -> str:
    """Return how a table begins in a pack."""
    name = ".".join(path)
    if record.inline:
        return f"{path[-1]} = [{{ … }}]" if record.several else f"{path[-1]} = {{ … }}"
    return f"[[{name}]]" if record.several else f"[{name}]"


def _headed(record: Record) -> Iterator[tuple[Key, Record]]:
    """Yield the tables inside a table that have a heading of their own."""
    for key in record.keys:
        if isinstance(key.shape, Record) and not key.shape.inline:
            yield key, key.shape
