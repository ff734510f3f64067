"""The token: sixteen random bytes a reporter keeps, and everything that follows from them.

Design section 6. `static/js/token.js` computes the same, byte for byte, over the shared vectors
in `tests/vectors/token.json`.
"""

import hashlib
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.age import bech32
from portal.errors import IdentityRefused, MalformedToken
from portal.intake import check_symbols, crockford

TOKEN_BYTES = 16  # 128 bits: guessing stays hopeless at any request rate
MADE_BY_CLIENT = 0
ISSUED_BY_SERVER = 1

_SALT = b"portico/token/v1"
_DERIVED_BYTES = 32
_GROUPS = 6
_GROUP_SYMBOLS = 5
_DATA_SYMBOLS = 26  # 130 bits: version and secret
_SYMBOLS = _GROUPS * _GROUP_SYMBOLS
# Written over the check symbols, so that thirty zeros are not a token.
_MASK = (22, 24, 26, 12)  # the values of P R T C

_IDENTITY_PREFIXES = {
    "mlkem768x25519": "age-secret-key-pq-",
    "x25519": "age-secret-key-",
}


@dataclass(frozen=True, slots=True)
class Token:
    """The secret a reporter keeps to follow a report; shown once, never stored.

    Attributes:
        secret: The sixteen bytes that everything else is derived from.
        version: 0 when the reporter's own client made it, 1 when the server issued it.
    """

    secret: bytes = field(repr=False)
    version: int = MADE_BY_CLIENT

    def __post_init__(self) -> None:
        if len(self.secret) != TOKEN_BYTES:
            raise ValueError(f"a token's secret has {TOKEN_BYTES} bytes")
        if self.version not in (MADE_BY_CLIENT, ISSUED_BY_SERVER):
            raise ValueError("a token's version is 0 or 1")

    @classmethod
    def mint(cls) -> "Token":
        """Make a fresh token on the reporter's own machine."""
        return cls(secrets.token_bytes(TOKEN_BYTES))

    @classmethod
    def issue(cls) -> "Token":
        """Make a fresh token on the server, for a report that came without one; status only."""
        return cls(secrets.token_bytes(TOKEN_BYTES), ISSUED_BY_SERVER)

    @classmethod
    def parse(cls, text: str) -> "Token":
        """Read a token as someone pasted it, spaces and line breaks included.

        Raises:
            MalformedToken: Wrong length, a character that is not ours, a failed check, or an
                unknown version; the error says which, in that order, and where when it can.
        """
        symbols = _checked(crockford.read(text))
        number = 0
        for symbol in symbols[:_DATA_SYMBOLS]:
            number = number << 5 | symbol
        version, secret = divmod(number, 1 << 8 * TOKEN_BYTES)
        if version not in (MADE_BY_CLIENT, ISSUED_BY_SERVER):
            raise MalformedToken(
                "This token is of a version that this portal does not know.",
                hint="Check that the token comes from this portal.",
                reason="version",
            )
        return cls(secret.to_bytes(TOKEN_BYTES), version)

    @property
    def text(self) -> str:
        """The written form: six groups of five symbols, joined by hyphens."""
        number = self.version << 8 * TOKEN_BYTES | int.from_bytes(self.secret)
        data = [number >> 5 * place & 31 for place in reversed(range(_DATA_SYMBOLS))]
        written = crockford.write(_masked(check_symbols.extend(data)))
        return "-".join(
            written[start : start + _GROUP_SYMBOLS] for start in range(0, _SYMBOLS, _GROUP_SYMBOLS)
        )

    @property
    def lookup(self) -> str:
        """The value that shows a report's state to whoever bears it: 64 hex digits.

        It travels in a request body only and is not kept; it is also the status code that
        reporters without script can use.
        """
        return self._derived("lookup").hex()

    @property
    def stored(self) -> str:
        """What the server keeps: the SHA-256 of the lookup value, 64 hex digits."""
        return hashlib.sha256(self._derived("lookup")).hexdigest()

    @property
    def signing_seed(self) -> bytes:
        """The Ed25519 seed, 32 bytes, with which follow-ups are signed.

        Raises:
            IdentityRefused: The server issued this token, so nobody may sign with it.
        """
        self._require_client_made()
        return self._derived("sign/ed25519")

    def reply_identity(self, kind: str) -> str:
        """Write the age identity that opens replies to this report.

        Args:
            kind: ``mlkem768x25519`` or ``x25519``, as the program's keyset is hybrid or classic.

        Raises:
            IdentityRefused: The server issued this token, so it has known the secret.
        """
        self._require_client_made()
        seed = self._derived(f"reply/{kind}")
        return bech32.encode(_IDENTITY_PREFIXES[kind], seed).upper()

    def _require_client_made(self) -> None:
        if self.version != MADE_BY_CLIENT:
            raise IdentityRefused(
                "This token was issued by the server and can only show a report's state.",
                hint="Messages can be read with a token that your own browser or client made.",
            )

    def _derived(self, purpose: str) -> bytes:
        """Derive 32 bytes for one purpose; purposes reveal nothing about each other."""
        derivation = HKDF(SHA256(), _DERIVED_BYTES, _SALT, purpose.encode("ascii"))
        return derivation.derive(self.secret)


def _checked(values: tuple[int | None, ...]) -> tuple[int, ...]:
    """Give the thirty symbols, or refuse in the order length, character, checksum."""
    if len(values) != _SYMBOLS:
        raise MalformedToken(
            f"A token has {_SYMBOLS} letters and digits; this one has {len(values)}.",
            hint="Copy all six groups of five; spaces and hyphens do not matter.",
            reason="length",
        )
    symbols = tuple(value for value in values if value is not None)
    if len(symbols) != _SYMBOLS:
        place = values.index(None)
        group = place // _GROUP_SYMBOLS + 1
        raise MalformedToken(
            "A token is written in digits and letters, without the letter U.",
            hint=f"Check group {group}, character {place % _GROUP_SYMBOLS + 1}.",
            reason="character",
            group=group,
        )
    word = _masked(symbols)
    if not check_symbols.intact(word):
        raise _mistyped(check_symbols.locate(word))
    return symbols


def _mistyped(indices: tuple[int, ...]) -> MalformedToken:
    """Say in which groups the mistake seems to lie, without ever guessing the right symbol."""
    groups = sorted({index // _GROUP_SYMBOLS + 1 for index in indices})
    named = " and ".join(f"group {group}" for group in groups)
    return MalformedToken(
        "This token has a typing mistake.",
        hint=f"Check {named}." if groups else "Compare every group with your copy.",
        reason="checksum",
        group=groups[0] if groups else None,
    )


def _masked(word: tuple[int, ...]) -> tuple[int, ...]:
    """Lay the mask over the check symbols, or take it off again."""
    checks = (symbol ^ mask for symbol, mask in zip(word[_DATA_SYMBOLS:], _MASK, strict=True))
    return (*word[:_DATA_SYMBOLS], *checks)
