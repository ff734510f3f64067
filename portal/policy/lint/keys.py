"""Whether a program has the keys it needs: nothing can be sealed to it without."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from portal.policy.keyset import Keyset
from portal.policy.pack import Policy
from portal.policy.remarks import Found


@dataclass(frozen=True, slots=True)
class Keys:
    """What a program has on an instance.

    Attributes:
        newest: Its newest keyset, expired or not; None before the first.
        now: Present time, aware.
    """

    newest: Keyset | None
    now: datetime

    @property
    def valid(self) -> bool:
        """Whether reports can be sealed now."""
        return self.newest is not None and self.newest.expires > self.now


def check(policy: Policy, held: Keys | None) -> Iterator[Found]:
    """Yield remarks on the keys of a policy's program; nothing is known of them for None."""
    if held is None:
        return
    if held.newest is None or not held.valid:
        yield _closed(held.newest)
        if not policy.contacts:
            yield _unreachable()
    elif missing := held.newest.missing_roles(policy.readers):
        yield Found(
            ("readers", "roles"),
            "error",
            "reader-without-key",
            f"The keyset has no key for: {', '.join(missing)}.",
            "The policy promises that these read every report, and they could not open one.",
            "Add them with `portico keyset add`, or take the roles out of the list.",
        )


def _closed(newest: Keyset | None) -> Found:
    state = f"expired on {newest.expires:%Y-%m-%d}" if newest else "is missing"
    return Found(
        (),
        "warning",
        "keyset-expired" if newest else "keyset-missing",
        f"The keyset of this program {state}.",
        "The form is closed as long as nothing can be sealed.",
        "Sign the next one with the root key, offline, and publish it: `portico keyset publish`.",
    )


def _unreachable() -> Found:
    return Found(
        ("contact",),
        "error",
        "unreachable",
        "There is no contact, and the form is closed for want of keys.",
        "Nobody can report anything to this program at the moment.",
        'Publish a keyset, or add [[contact]] with kind = "mail" and an address.',
    )
