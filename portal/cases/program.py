"""A program: one policy in force, and the keyset that reports to it are sealed to."""

from dataclasses import dataclass

from portal.errors import NoValidKeys
from portal.policy.keyset import Keyset
from portal.policy.pack import Policy


@dataclass(frozen=True, slots=True)
class Program:
    """What the portal serves under one slug.

    Attributes:
        policy: The policy in force.
        policy_version: Its number, counted from 1 for each program.
        keyset: The newest published keyset, unless it has expired; None closes the form.
    """

    policy: Policy
    policy_version: int
    keyset: Keyset | None

    @property
    def slug(self) -> str:
        """The name in addresses."""
        return self.policy.slug

    @property
    def name(self) -> str:
        """The name people read."""
        return self.policy.name

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
