"""A ``security.txt`` that somebody signed offline: served as it is, as long as it is right.

The signature (RFC 9116 section 2.3, RFC 4880 section 7) is for readers to check: the portal has no
OpenPGP key and takes none for good. It only makes sure that the file still says what it would say
itself, so that a forgotten file never sends people to an address that is gone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from portal.policy.security_txt import Field, SecurityTxt

BEGIN: Final = "-----BEGIN PGP SIGNED MESSAGE-----"
SIGNATURE: Final = "-----BEGIN PGP SIGNATURE-----"
END: Final = "-----END PGP SIGNATURE-----"
MAX_BYTES: Final = 64 * 1024  # many times what such a file needs
LONGEST: Final = timedelta(days=366)  # a year at most is advised, RFC 9116 section 2.5.5
SOON: Final = timedelta(days=14)  # leaves time to find the person who holds the OpenPGP key
# What stands in a signature: its headers and Base64 (RFC 4880 section 6.2), and no field of ours.
_ARMOR: Final = re.compile(r"(?:Version|Comment|MessageID|Hash|Charset): .*|[A-Za-z0-9+/=]{0,76}")
_FIELD: Final = re.compile(r"([A-Za-z-]+):[ \t]+(\S(?:.*\S)?)[ \t]*")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a signed file, or will be soon.

    Attributes:
        code: Stable name, in kebab-case.
        message: What it is, one sentence.
        hint: What to do, one sentence.
        serves: Whether the file is served all the same; else the portal's own is.
    """

    code: str
    message: str
    hint: str
    serves: bool = False


_AGAIN: Final = "Take the file that the portal makes, sign it again, and put it in its place."


def judge(raw: bytes, wanted: SecurityTxt, *, now: datetime) -> Complaint | None:
    """Say what is wrong with a signed file; None when it can be served.

    Args:
        raw: The file.
        wanted: What the portal would say itself.
        now: Present time, aware.
    """
    signed = _inside(raw)
    if signed is None:
        return Complaint("file-not-signed", "It has no OpenPGP cleartext signature.", _AGAIN)
    found = list(_fields(signed))
    stated = [value for name, value in found if name == "expires"]
    expires = _instant(stated[0]) if len(stated) == 1 else None
    if expires is None:
        return Complaint("file-unreadable", "It needs one date in Expires.", _AGAIN)
    if expires <= now:
        return Complaint("file-expired", f"It expired on {expires:%Y-%m-%d}.", _AGAIN)
    if expires > now + LONGEST:
        return Complaint("file-far-expiry", "It expires in more than a year.", _AGAIN)
    return _differing(found, wanted) or _ending(expires, now)


def _inside(raw: bytes) -> list[str] | None:
    """Return the lines that are signed, with the dashes of the format undone; None without."""
    try:
        text = raw.decode("utf-8").replace("\r\n", "\n").rstrip("\n")
        lines = text.split("\n")
        # Whatever stood outside the signed part would be read as part of the file by some.
        if len(raw) > MAX_BYTES or lines[0] != BEGIN or lines[-1] != END:
            return None
        # So would a field behind a lone CR, or another end of line, inside a comment.
        if text.splitlines() != lines:
            return None
        start, stop = lines.index(""), lines.index(SIGNATURE)
    except ValueError:
        return None
    headers, signed = lines[1:start], lines[start + 1 : stop]
    # Only "Hash" may stand between: anything else is how texts were slipped in before.
    if stop < start or any(not line.startswith("Hash: ") for line in headers):
        return None
    if not all(_ARMOR.fullmatch(line) for line in lines[stop + 1 : -1]):
        return None
    return [line.removeprefix("- ") for line in signed]


def _fields(lines: list[str]) -> Iterator[Field]:
    """Yield names in small letters, and values; a line that is no field is one without a name."""
    for line in lines:
        if line.strip() and not line.startswith("#"):
            found = _FIELD.fullmatch(line)
            yield (found[1].lower(), found[2]) if found else ("", line)


def _instant(text: str) -> datetime | None:
    """Return an aware time (RFC 3339), or None when it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _differing(found: list[Field], wanted: SecurityTxt) -> Complaint | None:
    """Compare all fields but `Expires`; the order of contacts and languages has a meaning."""
    expected = [(name.lower(), value) for name, value in wanted.fields]
    actual = [field for field in found if field[0] != "expires"]
    for name in dict.fromkeys(name for name, _ in (*expected, *actual)):
        values = [value for one, value in actual if one == name]
        if values != [value for one, value in expected if one == name]:
            said = f"{name.capitalize()} in it" if name else "A line of it"
            return Complaint("file-differs", f"{said} is not what the policy says now.", _AGAIN)
    return None


def _ending(expires: datetime, now: datetime) -> Complaint | None:
    if expires > now + SOON:
        return None
    return Complaint("file-expires", f"It expires on {expires:%Y-%m-%d}.", _AGAIN, serves=True)
