"""What changed from one keyset to the next: who came, who was retired, which keys are new."""

from dataclasses import dataclass

from portal.policy.entries import Entry, ReceiptKey
from portal.policy.keyset import Keyset


@dataclass(frozen=True, slots=True)
class KeyChanges:
    """The difference between two keysets of a program.

    Attributes:
        added: Those whose recipient was not there before.
        retired: Those whose recipient is not there any more.
        altered: Those who kept their recipient under another name, role or signing key, as they
            are now.
        receipt_key: The key that signs receipts from now on; None when it stayed.
    """

    added: tuple[Entry, ...]
    retired: tuple[Entry, ...]
    altered: tuple[Entry, ...]
    receipt_key: ReceiptKey | None

    @property
    def none(self) -> bool:
        """Whether the set was only signed anew."""
        return not (self.added or self.retired or self.altered or self.receipt_key)


def between(before: Keyset | None, after: Keyset) -> KeyChanges:
    """Say what a keyset changed.

    Args:
        before: The one it follows; None for the first, which adds everybody.
        after: The keyset.
    """
    old = {entry.recipient: entry for entry in before.entries} if before else {}
    new = {entry.recipient: entry for entry in after.entries}
    same_key = before is not None and before.receipt_key.kid == after.receipt_key.kid
    return KeyChanges(
        added=tuple(entry for name, entry in new.items() if name not in old),
        retired=tuple(entry for name, entry in old.items() if name not in new),
        altered=tuple(entry for name, entry in new.items() if old.get(name, entry) != entry),
        receipt_key=None if same_key else after.receipt_key,
    )
