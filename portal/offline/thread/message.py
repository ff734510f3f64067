"""`message.json`: who wrote a message, where it stands, and the signature over both.

The signature is Ed25519 over seven lines of ASCII. They name the body by its hash and the message
before by the hash of its own lines, so each signature vouches for the whole thread up to it.
"""

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Self, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.errors import ArchiveRefused, StatementRefused
from portal.policy import statement

FORMAT: Final = "portico/message/v1"
FILE: Final = "message.json"
MAX_BYTES: Final = 4096  # the longest possible one takes some 700
HIGHEST: Final = 2**31 - 1  # what every database can count to
SIGNATURE_BYTES: Final = 64  # RFC 8032 section 5.1.6

Author = Literal["staff", "reporter"]
AUTHORS: Final[tuple[Author, ...]] = ("staff", "reporter")

REPORT: Final = re.compile(r"[0-9a-z][0-9a-z-]{0,63}")  # a report's name on its portal

_HEX64 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Heading:
    """What is signed of a message.

    Attributes:
        report: The report's name on the portal.
        author: ``staff`` or ``reporter``.
        sequence: Place in the thread, from 1.
        previous: Link to the message before, hex; for the first, the SHA-256 of the payload of the
            report's main envelope.
        keyset: Version of the keyset it is sealed to, in which a staff key stands.
        body_sha256: Of the bytes of `body.json`, hex.
    """

    report: str
    author: Author
    sequence: int
    previous: str
    keyset: int
    body_sha256: str

    @property
    def lines(self) -> bytes:
        """The bytes under the signature."""
        words = (FORMAT, self.report, self.author, self.sequence, self.previous, self.keyset)
        return "".join(f"{word}\n" for word in (*words, self.body_sha256)).encode("ascii")

    @property
    def link(self) -> str:
        """What the next message names this one by: the SHA-256 of the signed lines, hex."""
        return hashlib.sha256(self.lines).hexdigest()


@dataclass(frozen=True, slots=True)
class Message:
    """A heading, and the signature that came with it, not yet checked.

    Attributes:
        heading: What it says of itself.
        key: Public key of whoever signed, base64url.
        signature: Base64url.
    """

    heading: Heading
    key: str
    signature: str = field(repr=False)

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """Read `message.json`; only the one way to write it is taken, so no byte of it is free.

        Raises:
            ArchiveRefused: It is written in any other way.
        """
        try:
            raw = json.loads(content) if len(content) <= MAX_BYTES else None
        except (ValueError, RecursionError):
            raw = None
        made = cls._of(raw) if isinstance(raw, dict) else None
        if made is None or made.content != content:
            raise ArchiveRefused(
                f"{FILE} is not a message in Portico's form.",
                hint="Do not rely on it; ask for it to be sent again.",
            )
        return made

    @classmethod
    def _of(cls, raw: dict[str, Any]) -> Self | None:
        """Return what the members say; None when one is not what it should be."""
        texts = (raw.get("report"), raw.get("previous"), raw.get("body_sha256"))
        shapes = (REPORT, _HEX64, _HEX64)
        sound = (
            all(isinstance(text, str) and shape.fullmatch(text)
                for text, shape in zip(texts, shapes, strict=True))
            and raw.get("author") in AUTHORS
            and _counts(raw.get("sequence"))
            and _counts(raw.get("keyset"))
            and isinstance(raw.get("key"), str)
            and isinstance(raw.get("signature"), str)
        )  # fmt: skip
        if not sound:
            return None
        heading = Heading(
            report=raw["report"],
            author=cast("Author", raw["author"]),
            sequence=raw["sequence"],
            previous=raw["previous"],
            keyset=raw["keyset"],
            body_sha256=raw["body_sha256"],
        )
        return cls(heading, raw["key"], raw["signature"])

    @property
    def content(self) -> bytes:
        """The bytes of `message.json`."""
        one = self.heading
        members = {
            "format": FORMAT,
            "report": one.report,
            "author": one.author,
            "sequence": one.sequence,
            "previous": one.previous,
            "keyset": one.keyset,
            "body_sha256": one.body_sha256,
            "key": self.key,
            "signature": self.signature,
        }
        return (json.dumps(members, indent=2) + "\n").encode("utf-8")

    @property
    def is_signed(self) -> bool:
        """Whether the signature is that of the key it names; whose key that is, others judge."""
        try:
            signature = base64.urlsafe_b64decode(self.signature + "==")
            if _text(signature) != self.signature or len(signature) != SIGNATURE_BYTES:
                return False
            statement.parse_key(self.key).verify(signature, self.heading.lines)
        except (binascii.Error, ValueError, StatementRefused, InvalidSignature):
            return False
        return True


def sign(heading: Heading, *, key: Ed25519PrivateKey) -> Message:
    """Sign a heading."""
    signature = _text(key.sign(heading.lines))
    return Message(heading, statement.key_text(key.public_key()), signature)


def _counts(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= HIGHEST


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
