"""New headers that came in a file, kept on the server with the checks of the desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from portal.cases.memo_headers import ROLE
from portal.cases.report import Report
from portal.commands.opened import Instance
from portal.commands.publishing import OPERATOR
from portal.desk.memo_sharing import MemoSharing
from portal.desk.sharing import Sharing, covering
from portal.errors import KeysetOutdated, SharingRefused
from portal.intake import new_header
from portal.offline.shares import Share, Shares
from portal.policy.keyset import Keyset


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps headers made for the keyset in force.

    Attributes:
        instance: The server's.
        keyset: The one in force.
        covers: Versions whose people include all of its people.
        now: Present time, aware.
    """

    instance: Instance
    keyset: Keyset
    covers: frozenset[int]
    now: datetime

    @classmethod
    def of(cls, instance: Instance, shares: Shares, *, now: datetime) -> Self:
        """Return the keeper for a file of headers.

        Raises:
            KeysetOutdated: They were made for another keyset than the one in force.
            NoSuchProgram: There is no such program.
            NoValidKeys: No keyset is in force.
        """
        keyset = instance.catalogue.program(shares.program, now=now).valid_keyset
        if (keyset.version, keyset.sha256) != (shares.keyset, shares.keyset_sha256):
            raise KeysetOutdated(
                f"These headers were made for version {shares.keyset} of the keyset, "
                f"and version {keyset.version} is in force.",
                hint="Make them again with the keyset in force: `portico keyset share`.",
            )
        covers = covering(instance.catalogue.keyset_history(shares.program))
        return cls(instance, keyset, covers, now)

    def keep(self, one: Share) -> bool:
        """Keep a header; return False where everybody can open the file already.

        Raises:
            EnvelopeRefused: It is no header for exactly the people of the keyset.
            NoSuchReport: There is no such report, or no such file or note of it.
            SharingRefused: The report is another program's, or the file has another payload.
        """
        report = self.instance.store.report(one.report)
        if report.program != self.keyset.program:
            raise _another()
        if one.role.startswith(ROLE):
            return self._memo(report, one)
        return self._file(report, one)

    def _file(self, report: Report, one: Share) -> bool:
        sharing = Sharing(self.instance.database)
        face = sharing.face(report, one.role)
        if not self._wanting(face.payload_sha256, face.keyset_version, one):
            return False
        raw = new_header.vetted(one.header, keyset=self.keyset)
        sharing.share(report, one.role, raw, keyset=self.keyset, by=OPERATOR, now=self.now)
        return True

    def _memo(self, report: Report, one: Share) -> bool:
        sharing, memo_id = MemoSharing(self.instance.database), one.role.removeprefix(ROLE)
        memo = sharing.headed(report, memo_id)
        if not self._wanting(memo.payload_sha256, memo.keyset_version, one):
            return False
        raw = new_header.vetted(one.header, keyset=self.keyset, copies=0)
        return sharing.share(report, memo_id, raw, keyset=self.keyset, by=OPERATOR, now=self.now)

    def _wanting(self, payload_sha256: str, keyset_version: int, one: Share) -> bool:
        """Tell whether somebody in the keyset lacks what is kept, and the header is for just that.

        Raises:
            SharingRefused: It was made for another payload.
        """
        if payload_sha256 != one.payload_sha256:
            raise _another()
        return keyset_version not in self.covers


def _another() -> SharingRefused:
    return SharingRefused("The header was made for another file.", hint="Export the bundle again.")
