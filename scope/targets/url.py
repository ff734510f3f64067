"""Where a URL's parts begin and end, decided as browsers decide it.

The standard parser keeps backslashes in the host and guesses at ports; a scope check must see the
host that a browser would connect to (WHATWG URL, section "URL parsing"), so the cut is made here.
"""

import re
from dataclasses import dataclass

from scope.errors import InvalidTarget

PORTS: dict[str, int] = {  # IANA service names; the schemes seen in published scopes
    "http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21, "ftps": 990, "ssh": 22, "sftp": 22,
    "telnet": 23, "smtp": 25, "smtps": 465, "imap": 143, "imaps": 993, "pop3": 110, "pop3s": 995,
    "ldap": 389, "ldaps": 636, "git": 9418, "rdp": 3389, "vnc": 5900, "smb": 445, "mqtt": 1883,
    "mqtts": 8883, "amqp": 5672, "amqps": 5671, "redis": 6379, "mysql": 3306, "postgresql": 5432,
    "mongodb": 27017, "rtsp": 554, "sip": 5060, "sips": 5061, "irc": 6667, "ircs": 6697,
}  # fmt: skip
WEB = frozenset({"http", "https", "ws", "wss"})
HIGHEST_PORT = 65535

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):[/\\]{2}")
_NO_AUTHORITY = re.compile(r"[A-Za-z][A-Za-z0-9+-]*:(?!\d*(?:[/\\?#]|$))")
_AUTHORITY = re.compile(r"[^/\\?#]*")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A URL, or a bare host with what follows it, cut but not yet read.

    Attributes:
        scheme: In lower case; None when there is none.
        url: The text opened with a scheme or ``//``.
        user: Something stood before an ``@`` and was dropped.
        host: As written, without brackets.
        bracketed: The host stood in brackets.
        port: As written; None when there is no colon.
        path: As written; empty when the URL ends with its host.
        query: Without its question mark; None when there is none.
    """

    scheme: str | None
    url: bool
    user: bool
    host: str
    bracketed: bool
    port: str | None
    path: str
    query: str | None

    @property
    def bare(self) -> bool:
        """Whether the text was a host and nothing else."""
        return not (self.url or self.user or self.bracketed or self.port or self.path)


def cut(text: str) -> Pieces:
    r"""Cut a trimmed text into its pieces.

    >>> pieces = cut(r"https://shop.example:80@evil.example\x?y#z")
    >>> pieces.host, pieces.path, pieces.query
    ('evil.example', '\\x', 'y')

    Raises:
        InvalidTarget: There is no authority where one belongs, or its brackets do not match.
    """
    scheme, rest = _scheme(text)
    authority = _AUTHORITY.match(rest)
    end = authority.end() if authority else 0
    user, at, place = rest[:end].rpartition("@")
    host, bracketed, port = _place(place)
    tail = rest[end:].partition("#")[0]
    path, asked, query = tail.partition("?")
    return Pieces(
        scheme=scheme,
        url=rest is not text,
        user=bool(at or user),
        host=host,
        bracketed=bracketed,
        port=port,
        path=path or ("/" if asked else ""),
        query=query if asked else None,
    )


def port_number(text: str | None, scheme: str | None) -> int | None:
    """Return the port that is written, or else implied by the scheme; None when neither says.

    Raises:
        InvalidTarget: What is written is no number from 0 to 65535 (``bad-port``).
    """
    if not text:
        return PORTS.get(scheme or "")
    digits = text.lstrip("0") or "0"
    if not (text.isascii() and text.isdigit()) or len(digits) > 5 or int(digits) > HIGHEST_PORT:
        raise InvalidTarget(
            "What follows the colon after the host is no port.",
            hint="A port is a number from 0 to 65535.",
            code="bad-port",
        )
    return int(digits)


def usual_port(text: str) -> int | None:
    """Return the port that the scheme of a text stands for; None when there is none.

    >>> usual_port("https://shop.example"), usual_port("shop.example")
    (443, None)
    """
    found = _SCHEME.match(text.lstrip())
    return PORTS.get(found[1].lower()) if found else None


def _scheme(text: str) -> tuple[str | None, str]:
    """Split off the scheme and its slashes, or the slashes alone."""
    found = _SCHEME.match(text)
    if found:
        return found[1].lower(), text[found.end() :]
    if text[:2] in ("//", "\\\\", "/\\", "\\/"):
        return None, text[2:]
    if _NO_AUTHORITY.match(text):
        raise InvalidTarget(
            "The text starts like a URL but names no host after //.",
            hint="Write the whole URL, such as https://www.example.com/page.",
            code="no-host",
        )
    return None, text


def _place(place: str) -> tuple[str, bool, str | None]:
    """Split an authority without its user part into host, whether bracketed, and port."""
    if not place.startswith("["):
        host, colon, port = place.partition(":")
        return host, False, port if colon else None
    host, closed, port = place[1:].partition("]")
    if not closed or (port and not port.startswith(":")):
        raise InvalidTarget(
            "The brackets round the host do not match.",
            hint="Brackets belong round an IPv6 address only, such as [2001:db8::1].",
            code="bad-brackets",
        )
    return host, True, port[1:] if port else None
