"""What someone asks about, in its normal form."""

import re
from dataclasses import dataclass, field

from scope.errors import InvalidTarget
from scope.places.addresses import Addresses
from scope.places.names import Names
from scope.targets import address, app, hosts, path, repository, url
from scope.targets.app import App
from scope.targets.edges import EDGES

Hosts = Names | Addresses | App

_INNER = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Target:
    """A host, address, app or set of them, with what narrows it; ``str`` gives its normal form.

    Attributes:
        hosts: The name, addresses or app asked about.
        scheme: In lower case; None when the text had none.
        port: Written, or implied by the scheme; None when neither says.
        path: Normalised; None when the site as a whole is meant.
        query: Names in the query string; not part of the normal form.
        readings: The ways a server might read the path, the usual one first.
        changes: How the text was understood, where that may surprise; one sentence each.
    """

    hosts: Hosts
    scheme: str | None = None
    port: int | None = None
    path: str | None = None
    query: frozenset[str] = field(default=frozenset(), compare=False)
    readings: tuple[str, ...] = field(default=(), compare=False)
    changes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def host(self) -> str:
        """The host alone, or the app's name, as text."""
        return self.hosts.text if isinstance(self.hosts, Names) else str(self.hosts)

    @property
    def single(self) -> bool:
        """Whether one host or app is asked about, and not a set of them."""
        return self.hosts.single

    def __str__(self) -> str:
        host = self.host
        port = "" if self.port in (None, url.PORTS.get(self.scheme or "")) else f":{self.port}"
        lead = f"{self.scheme}://" if self.scheme else ""
        if isinstance(self.hosts, Addresses) and self.single:
            if self.hosts.version == 6 and (lead or port or self.path):
                host = f"[{host}]"
            elif self.path and not lead:
                lead = "//"  # 192.0.2.1/24 alone would be a block
        elif isinstance(self.hosts, Names) and not (lead or port or self.path):
            lead = "//" if app.from_package(host) else ""  # io.shop.wallet alone would be an app
        return f"{lead}{host}{port}{self.path or ''}"


def normalise(text: str) -> Target:
    r"""Read a target as someone pasted it.

    >>> str(normalise(" HTTPS://Shop.Example:443/a/../b?x=1#top "))
    'https://shop.example/b'
    >>> str(normalise("https://shop.example:80@evil.example/"))
    'https://evil.example/'

    Raises:
        InvalidTarget: The text names no target; ``code`` says which check failed.
    """
    if not isinstance(text, str):  # bytes, None: a caller's slip is no permission, and no crash
        raise _no_text()
    trimmed = text.strip(EDGES)
    found = app.parse(trimmed) or address.parse(trimmed)
    if found is not None and (found.single or (isinstance(found, Addresses) and found.whole)):
        return Target(found)
    _check(trimmed)
    if trimmed.startswith("*."):
        return _every_name_below(trimmed)
    return _from_url(url.cut(repository.unclone(trimmed)))


def _no_text() -> InvalidTarget:
    """Say that something is no text at all."""
    return InvalidTarget(
        "A target is a text.",
        hint="Decode bytes first, and leave out what is none.",
        code="empty",
    )


def _check(text: str) -> None:
    """Refuse what cannot be one target: nothing, several words, or control characters."""
    if not text:
        raise InvalidTarget(
            "There is no target.",
            hint="Write a host, a URL, an address or an app id.",
            code="empty",
        )
    if _INNER.search(text):
        raise InvalidTarget(
            "A target has no blanks or control characters inside.",
            hint="Write one target at a time.",
            code="blank-inside",
        )


def _every_name_below(text: str) -> Target:
    """Read ``*.shop.example``: every name below one."""
    base = hosts.read(text[2:], url=False)
    if isinstance(base, Addresses):
        raise InvalidTarget(
            "A star cannot stand before an address.",
            hint="Write a block such as 192.0.2.0/24.",
            code="bad-host",
        )
    return Target(Names(f"*.{base}"))


def _from_url(pieces: url.Pieces) -> Target:
    """Read a URL, or a host with or without port and path."""
    host = _host(pieces)
    if isinstance(host, str) and not pieces.scheme and "." not in host:
        raise InvalidTarget(
            f"{host[:80]!r} is one word without a dot, which names no host.",
            hint="Write the whole host, such as www.example.com.",
            code="bare-word",
        )
    where = path.normalise(pieces.path) if pieces.path else ""
    found = app.from_link(host, where, pieces.query or "") if isinstance(host, str) else None
    if found is not None and found.single:
        return Target(found, changes=("The link leads to an app's page in a store.",))
    if isinstance(host, str) and pieces.bare and (package := app.from_package(pieces.host)):
        return Target(package, changes=("The text is shaped like an Android package, not a host.",))
    readings = path.readings(pieces.path) if pieces.path else ()
    return Target(
        hosts=Names(host) if isinstance(host, str) else host,
        scheme=pieces.scheme,
        port=url.port_number(pieces.port, pieces.scheme),
        path=_shown(host, pieces.path, readings) or None,
        query=path.keys(pieces.query or ""),
        readings=tuple(dict.fromkeys(repository.folded(host, each) for each in readings)),
        changes=_changes(pieces, host),
    )


def _shown(host: str | Addresses, text: str, readings: tuple[str, ...]) -> str:
    """Return the normal form of a path: the only reading, or a text that has the same ones."""
    if len(readings) != 1:
        return path.faithful(text) if text else ""
    short = repository.folded(host, *readings)
    return short if path.readings(short) == (short,) else readings[0]  # "/a%20.git" reads one way


def _host(pieces: url.Pieces) -> str | Addresses:
    """Read the host of a URL; only IPv6 stands in brackets."""
    if not pieces.bracketed:
        return hosts.read(pieces.host, url=pieces.url)
    found = address.parse(pieces.host)
    if found is None or ":" not in pieces.host or not found.single:
        raise InvalidTarget(
            "Brackets belong round an IPv6 address only.",
            hint="Write a host without brackets, or an address such as [2001:db8::1].",
            code="bad-brackets",
        )
    return found


def _changes(pieces: url.Pieces, host: str | Addresses) -> tuple[str, ...]:
    """Say how the text was understood, where that may surprise its author."""
    notes = []
    if pieces.user:
        notes.append("What stands before the @ is a user name, not the host; it was left out.")
    if isinstance(host, Addresses) and not pieces.bracketed and pieces.host.strip(".") != str(host):
        notes.append(f"{pieces.host} is an old spelling of the address {host}.")
    if isinstance(host, str) and not pieces.host.isascii():
        notes.append(f"In its ASCII form the host is {host}.")
    if "\\" in pieces.path:
        notes.append("Backslashes were read as slashes, as browsers do.")
    return tuple(notes)
