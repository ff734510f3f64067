"""An exported audit log, read with suspicion: JSON lines, the first of which says what they are."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from portal.cases.heads import Head
from portal.errors import ArchiveRefused, StatementRefused
from portal.policy import statement
from portal.policy.succession import Succession

FORMAT: Final = "portico/audit/v1"
MAX_FIRST_LINE: Final = 64 * 1024 * 1024  # bytes; it may carry hundreds of keysets
MAX_LINE: Final = 1024 * 1024  # bytes; an entry takes some 400


@dataclass(frozen=True, slots=True)
class Logbook:
    """A log whose first line was read; the entries are still to pass.

    Attributes:
        portal: Address of the portal that exported it.
        whole: Whether it says it holds every entry.
        head: Signed; says where the log ended.
        keysets: Signed keysets by program, every version.
        entries: JSON objects, in their order; can be gone through once. What is no object comes
            as an empty one.
    """

    portal: str
    whole: bool
    head: str = field(repr=False)
    keysets: Mapping[str, tuple[str, ...]] = field(repr=False)
    entries: Iterator[Mapping[str, Any]] = field(repr=False)

    @classmethod
    def read(cls, pieces: Iterable[bytes]) -> Self:
        """Read the first line of a log.

        Args:
            pieces: Its bytes, cut anywhere.

        Raises:
            ArchiveRefused: It is no audit log of Portico's.
        """
        lines = _lines(pieces)
        first = _object(next(lines, b""))
        head = first.get("head")
        if first.get("format") != FORMAT or not isinstance(head, str):
            raise ArchiveRefused(
                "This is not an audit log of Portico.",
                hint="Give a file of `portico audit export`, or a bundle of `portico export`.",
            )
        return cls(
            portal=str(first.get("portal") or ""),
            whole=first.get("whole") is True,
            head=head,
            keysets=dict(_keysets(first.get("keysets"))),
            entries=(_object(line) for line in lines),
        )


def proven(text: str, successions: Iterable[Succession], *, portal: str) -> Head:
    """Return a head once it fits a receipt key that counted when it was signed.

    Args:
        text: The signed head.
        successions: Keysets that are trusted, of any of the portal's programs.
        portal: Address of the portal it must be of.

    Raises:
        StatementRefused: It fits none of them, or is another portal's.
    """
    refusal: StatementRefused | None = None
    for keysets in successions:
        try:
            head = Head.of(keysets.claims(text, typ=statement.AUDIT_HEAD))
        except StatementRefused as error:
            refusal = error
            continue
        if head.portal != portal:
            raise StatementRefused(
                "This head is of another portal's log.", hint="Compare a log with its own heads."
            )
        return head
    raise refusal or StatementRefused(
        "There is no keyset to check the head's signature with.",
        hint="Use an export of the whole log, which carries them.",
    )


def withheld(count: int) -> str:
    """Return what to say of entries of which something was withheld.

    Their hashes still chain, so they stand where they stood; that they say what was written cannot
    be seen without what is missing.
    """
    few = "1 entry names" if count == 1 else f"{count:,} entries name"
    return (
        f"{few} something of a program that this copy is not for; the name was withheld. What is "
        "left there is redacted: its hash is taken on the chain's word."
    )


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines, none of them longer than it may be."""
    rest, limit = b"", MAX_FIRST_LINE
    for piece in pieces:
        rest += piece
        while (cut := rest.find(b"\n")) >= 0:
            yield rest[:cut]
            rest, limit = rest[cut + 1 :], MAX_LINE
        if len(rest) > limit:
            raise ArchiveRefused("A line of the audit log is too long.", hint="Export it again.")
    if rest:
        yield rest


def _object(line: bytes) -> Mapping[str, Any]:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError):
        raw = None
    return raw if isinstance(raw, dict) else {}


def _keysets(raw: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    for slug, texts in raw.items() if isinstance(raw, dict) else ():
        if isinstance(texts, list):
            yield slug, tuple(each for each in texts if isinstance(each, str))
