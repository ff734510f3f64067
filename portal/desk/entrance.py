"""The entrance to the desk, as the operator checks it: can the people who should come in do so?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from portal.cases.database import Database
from portal.cases.tables import passkeys, staff
from portal.desk import roles
from portal.desk.address import Address
from portal.errors import SettingMissing

INVITE = "portico staff invite NAME --role admin --program"


@dataclass(frozen=True, slots=True)
class Entrance:
    """Finds what keeps people out of the desk.

    Attributes:
        database: Where people and passkeys are.
        url: Address of the desk.
        named: Whether the settings name that address for the desk alone.
    """

    database: Database
    url: str
    named: bool

    def findings(self, programs: Sequence[str]) -> Iterator[str]:
        """Yield a sentence or two for each; none while the instance is worked by commands alone.

        Args:
            programs: Slugs of all that are served.
        """
        with self.database.reading() as connection:
            if not self.named and not _anybody(connection):
                return
            yield from self._address()
            if self.named and not _any_passkey(connection):
                yield f"Nobody has a passkey for {self.url} yet. Type: {INVITE} PROGRAM"
                return
            for slug in programs:
                if not roles.admins(connection, slug):
                    yield (
                        f"{slug}: no admin has a passkey, so nobody can let people in at the "
                        f"desk. Type: {INVITE} {slug}"
                    )

    def _address(self) -> Iterator[str]:
        try:
            Address.at(self.url).require_name()
        except SettingMissing as fault:
            yield f"{fault.message} {fault.hint}"


def _anybody(connection: Connection) -> bool:
    there = select(func.count()).select_from(staff).where(staff.c.left_at.is_(None))
    return bool(connection.scalar(there))


def _any_passkey(connection: Connection) -> bool:
    held = select(func.count()).select_from(passkeys).where(passkeys.c.removed_at.is_(None))
    return bool(connection.scalar(held))
