"""What somebody may not read of other programs: names in what staff wrote down.

One rule for the report's page, the page of the log, exported entries and bundles: whoever has no
role in a program does not learn the names of its reports, nor the program's own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from portal.cases import chain
from portal.cases.database import Database
from portal.cases.tables import policies, reports

ELSEWHERE: Final = "a report of another program"
ANOTHER: Final = "another program"
# Members that may name something of another program: the original of a duplicate, and the filters
# of an export of the log.
_NAMING: Final = frozenset({"of", "subject", "program"})

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hiding:
    """Hides what is of other programs.

    Attributes:
        programs: In which the reader has a role; None for whoever may read everything.
    """

    programs: Set[str] | None

    def names(self, connection: Connection, carried: Iterable[Data]) -> dict[str, str]:
        """Return what is to be hidden, by name, with what to say in its place.

        Args:
            connection: To look the names up.
            carried: The data of events, approvals or audit entries.
        """
        if self.programs is None:
            return {}
        named = {pair for data in carried for pair in _named(data)}
        if not named:  # to look for none of them, SQLite would read every report
            return {}
        texts = sorted({value for _, value in named})
        wanted = select(reports.c.id, reports.c.program).where(reports.c.id.in_(texts))
        home = {row.id: row.program for row in connection.execute(wanted)}
        known = select(policies.c.program).where(policies.c.program.in_(texts))
        home |= {slug: slug for slug in connection.scalars(known)}
        return {
            value: _instead(key, value, home)
            for key, value in named
            if not self._readable(key, value, home)
        }

    def redactor(self, database: Database) -> Callable[[Data], Data]:
        """Return what an exported audit entry passes through."""

        def redacted(entry: Data) -> Data:
            if self.programs is None or not any(_named(entry["data"])):
                return entry
            with database.reading() as connection:
                hidden = self.names(connection, [entry["data"]])
            return chain.redacted(entry, without(entry["data"], hidden)) if hidden else entry

        return redacted

    def _readable(self, key: str, value: str, home: Mapping[str, str]) -> bool:
        mine = self.programs or frozenset()
        if key == "subject" and value not in home:
            return True  # a person, or nothing there is
        return (value if key == "program" else home.get(value)) in mine


EVERYTHING: Final = Hiding(None)  # for whoever may read all there is


def without(data: Data, hidden: Set[str] | Mapping[str, str]) -> dict[str, Any]:
    """Return data with null in the place of every name that is hidden."""
    return {key: _kept(key, value, hidden) for key, value in data.items()}


def _kept(key: str, value: object, hidden: Set[str] | Mapping[str, str]) -> object:
    if isinstance(value, Mapping):
        return without(value, hidden)
    return None if key in _NAMING and value in hidden else value


def _named(data: Data) -> Iterator[tuple[str, str]]:
    """Yield the members that name something, however deep, with what they name."""
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _named(value)
        elif key in _NAMING and isinstance(value, str):
            yield key, value


def _instead(key: str, value: str, home: Mapping[str, str]) -> str:
    return ANOTHER if key == "program" or home.get(value) == value else ELSEWHERE
