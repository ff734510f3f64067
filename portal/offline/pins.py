"""What this machine has seen of each program's keys: the root, and the newest version.

A pinned root is what stops a taken-over server from handing out keys of its own; the newest version
stops it from handing out old ones.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from portal.errors import KeysetRefused
from portal.policy.keyset import Keyset

FILE_NAME = "roots.json"


@dataclass(frozen=True, slots=True)
class Pin:
    """What was seen of one program.

    Attributes:
        root: Fingerprint of its root key; None when none was seen.
        newest: Highest keyset version; 0 when none was seen.
    """

    root: str | None = None
    newest: int = 0


@dataclass(frozen=True, slots=True)
class Pins:
    """The pins of this user, kept in one small file.

    Attributes:
        path: The file; it need not be there yet.
    """

    path: Path

    @classmethod
    def of_user(cls, environ: Mapping[str, str] = os.environ) -> "Pins":
        """Return the pins in the user's configuration folder (XDG Base Directory)."""
        named = environ.get("XDG_CONFIG_HOME") or ""
        base = Path(named) if Path(named).is_absolute() else Path.home() / ".config"
        return cls(base / "portico" / FILE_NAME)

    def of(self, portal: str, program: str) -> Pin:
        """Return what was seen of a program on a portal.

        Raises:
            KeysetRefused: The file is damaged; guessing would undo the protection.
        """
        raw = self._read().get(_name(portal, program), {})
        return Pin(raw.get("root"), raw.get("newest", 0))

    def knows(self, portal: str) -> bool:
        """Say whether a root was seen for any program of a portal.

        Raises:
            KeysetRefused: The file is damaged.
        """
        return any(name.startswith(_name(portal, "")) for name in self._read())

    def roots(self, portal: str) -> dict[str, str]:
        """Return the fingerprints of the roots seen for a portal's programs, by slug.

        Raises:
            KeysetRefused: The file is damaged.
        """
        start = _name(portal, "")
        return {
            name.removeprefix(start): pin["root"]
            for name, pin in self._read().items()
            if name.startswith(start) and isinstance(pin.get("root"), str)
        }

    def verify(
        self, text: str, *, portal: str, program: str, root: str | None, now: datetime
    ) -> Keyset:
        """Check a keyset against what was seen before, and remember it.

        Args:
            text: The signed keyset.
            portal: Address of the portal.
            program: Slug of the program.
            root: Fingerprint the user gave; None to go by what was seen.
            now: Present time, aware.

        Raises:
            KeysetRefused: See `Keyset.verify`; or the pins are damaged.
        """
        expected = self.read(text, portal=portal, program=program, root=root).fingerprint
        newest = self.of(portal, program).newest
        keyset = Keyset.verify(text, root=expected, program=program, now=now, newest_seen=newest)
        self.remember(portal, keyset)
        return keyset

    def read(self, text: str, *, portal: str, program: str, root: str | None) -> Keyset:
        """Read a keyset of any age, signed by the root that is expected.

        Args:
            text: The signed keyset.
            portal: Address of the portal.
            program: Slug of the program.
            root: Fingerprint the user gave; None to go by what was seen.

        Raises:
            KeysetRefused: See `Keyset.read`; or the pins are damaged.
        """
        keyset, pinned = Keyset.read(text, root=root), self.of(portal, program).root
        if root is None and pinned not in {None, keyset.fingerprint}:
            raise KeysetRefused(
                f"The keyset of {program} was signed by another root than the one seen before, "
                f"which {self.shown} holds.",
                hint="Send nothing, and ask the organisation why. If you know why, as with a demo "
                f"made anew: `portico keyset forget --url {portal} --program {program}`.",
            )
        return keyset

    def forget(self, portal: str, program: str | None = None) -> tuple[str, ...]:
        """Forget what was seen of a program, or of all programs of a portal; return their slugs.

        Raises:
            KeysetRefused: The file is damaged, or holds nothing of the kind.
        """
        everything, start = self._read(), _name(portal, "")
        gone = [
            name
            for name in everything
            if name.startswith(start) and program in {None, name.removeprefix(start)}
        ]
        if not gone:
            raise KeysetRefused(
                f"{self.shown} holds no such program.",
                hint=f"It holds: {'; '.join(sorted(everything)) or 'nothing'}.",
            )
        self._write({name: pin for name, pin in everything.items() if name not in gone})
        return tuple(name.removeprefix(start) for name in gone)

    @property
    def shown(self) -> str:
        """The file as people write it: ``~/.config/portico/roots.json``."""
        home = Path.home()
        return (
            f"~/{self.path.relative_to(home)}" if self.path.is_relative_to(home) else str(self.path)
        )

    def remember(self, portal: str, keyset: Keyset) -> None:
        """Write down the root and version of a keyset that was checked."""
        everything = self._read()
        newest = max(keyset.version, self.of(portal, keyset.program).newest)
        everything[_name(portal, keyset.program)] = {
            "root": keyset.fingerprint,
            "newest": newest,
        }
        self._write(everything)

    def _read(self) -> dict[str, Any]:
        try:
            raw = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError):
            raw = None
        if not isinstance(raw, dict) or not all(isinstance(each, dict) for each in raw.values()):
            raise KeysetRefused(
                f"{self.shown} is damaged; it holds the root keys seen before.",
                hint="Restore it, or delete it and compare the fingerprint again by hand.",
            )
        return raw

    def _write(self, everything: Mapping[str, Any]) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self.path.parent, prefix=FILE_NAME)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(everything, file, indent=2, sort_keys=True)
        Path(name).replace(self.path)


def _name(portal: str, program: str) -> str:
    return f"{portal.strip().rstrip('/').lower()} {program}"
