"""A program: one policy in force, and the keyset that reports to it are sealed to."""

from dataclasses import dataclass

from portal.cases.program_states import OPEN, State
from portal.errors import NoValidKeys, ProgramClosed, ProgramPaused
from portal.policy.keyset import Keyset
from portal.policy.pack import Policy


@dataclass(frozen=True, slots=True)
class Program:
    """What the portal serves under one slug.

    Attributes:
        policy: The policy in force.
        policy_version: Its number, counted from 1 for each program.
        keyset: The newest published keyset, unless it has expired; None closes the form.
        state: Whether it takes reports at all: ``open``, ``paused`` or ``closed``.
    """

    policy: Policy
    policy_version: int
    keyset: Keyset | None
    state: State = OPEN

    @property
    def slug(self) -> str:
        """The name in addresses."""
        return self.policy.slug

    @property
    def name(self) -> str:
        """The name people read."""
        return self.policy.name

    @property
    def takes_reports(self) -> bool:
        """Whether its form is open: it takes reports, and there are keys to seal them to."""
        return self.state == OPEN and self.keyset is not None

    def require_open(self) -> None:
        """Make sure that new reports are taken.

        Raises:
            ProgramPaused: It takes none for the time being.
            ProgramClosed: It takes none any more.
        """
        if self.state == "paused":
            raise ProgramPaused(
                f"{self.name} takes no new reports for the time being.",
                hint="Keep your text and try later. What you sent before goes on as it was.",
            )
        if self.state == "closed":
            raise ProgramClosed(
                f"{self.name} takes no new reports any more.",
                hint="Other ways to write, if there are any, are on the policy page. What you sent "
                "before goes on as it was.",
            )

    @property
    def valid_keyset(self) -> Keyset:
        """The keyset to seal to now.

        Raises:
            NoValidKeys: The newest one has expired, or none was published yet.
        """
        if self.keyset is None:
            raise NoValidKeys(
                "This program has no valid keys at the moment, so nothing can be sealed to it.",
                hint="Keep your text and try later, or write to a contact on the policy page.",
            )
        return self.keyset
