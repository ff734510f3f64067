"""What a browser says of a passkey, read field by field.

The page must never send `PublicKeyCredential.toJSON()`: in browsers that know the PRF extension
it holds the extension's output, with which somebody may have wrapped their identity. Whatever is
not on the lists below is refused, so a page that sends too much fails loudly in its first test.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.errors import PasskeyRefused

EXTENSIONS = frozenset({"credProps"})  # says whether a passkey can be found without a name
LONGEST_ID = 1366  # characters: 1023 bytes in base64url, Web Authentication Level 3 section 5.8.3

_OUTER = frozenset({"id", "type", "response", "clientExtensionResults"})
_NEW = frozenset({"clientDataJSON", "attestationObject", "transports"})
_SIGNED = frozenset({"clientDataJSON", "authenticatorData", "signature", "userHandle"})
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")
_MOST_TRANSPORTS = 8  # there are six


@dataclass(frozen=True, slots=True)
class Credential:
    """A browser's answer to a challenge, of known shape and not yet verified.

    Attributes:
        id: The passkey's, in base64url.
        plain: In the form that the library for Web Authentication reads.
    """

    id: str
    plain: Mapping[str, Any] = field(repr=False)

    @classmethod
    def created(cls, raw: object) -> "Credential":
        """Read the answer to a request for a new passkey.

        Raises:
            PasskeyRefused: It is not one, or holds more than belongs in it.
        """
        outer, inner = _opened(raw, _NEW)
        transports = inner.get("transports", [])
        texts = isinstance(transports, list) and all(isinstance(one, str) for one in transports)
        if not texts or len(transports) > _MOST_TRANSPORTS:
            raise _malformed()
        kept = {name: _text(inner, name) for name in ("clientDataJSON", "attestationObject")}
        return cls._of(outer, {**kept, "transports": transports})

    @classmethod
    def signed(cls, raw: object) -> "Credential":
        """Read the answer to a request for a signature.

        Raises:
            PasskeyRefused: It is not one, or holds more than belongs in it.
        """
        outer, inner = _opened(raw, _SIGNED)
        names = ("clientDataJSON", "authenticatorData", "signature")
        kept = {name: _text(inner, name) for name in names}
        if inner.get("userHandle") is not None:
            kept["userHandle"] = _text(inner, "userHandle")
        return cls._of(outer, kept)

    @classmethod
    def _of(cls, outer: dict[str, Any], response: dict[str, Any]) -> "Credential":
        name = _text(outer, "id")
        if len(name) > LONGEST_ID or outer.get("type") != "public-key":
            raise _malformed()
        return cls(name, {"id": name, "rawId": name, "type": "public-key", "response": response})


def _opened(raw: object, inside: frozenset[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    outer = _only(raw, _OUTER)
    _only(outer.get("clientExtensionResults", {}), EXTENSIONS)
    return outer, _only(outer.get("response"), inside)


def _only(raw: object, names: frozenset[str]) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise _malformed()
    surplus = sorted(set(raw) - names)
    if surplus:
        raise PasskeyRefused(
            f"The page sent more than belongs to a passkey's answer: {', '.join(surplus)}.",
            hint="Nothing of it was kept. Load the page again; if it stays so, tell the operator.",
        )
    return raw


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not _BASE64URL.fullmatch(value):
        raise _malformed()
    return value


def _malformed() -> PasskeyRefused:
    return PasskeyRefused(
        "The page's answer for the passkey was not understood.", hint="Load the page again."
    )
