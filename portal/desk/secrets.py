"""Bearer secrets of the desk: sessions, invitations, desk keys. Only their hashes are kept."""

import hashlib
import re
import secrets

SECRET_BYTES = 32  # 256 bits: nobody guesses one, so a plain hash is enough
_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")


def mint() -> str:
    """Return a fresh secret, 43 characters of base64url."""
    return secrets.token_urlsafe(SECRET_BYTES)


def stored(secret: str) -> str | None:
    """Return what the database keeps of a secret, its hex SHA-256; None for what cannot be one."""
    if not _SHAPE.fullmatch(secret):
        return None
    return hashlib.sha256(secret.encode("ascii")).hexdigest()
