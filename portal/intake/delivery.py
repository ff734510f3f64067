"""A delivery: what arrives at the door, read once into values the rest can rely on."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from portal.cases.kinds import KINDS, QUESTION, REPORT
from portal.errors import DeliveryRefused

_HEX64 = re.compile(r"[0-9a-f]{64}")
NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Sealed:
    """One age file as delivered.

    Attributes:
        role: ``report``, ``attachments`` or ``sealed``; ``message`` or ``files`` in a thread.
        source: Seekable stream, at its start.
        length: Declared bytes; None when the sender could not declare them (no script).
        sha256: Declared hash of the whole file, hex; None likewise.
        copies: Recipients beyond the staff's: 1 with the reporter's own copy, 0 without, None when
            the file was sealed by hand and either is fine.
    """

    role: str
    source: IO[bytes] = field(repr=False)
    length: int | None = None
    sha256: str | None = None
    copies: int | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A sealed report on its way in.

    Attributes:
        sealed: The age files, the report first.
        stored_lookup: Hash of the client's lookup value; None when the server must issue a token.
        kind: A key of `KINDS`.
        exposed: Whether the reporter ticked that data lies open.
        exploited: Whether they ticked that somebody makes use of it.
        policy_version: The version the reporter had before them; None on the path without script.
        keyset_version: The keyset it was sealed to; None likewise.
        scope_receipt: A signed statement about the target; empty when nothing was checked.
    """

    sealed: tuple[Sealed, ...]
    stored_lookup: str | None = field(repr=False)
    kind: str = REPORT
    exposed: bool = False
    exploited: bool = False
    policy_version: int | None = None
    keyset_version: int | None = None
    scope_receipt: str = field(default="", repr=False)

    @classmethod
    def parse(cls, fields: Mapping[str, str], files: Mapping[str, IO[bytes]]) -> "Delivery":
        """Read a submitted form.

        Args:
            fields: The text fields of the request.
            files: The uploaded files by field name, as seekable streams.

        Raises:
            DeliveryRefused: A field is missing or malformed, or no sealed file is there.
        """
        nature = _nature(fields)
        if "sealed" in files:
            sealed = (Sealed("sealed", files["sealed"]),)
            return cls(sealed=sealed, stored_lookup=None, **nature)
        if "report" not in files:
            raise DeliveryRefused(
                "No sealed file arrived.",
                hint="Choose the .age file you sealed. Text is never sent to this address.",
            )
        copies = own_copies(fields)
        roles = [role for role in ("report", "attachments") if role in files]
        return cls(
            sealed=tuple(declared(role, fields, files[role], copies) for role in roles),
            stored_lookup=stored(matching("lookup", fields, _HEX64)),
            policy_version=int(matching("policy", fields, NUMBER)),
            keyset_version=int(matching("keyset", fields, NUMBER)),
            scope_receipt=fields.get("scope_receipt", ""),
            **nature,
        )


def stored(lookup: str) -> str:
    """Return what the server keeps of a lookup value (64 hex digits): its SHA-256, hex."""
    return hashlib.sha256(bytes.fromhex(lookup)).hexdigest()


def own_copies(fields: Mapping[str, str]) -> int | None:
    """Return how many recipients there are beyond the staff's, as far as that was declared."""
    return {"yes": 1, "no": 0}.get(fields.get("reply", ""))


def declared(role: str, fields: Mapping[str, str], source: IO[bytes], copies: int | None) -> Sealed:
    """Return an age file with what was declared about it.

    Raises:
        DeliveryRefused: Its length or hash is missing or malformed.
    """
    return Sealed(
        role=role,
        source=source,
        length=int(matching(f"{role}_length", fields, NUMBER)),
        sha256=matching(f"{role}_sha256", fields, _HEX64),
        copies=copies,
    )


def _nature(fields: Mapping[str, str]) -> dict[str, Any]:
    """Return kind and flags: all that a reporter lets the server know of what they wrote."""
    flags = ticks(fields)
    kind = _kind(fields)
    if kind == QUESTION and any(flags.values()):
        raise DeliveryRefused(
            "A question cannot say that data lies open or that something is exploited.",
            hint="Send it as a report: that is what staff open first.",
        )
    return {"kind": kind, **flags}


def ticks(fields: Mapping[str, str]) -> dict[str, bool]:
    """Return what was ticked for the server to see, by name.

    Raises:
        DeliveryRefused: A tick is neither `yes` nor left out; taken for no, it would be lost.
    """
    return {name: _ticked(name, fields) for name in ("exposed", "exploited")}


def _ticked(name: str, fields: Mapping[str, str]) -> bool:
    value = fields.get(name, "")
    if value not in {"", "yes"}:
        raise _malformed(name)
    return value == "yes"


def _kind(fields: Mapping[str, str]) -> str:
    kind = fields.get("kind", REPORT)
    if kind not in KINDS:
        raise DeliveryRefused(
            "This portal does not know that kind of delivery.",
            hint="Reload the page in another tab; your text stays in this one.",
        )
    return kind


def matching(name: str, fields: Mapping[str, str], pattern: re.Pattern[str]) -> str:
    """Return a text field that has this form.

    Raises:
        DeliveryRefused: It has not, or is missing.
    """
    value = fields.get(name, "")
    if not pattern.fullmatch(value):
        raise _malformed(name)
    return value


def _malformed(name: str) -> DeliveryRefused:
    return DeliveryRefused(
        f"The delivery's field “{name}” is missing or malformed.",
        hint="Send it again from the report page or with `portico submit`.",
    )
