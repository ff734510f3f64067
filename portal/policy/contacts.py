"""Where an organisation can be reached, besides the portal's own form."""

import re
from dataclasses import dataclass
from typing import Final, Literal

import validators

from portal.policy.reading import Table

ContactKind = Literal["mail", "web", "phone"]
KINDS: Final[tuple[ContactKind, ...]] = ("mail", "web", "phone")
_PHONE: Final = re.compile(r"\+[0-9][0-9 ()./-]{4,28}[0-9]")  # E.164, with room for blanks


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach the organisation.

    Attributes:
        kind: ``mail``, ``web`` or ``phone``.
        address: A mail address, an https address, or a number with its country code.
        note: What it is for, or None.
    """

    kind: ContactKind
    address: str
    note: str | None = None

    @property
    def uri(self) -> str:
        """The address as a link, as security.txt wants it (RFC 9116 section 2.5.3)."""
        if self.kind == "mail":
            return f"mailto:{self.address}"
        if self.kind == "phone":
            return "tel:" + re.sub(r"[^0-9+]", "", self.address)
        return self.address


def read(pack: Table) -> tuple[Contact, ...]:
    """Return the contacts of ``[[contact]]``, most preferred first."""
    return tuple(_contact(table) for table in pack.tables("contact"))


def _contact(table: Table) -> Contact:
    with table:
        kind = table.choice("kind", KINDS)
        address = table.line("address")
        if address and (hint := _wrong(kind, address)):
            table.note("address", f"{address!r} is not an address of the kind {kind!r}.", hint)
        return Contact(kind, address, table.maybe_prose("note"))


def _wrong(kind: ContactKind, address: str) -> str | None:
    """Return what to do about an address, or None when it is good."""
    if kind == "mail" and not validators.email(address):
        return "Write the bare address, as in security@example.com."
    if kind == "web" and not (address.startswith("https://") and validators.url(address)):
        return "Write a full address that begins with https://."
    if kind == "phone" and not _PHONE.fullmatch(address):
        return "Begin with + and the country code, as in +31 20 555 0100."
    return None
