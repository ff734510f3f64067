"""The table that HackerOne lets people download on a program's scope page."""

import csv
from collections.abc import Iterator

from scope.errors import FormatUnreadable
from scope.formats.programs import Members
from scope.formats.strict import Value

NEEDED = ("identifier", "asset_type", "eligible_for_submission")
FLAGS = {"true": True, "false": False, "": None}
_FLAGGED = ("eligible_for_submission", "eligible_for_bounty", "archived")


def rows(text: str) -> Iterator[tuple[str, Members, None]]:
    r"""Yield the assets of a table as the API would give them, each with its line.

    >>> table = "identifier,asset_type,eligible_for_submission\n*.shop.example,WILDCARD,true\n"
    >>> [(place, asset["identifier"].raw) for place, asset, _ in rows(table)]
    [('line 2', '*.shop.example')]

    Raises:
        FormatUnreadable: A column is missing, or a row does not fit the columns.
    """
    try:
        table = csv.DictReader(text.lstrip("\ufeff").splitlines(keepends=True), strict=True)
        names = [name.strip() for name in table.fieldnames or ()]
        if missing := [name for name in NEEDED if name not in names]:
            raise _unreadable(f"The table has no column {missing[0]!r}.")
        table.fieldnames = names
        for row in table:
            yield f"line {table.line_num}", _asset(row, table.line_num), None
    except csv.Error as error:
        raise _unreadable(f"The table cannot be read: {error}.") from error


def _asset(row: dict[str, str | None], line: int) -> Members:
    """Turn a row into members of the kinds that the API has."""
    if None in row or None in row.values():
        raise _unreadable(f"Line {line} has more or fewer cells than the table has columns.")
    asset: dict[str, object] = dict(row)
    for name in _FLAGGED:
        written = (row.get(name) or "").strip().lower()
        if written not in FLAGS:
            raise _unreadable(f"Line {line} has neither true nor false as {name}.")
        asset[name] = FLAGS[written]
    return {name: Value(cell, f"line {line}, {name}") for name, cell in asset.items()}


def _unreadable(message: str) -> FormatUnreadable:
    return FormatUnreadable(
        message, hint="Name the format that it is in, or download the table again."
    )
