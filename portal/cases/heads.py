"""Heads of the audit log: what the server signed about where the log ended at some moment.

Whoever keeps a head can tell later that the log was cut or written anew before that place. A head
says nothing about entries after it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from portal.cases import chain
from portal.cases.chain import Fault, Plain
from portal.errors import StatementRefused
from portal.policy import statement

NAMED: Final = 16  # characters of a hash that people compare


@dataclass(frozen=True, slots=True)
class Head:
    """Where the log ended.

    Attributes:
        sequence: Of the last entry; 0 for an empty log.
        hash: Of that entry, hex; `chain.BEGINNING` for an empty log.
        at: When the server said so, by its clock.
        portal: Who said so: its address.
    """

    sequence: int
    hash: str
    at: datetime
    portal: str

    @classmethod
    def verify(cls, text: str, *, key: Ed25519PublicKey) -> Self:
        """Read a signed head.

        Raises:
            StatementRefused: Not a head, or not one that this key signed.
        """
        return cls.of(statement.verify(text.strip(), key=key, typ=statement.AUDIT_HEAD))

    @classmethod
    def of(cls, claims: Mapping[str, Any]) -> Self:
        """Read the claims of a head whose signature was checked.

        Raises:
            StatementRefused: A member is not what it should be.
        """
        number, name, issued = claims.get("sequence"), claims.get("hash"), claims.get("iat")
        if not isinstance(number, int) or not isinstance(name, str) or not isinstance(issued, int):
            raise StatementRefused(
                "This head of an audit log is malformed.", hint="Use the file as it was written."
            )
        return cls(number, name, datetime.fromtimestamp(issued, UTC), str(claims.get("iss")))

    @property
    def claims(self) -> dict[str, Any]:
        """What is signed of it."""
        issued = int(self.at.astimezone(UTC).timestamp())
        return {"iss": self.portal, "iat": issued, "sequence": self.sequence, "hash": self.hash}


@dataclass
class Watch:
    """Compares heads with a log that passes by entry by entry, in constant memory.

    Attributes:
        heads: Their signatures checked.
    """

    heads: tuple[Head, ...]

    def __post_init__(self) -> None:
        self.last = 0
        self._wanted = {head.sequence for head in self.heads}
        self._seen: dict[int, object] = {}

    def passing(self, entries: Iterable[Plain]) -> Iterator[Plain]:
        """Yield the entries on, looking at each."""
        for entry in entries:
            number = entry.get("sequence")
            if isinstance(number, int):
                self.last = max(self.last, number)
                if number in self._wanted:
                    self._seen.setdefault(number, entry.get("hash"))
            yield entry

    def faults(self, *, whole: bool = True) -> Iterator[Fault]:
        """Yield what the heads show once every entry has passed.

        Args:
            whole: Whether it was the whole log; a part need not hold the entry a head names.
        """
        for head in self.heads:
            seen = self._seen.get(head.sequence)
            if seen is not None and seen != head.hash:
                yield Fault(head.sequence, _rewritten(head))
            elif seen is None and whole and head.sequence:
                yield Fault(head.sequence, self._cut(head))

    def _cut(self, head: Head) -> str:
        missing = head.sequence - self.last
        if missing <= 0:
            return f"Entry {head.sequence}, {_named(head)}, is not in this log."
        lost = "1 entry is" if missing == 1 else f"{missing} entries are"
        return (
            f"The log ends at entry {self.last}, and {_named(head)} ends at entry "
            f"{head.sequence}: {lost} missing at its end."
        )


def _rewritten(head: Head) -> str:
    return (
        f"Entry {head.sequence} is not the one in {_named(head)} "
        f"({head.hash[:NAMED]}…): the log was written anew up to there."
    )


def _named(head: Head) -> str:
    return f"the head of {head.at:%Y-%m-%d %H:%M} UTC"


def judged(entries: Iterable[Plain], heads: Iterable[Head], *, whole: bool) -> Iterator[Fault]:
    """Yield what is wrong with a log, by itself and against the heads.

    Args:
        entries: In the order they stand in.
        heads: Their signatures checked.
        whole: Whether it is the whole log, or a part of it.
    """
    watch = Watch(tuple(heads))
    yield from chain.faults(watch.passing(entries), whole=whole)
    yield from watch.faults(whole=whole)
