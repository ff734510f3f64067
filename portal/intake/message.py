"""A message on its way into a thread, from the reporter or from staff: the one way in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from portal.cases.catalogue import Catalogue
from portal.cases.messages import Author, Message, Posting, Thread
from portal.cases.program import Program
from portal.cases.report import Report
from portal.errors import DeliveryRefused, KeysetOutdated
from portal.intake.delivery import NUMBER, Sealed, declared, matching, own_copies
from portal.intake.vet import vet
from portal.policy.keyset import Keyset

ROLES = ("message", "files")


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it was delivered.

    Attributes:
        sealed: The message itself, then its files if there are any.
        sequence: The place its author signed for; None when it was sealed by hand.
        keyset_version: The keyset it was sealed to; None likewise.
    """

    sealed: tuple[Sealed, ...]
    sequence: int | None = None
    keyset_version: int | None = None

    @classmethod
    def parse(cls, fields: Mapping[str, str], files: Mapping[str, IO[bytes]]) -> "Letter":
        """Read a submitted form.

        Args:
            fields: The text fields of the request.
            files: The uploaded files by field name, as seekable streams.

        Raises:
            DeliveryRefused: A field is missing or malformed, or no sealed file is there.
        """
        if "message" not in files:
            raise DeliveryRefused(
                "No sealed message arrived.",
                hint="Choose the .age file you sealed. Text is never sent to this address.",
            )
        copies = own_copies(fields)
        return cls(
            sealed=tuple(
                declared(role, fields, files[role], copies) for role in ROLES if role in files
            ),
            sequence=int(matching("sequence", fields, NUMBER)),
            keyset_version=int(matching("keyset", fields, NUMBER)),
        )

    @classmethod
    def by_hand(cls, source: IO[bytes]) -> "Letter":
        """Take a file about which nothing was declared."""
        return cls((Sealed("message", source),))


@dataclass(frozen=True, slots=True)
class Postbox:
    """Takes messages to one program.

    Attributes:
        program: Whose keyset they must be sealed to.
        catalogue: Knows that program's other keysets.
        thread: Where they are kept.
        limit: Most bytes a message may have with its files.
    """

    program: Program
    catalogue: Catalogue
    thread: Thread
    limit: int

    def take(
        self, letter: Letter, report: Report, *, author: Author, actor: str, now: datetime
    ) -> tuple[Message, bool]:
        """Keep a message, and tell whether it had been kept before.

        The server cannot see who signed it: that is for those who can open it.

        Raises:
            DeliveryRefused: Nothing was kept; its kinds say which rule was broken.
            NoSuchReport: The report was deleted meanwhile.
            NoValidKeys: The program's keys have expired.
            StoreUnavailable: Nothing was kept.
        """
        keyset = self._keyset(letter, now)
        parcels = vet(letter.sealed, keyset=keyset, limit=self.limit)
        posting = Posting(letter.sequence, author, actor, keyset.version, parcels)
        earlier = self.thread.earlier(report.id, posting)
        if earlier is not None:
            return earlier, True
        if keyset.version != self.program.valid_keyset.version:
            raise _outdated()
        return self.thread.add(report.id, posting, now=now), False

    def _keyset(self, letter: Letter, now: datetime) -> Keyset:
        """Return the keyset a message names, which for one sent again may be an older one."""
        in_force, named = self.program.valid_keyset, letter.keyset_version
        if named in {None, in_force.version}:
            return in_force
        found = self.catalogue.keyset(self.program.slug, int(named or 0), now=now)
        if found is None:
            raise _outdated()
        return found


def _outdated() -> KeysetOutdated:
    # A colleague who joined could not read it, and one who left could.
    return KeysetOutdated(
        "The program's keys have changed since this message was sealed.",
        hint="Load the page again and send it once more; it is sealed to the new keys then.",
    )
