"""Authority over people: whose account somebody may touch, and in which programs."""

from dataclasses import dataclass
from datetime import datetime

from portal.desk.member import Member, Role
from portal.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Authority:
    """On whose word people come, change and go.

    Attributes:
        actor: As the audit log names them.
        programs: In which they have the say; None for the operator, who has it everywhere.
    """

    actor: str
    programs: frozenset[str] | None = None

    @classmethod
    def of(cls, admin: Member, *, now: datetime) -> "Authority":
        """Return the authority of an admin who confirmed with a passkey just now.

        Raises:
            NotAllowed: They are admin of no program.
            ConfirmationNeeded: They did not confirm.
        """
        found = cls.to_look(admin)
        admin.require_fresh(now=now)
        return found

    @classmethod
    def to_look(cls, admin: Member) -> "Authority":
        """Return the authority of an admin who only looks.

        Raises:
            NotAllowed: They are admin of no program.
        """
        ruled = frozenset(slug for slug, role in admin.roles.items() if role is Role.ADMIN)
        if not ruled:
            raise _nobody()
        return cls(admin.id, ruled)

    @property
    def over_all(self) -> bool:
        """Tell whether they have the say everywhere."""
        return self.programs is None

    def over(self, program: str) -> bool:
        """Tell whether they have the say in a program."""
        return self.programs is None or program in self.programs

    def require(self, program: str) -> None:
        """Make sure that they have the say in a program.

        Raises:
            NotAllowed: They have not.
        """
        if not self.over(program):
            raise _nobody()


def _nobody() -> NotAllowed:
    return NotAllowed(
        "This takes the role of admin in that program.", hint="Ask an admin of the program."
    )
