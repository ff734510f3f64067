"""Fetching a thread as it is and opening each message, whichever side of it one stands on."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from portal.age.errors import AgeError
from portal.age.identities import KeyIdentity
from portal.errors import (
    ArchiveRefused,
    KeysetRefused,
    NoSuchReport,
    NoSuchVersion,
    PortalRefused,
    PorticoError,
)
from portal.offline.promised import objects
from portal.offline.thread.chain import Judged, Place
from portal.offline.thread.message import AUTHORS, FILE, REPORT, Message
from portal.offline.thread.opening import open_place
from portal.policy.keyset import Keyset

MAIN: Final = ("report", "sealed")
NOTHING: Final = "0" * 64  # the link of a message whose file is not there: nobody names it
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class Side(Protocol):
    """What somebody on one side of a thread can fetch and open."""

    @property
    def identities(self) -> Sequence[KeyIdentity]:
        """The keys that are tried."""

    def fetch(self, role: str) -> Path:
        """Fetch an age file as it is."""

    def keyset(self, program: str, version: int | None) -> str:
        """Return a signed keyset; the one in force for None."""


def named(standing: Mapping[str, Any], name: str) -> tuple[str, str]:
    """Return program and report that the portal speaks of.

    Args:
        standing: What it says about the report.
        name: Of the member that holds the report's name.

    Raises:
        PortalRefused: It is not what a portal says.
    """
    program, report = standing.get("program"), standing.get(name)
    for said, shape in ((program, _SLUG), (report, REPORT)):
        if not isinstance(said, str) or not shape.fullmatch(said):
            raise odd()
    return str(program), str(report)


def main_role(standing: Mapping[str, Any]) -> str:
    """Return the role of the report's main envelope."""
    roles = [one.get("role") for one in objects(standing.get("envelopes"))]
    return next((one for one in MAIN if one in roles), MAIN[0])


def places(side: Side, listing: Mapping[str, Any]) -> list[Place]:
    """Fetch and open every message, in the portal's order.

    Raises:
        PortalRefused: Something did not arrive, or is not what a portal sends.
    """
    return [_place(side, one) for one in objects(listing.get("messages"))]


def versions_in(found: Iterable[Place]) -> set[int]:
    """Return the keysets that messages name, checked or not."""
    versions = set()
    for place in found:
        try:
            versions.add(Message.parse((place.files or {}).get(FILE, b"")).heading.keyset)
        except ArchiveRefused:
            continue
    return versions


def keysets(
    side: Side, program: str, versions: Iterable[object], *, root: str
) -> dict[int, Keyset]:
    """Return the keysets that the root vouches for; others count as if they were not there."""
    found = {}
    for version in sorted({one for one in versions if isinstance(one, int)}):
        try:
            keyset = Keyset.read(side.keyset(program, version), root=root)
        except (NoSuchVersion, KeysetRefused):
            continue  # any other refusal proves nothing
        if (keyset.version, keyset.program) == (version, program):
            found[version] = keyset
    return found


def newest_named(thread: Iterable[Judged]) -> int:
    """Return the newest keyset that a good message names; 0 when there is none."""
    good = (one.heading for one in thread if one.verdict == "good" and one.heading)
    return max((heading.keyset for heading in good), default=0)


def odd() -> PorticoError:
    """Return the error for an answer that no portal gives."""
    return PortalRefused(
        "The answer is not that of a portal.", hint="Check the address: is it a Portico?"
    )


def _place(side: Side, listed: Mapping[str, Any]) -> Place:
    sequence, author = listed.get("sequence"), listed.get("author")
    if not isinstance(sequence, int) or author not in AUTHORS:
        raise odd()
    try:
        path = side.fetch(f"message-{int(sequence)}")
        return open_place(path, side.identities, sequence=sequence, author=author)
    except (NoSuchReport, AgeError):  # one that is gone must not keep the others from being read
        return Place(sequence, author, NOTHING, None)
