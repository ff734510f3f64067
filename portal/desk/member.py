"""A member of staff at work: who they are, what they may do, and how they came in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from portal.errors import ConfirmationNeeded, NotAllowed

FRESH = timedelta(minutes=5)  # how long a passkey's confirmation counts for a grave act


class Role(IntEnum):
    """What somebody does for a program; each may do what the one before it may."""

    READER = 1  # sees the queue and opens reports
    HANDLER = 2  # records events, writes to reporters, keeps notes and tags
    ADMIN = 3  # invites, changes roles, cares for keysets

    @classmethod
    def named(cls, name: str) -> "Role":
        """Read a role as people write it: ``reader``, ``handler`` or ``admin``.

        Raises:
            NotAllowed: There is no such role.
        """
        try:
            return cls[name.upper()]
        except KeyError:
            raise NotAllowed(
                f"“{name}” is not a role.", hint="The roles are reader, handler and admin."
            ) from None

    def __str__(self) -> str:
        """Return the name as people write it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the staff, for the length of one request.

    Attributes:
        id: Random, for good; names may change.
        name: As colleagues and the audit log know them; reporters never see it.
        roles: By program slug; a program that is not in it does not exist for them.
        confirmed_at: When a passkey last confirmed that they are there; None for a desk key.
    """

    id: str
    name: str
    roles: Mapping[str, Role]
    confirmed_at: datetime | None = None

    def may(self, role: Role, program: str) -> bool:
        """Tell whether they have at least this role in a program."""
        return self.roles.get(program, 0) >= role

    def require(self, role: Role, program: str) -> None:
        """Make sure that they have at least this role in a program.

        Raises:
            NotAllowed: They have not.
        """
        if not self.may(role, program):
            raise NotAllowed(
                f"This takes the role of {role} in this program.",
                hint="Ask an admin of the program to do it, or to change your role.",
            )

    def require_somewhere(self, role: Role) -> None:
        """Make sure that they have at least this role in one program of theirs.

        Raises:
            NotAllowed: They have it nowhere.
        """
        if not any(self.may(role, program) for program in self.roles):
            raise NotAllowed(
                f"This takes the role of {role}.", hint="Ask a colleague who has it to do it."
            )

    def require_fresh(self, *, now: datetime) -> None:
        """Make sure that a passkey confirmed their presence just now.

        Raises:
            ConfirmationNeeded: It did not within the last `FRESH`.
        """
        if self.confirmed_at is None or now - self.confirmed_at > FRESH:
            raise ConfirmationNeeded(
                "This needs your passkey once more.", hint="Confirm with your passkey, then go on."
            )
