"""Keysets on their way to a page: only those that the pinned root signed get there."""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs, urlsplit

from portal.errors import KeysetRefused
from portal.offline.pins import Pins
from portal.policy.keyset import Keyset

_KEYSET: Final = re.compile(r"/staff/api/programs/([a-z0-9][a-z0-9-]{0,39})/keyset\.jws", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pinning:
    """Judges keysets by what this machine has seen, as `portico submit` does.

    Attributes:
        pins: What was seen.
        portal: Address of the portal.
        told: Gets a sentence for the person, when a root is seen for the first time.
    """

    pins: Pins
    portal: str
    told: Callable[[str], object]
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def judge(self, program: str, text: str, *, newest: bool) -> Keyset:
        """Return a keyset that may be passed on; what it shows for the first time is pinned.

        Args:
            program: Slug the page asked for.
            text: What the portal answered.
            newest: Whether it asked for the one in force, which must not be older than one seen.

        Raises:
            KeysetRefused: Another root, another program, or an older one than was seen.
        """
        with self._turn:
            keyset = self.pins.read(text, portal=self.portal, program=program, root=None)
            pin = self.pins.of(self.portal, program)
            if keyset.program != program or (newest and keyset.version < pin.newest):
                raise KeysetRefused(
                    f"The portal hands out a keyset of {program} that is another program's, or "
                    "older than one seen before.",
                    hint="Seal nothing to it, and ask whoever keeps the portal why.",
                )
            if pin.root is None:
                self.told(_first(keyset))
            self.pins.remember(self.portal, keyset)
        return keyset

    def roots(self) -> Mapping[str, str]:
        """Return the fingerprints of the roots that were pinned, by program."""
        with self._turn:
            return self.pins.roots(self.portal)


def asked_for(target: str) -> tuple[str, bool] | None:
    """Return the program whose keyset a target asks for, and whether it is the one in force."""
    parts = urlsplit(target)
    found = _KEYSET.fullmatch(parts.path)
    return (found[1], not parse_qs(parts.query).get("version")) if found else None


def _first(keyset: Keyset) -> str:
    return (
        f"{keyset.program}: root {keyset.fingerprint} was not seen before. Compare it with the one "
        "on the program's keys page, and with one you got another way. From now on it is expected."
    )
