"""The desk's services, put together over one database."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.cases.database import Database
from portal.cases.memos import Memos
from portal.desk import directory
from portal.desk.accounts import Accounts
from portal.desk.approvals import Approvals
from portal.desk.assignments import Assignments
from portal.desk.audit_trail import AuditTrail
from portal.desk.casework import Casework
from portal.desk.desk_keys import DeskKeys
from portal.desk.door import Door
from portal.desk.memo_sharing import MemoSharing
from portal.desk.passkeys import Passkeys
from portal.desk.queue import Queue
from portal.desk.quiet_list import QuietList
from portal.desk.relying_party import RelyingParty
from portal.desk.roster import Roster
from portal.desk.saved_views import SavedViews
from portal.desk.sessions import Sessions
from portal.desk.sharing import Sharing
from portal.desk.unread import Unread


@dataclass(frozen=True, slots=True)
class Desk:
    """What the staff face works with, beside the store.

    Attributes:
        database: Where it is all kept.
        url: Address of the desk, which passkeys belong to.
    """

    database: Database
    url: str

    @property
    def door(self) -> Door:
        """The ways in."""
        return Door(self.database, RelyingParty.at(self.url))

    @property
    def accounts(self) -> Accounts:
        """Who comes, changes and goes."""
        return Accounts(self.database)

    @property
    def roster(self) -> Roster:
        """Who is there."""
        return Roster(self.database)

    @property
    def passkeys(self) -> Passkeys:
        """What people sign in with."""
        return Passkeys(self.database)

    @property
    def sessions(self) -> Sessions:
        """Who is signed in."""
        return Sessions(self.database)

    @property
    def desk_keys(self) -> DeskKeys:
        """What `portico desk` shows instead of a session."""
        return DeskKeys(self.database)

    @property
    def queue(self) -> Queue:
        """What is due next."""
        return Queue(self.database)

    @property
    def assignments(self) -> Assignments:
        """Who cares for what."""
        return Assignments(self.database)

    @property
    def unread(self) -> Unread:
        """Who has seen what."""
        return Unread(self.database)

    @property
    def quiet_list(self) -> QuietList:
        """What is out of the way."""
        return QuietList(self.database)

    @property
    def saved_views(self) -> SavedViews:
        """What people look at again and again."""
        return SavedViews(self.database)

    @property
    def casework(self) -> Casework:
        """What happens to the reports."""
        return Casework(self.database)

    @property
    def approvals(self) -> Approvals:
        """What takes two people."""
        return Approvals(self.database)

    @property
    def memos(self) -> Memos:
        """What staff write for each other, sealed."""
        return Memos(self.database)

    @property
    def sharing(self) -> Sharing:
        """What new colleagues cannot open yet."""
        return Sharing(self.database)

    @property
    def memo_sharing(self) -> MemoSharing:
        """Which of the notes and tags they cannot."""
        return MemoSharing(self.database)

    @property
    def audit_trail(self) -> AuditTrail:
        """What everybody did."""
        return AuditTrail(self.database)

    def names(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the names of members of staff by their ids; other ids have none."""
        with self.database.reading() as connection:
            return directory.names(connection, ids)
