"""One thing that a rule names, read as a permission and as an exclusion."""

import re

from scope.errors import InvalidTarget
from scope.places import stars
from scope.places.addresses import Addresses
from scope.places.names import Names
from scope.places.region import Region
from scope.quick import glance
from scope.reading import hostless, limits
from scope.reading.part import Part
from scope.settings import Settings
from scope.targets import address, app, hosts, path, repository, url
from scope.targets.app import App
from scope.targets.stores import STORES

EMAIL = "user-part"
LOCAL = "localhost"  # the one host of one word: RFC 6761 section 6.3
STORE_PAGE = "store-page"


_EVERY = re.compile(r"\*+(?:\.\*+){0,2}")  # stars and nothing else; four are all of IPv4
_LENGTH_OR_MASK = re.compile(r"/\d{1,3}(?:\.\d{1,3}){0,3}(?::[\d,-]*)?/?")
_LENGTH = re.compile(r"(/\d{1,3})(?::[\d,-]*)?/?")


def plain(text: str, settings: Settings, *, confirmed: bool = False) -> tuple[Part, ...]:
    """Return what a plain host or ``*.host`` means, as most rules are; nothing for any other text.

    Gives what `read` gives, in a tenth of the time.
    """
    looked = glance.WHOLE(text)
    if looked is None or not glance.proper(looked[2]):
        return ()
    found = stars.read(text, apex=settings.wildcard_apex == "include", confirmed=confirmed)
    narrow = Region(found.narrow) if found.narrow else None
    return (Part(Region(found.wide), narrow, why=found.why),)


def read(text: str, settings: Settings, *, confirmed: bool = False) -> tuple[Part, ...]:
    """Return what one pattern means: usually one part.

    >>> part, = read("api-*.shop.example:8443/v1", Settings())
    >>> part.narrow.port, part.narrow.paths.text, part.wide.hosts.wide
    (8443, '/v1', True)

    Raises:
        InvalidTarget: The text names no host, address, app or path.
    """
    if found := app.parse(text):
        return (_app(found, confirmed=confirmed),)
    if not _EVERY.fullmatch(text) and (block := address.parse(text)):
        return (_addresses(block, Region(block), Region(block), confirmed=confirmed),)
    if alone := hostless.read(text):
        return (alone,)
    text = repository.unclone(text)
    pieces = url.cut(text[2:] if text.startswith("*://") else text)  # a host with any scheme
    if not (pieces.path or pieces.port) and (named := app.from_package(pieces.host)):
        return (
            _app(named, confirmed=confirmed),
            Part(Region(Names(pieces.host.lower(), wide=True)), None, why="app"),
        )
    place = _place(pieces, settings, confirmed=confirmed)
    return (place, *_on_port(pieces, place), *limits.without_query(place))


def _app(found: App, *, confirmed: bool) -> Part:
    """Read an app: letters in either case are excluded, only the same ones permitted.

    All apps of a platform belong to many, so a person has to confirm that they are meant.
    """
    wide = Region(App(found.platform, found.ident, wide=True))
    if found.ident == "*" and not confirmed:
        return Part(wide, None, why=stars.BROAD)
    return Part(wide, Region(found))


def _addresses(found: Addresses, narrow: Region, wide: Region, *, confirmed: bool) -> Part:
    """Read addresses; a block larger than anyone tests needs a person to confirm it."""
    if found.broad and not confirmed:
        return Part(wide, None, why=stars.BROAD)
    return Part(wide, narrow)


def _place(pieces: url.Pieces, settings: Settings, *, confirmed: bool) -> Part:
    """Read a host or URL, with all that narrows it."""
    host = _host(pieces)
    where = path.normalise(pieces.path) if pieces.path else ""
    if isinstance(host, str) and (found := app.from_link(host, where, pieces.query or "")):
        return _app(found, confirmed=confirmed)
    where = repository.folded(host, where)
    narrow = limits.of(pieces, where, settings, wide=False)
    wide = limits.of(pieces, where, settings, wide=True)
    if isinstance(host, Addresses) and (block := _block(pieces)):
        return Part(Region(block), None if ":" in pieces.path else limits.at(narrow, host))
    if isinstance(host, Addresses) and not pieces.url and _LENGTH_OR_MASK.fullmatch(pieces.path):
        raise InvalidTarget(
            "What follows the slash is neither the length of a block nor its mask.",
            hint="Write a block such as 192.0.2.0/24.",
            code="bad-address",
        )
    if isinstance(host, Addresses):
        return _addresses(host, limits.at(narrow, host), limits.at(wide, host), confirmed=confirmed)
    if host == "*":
        certain = None if not confirmed else narrow
        return Part(wide, certain, why="" if confirmed else stars.BROAD)
    found_names = stars.read(host, apex=settings.wildcard_apex == "include", confirmed=confirmed)
    certain = limits.at(narrow, found_names.narrow) if found_names.narrow else None
    if pieces.user and not pieces.url:
        return Part(
            limits.at(wide, found_names.wide), None, why=EMAIL
        )  # an e-mail address is no host
    if host in STORES and (wide.paths or wide.query) and not confirmed:
        return Part(limits.at(wide, found_names.wide), None, why=STORE_PAGE)  # listed for its apps
    return Part(limits.at(wide, found_names.wide), certain, why=found_names.why)


def _host(pieces: url.Pieces) -> str | Addresses:
    """Read the host of a rule, stars included."""
    if _EVERY.fullmatch(pieces.host):
        return "*"
    if found := address.parse(pieces.host):
        return found
    host = hosts.read(pieces.host, url=pieces.url, stars=True)
    if isinstance(host, str) and not (pieces.scheme or {".", "*"} & set(host) or host == LOCAL):
        raise InvalidTarget(
            f"{host[:80]!r} is one word without a dot, which names no host.",
            hint="Write the whole host, such as www.example.com.",
            code="bare-word",
        )
    return host


def _block(pieces: url.Pieces) -> Addresses | None:
    """Return the block that is written like a path or has a port: how an exclusion is read."""
    found = _LENGTH.fullmatch(pieces.path)
    return address.parse(pieces.host + found[1]) if found else None


def _on_port(pieces: url.Pieces, place: Part) -> tuple[Part, ...]:
    """Return a block once more, on the port behind it: all ports of an address do not beat that."""
    port = pieces.path.rpartition(":")[2].rstrip("/") if _block(pieces) else ""
    if not (port.isdigit() and isinstance(place.wide.hosts, Addresses)):
        return ()
    return (Part(Region(place.wide.hosts, url.port_number(port, None)), None),)
