"""What a policy wants done with data that came into a researcher's hands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from portal.policy.reading import Table

DataKind = Literal["purge_on_report", "do_not_keep", "keep_encrypted"]
DATA: Final[tuple[DataKind, ...]] = ("purge_on_report", "do_not_keep", "keep_encrypted")
Ending = Literal["purged", "deleted"]
# What the reporter signs where the pack has no words of its own, and what that is called.
_STATEMENTS: Final[Mapping[DataKind, tuple[Ending, str]]] = {
    "purge_on_report": (
        "purged",
        "I have purged all data of the organisation that I stored and that is not public.",
    ),
    "do_not_keep": (
        "deleted",
        "I have deleted the data that I came to hold, and kept no copy of it.",
    ),
    "keep_encrypted": (
        "deleted",
        "I kept the data encrypted, and have now deleted all of it for good.",
    ),
}


@dataclass(frozen=True, slots=True)
class DataHandling:
    """What a researcher does with data that came into their hands.

    Attributes:
        kind: ``purge_on_report``, ``do_not_keep`` or ``keep_encrypted``.
        text: In words.
        receipt: What the receipt says about it, or None for `guidance` to fall back on the text.
        attest: What the reporter signs once the data is gone, or None for a sentence that fits
            the kind.
    """

    kind: DataKind
    text: str
    receipt: str | None = None
    attest: str | None = None

    @property
    def guidance(self) -> str:
        """What the receipt says about held data."""
        return self.receipt or self.text

    @property
    def ending(self) -> Ending:
        """What an attestation under this policy says has become of the data."""
        return _STATEMENTS[self.kind][0]

    @property
    def statement(self) -> str:
        """What the reporter signs once the data is gone, in the first person."""
        return self.attest or _STATEMENTS[self.kind][1]


def read(pack: Table) -> DataHandling | None:
    """Return what ``[data_handling]`` says, or None when the policy does not say."""
    table = pack.table("data_handling")
    if table is None:
        return None
    with table:
        return DataHandling(
            kind=table.choice("kind", DATA),
            text=table.prose("text"),
            receipt=table.maybe_prose("receipt"),
            attest=table.maybe_prose("attest"),
        )
