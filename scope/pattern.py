"""One thing that a rule names, read as a permission and as an exclusion."""

import re

from scope import address, app, hosts, path, stars, url
from scope.addresses import Addresses
from scope.app import App
from scope.errors import InvalidTarget
from scope.names import Names
from scope.part import Part
from scope.path import Paths
from scope.region import Region
from scope.settings import Settings
from scope.target import repository

PATH_ALONE = "path-alone"
EMAIL = "user-part"


_PLAIN = re.compile(r"(?:\*\.)?(?!(?:com|org|net|io)\.)(?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9]{1,62}")


def plain(text: str, settings: Settings, *, confirmed: bool = False) -> tuple[Part, ...]:
    """Return what a plain host or ``*.host`` means, as most rules are; nothing for any other text.

    Gives what `read` gives, in a tenth of the time.
    """
    if not _PLAIN.fullmatch(text) or len(text) > hosts.LONGEST_NAME or "xn--" in text:
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
        return (_app(found),)
    if block := address.parse(text):
        return (_addresses(block, Region(block), Region(block), confirmed=confirmed),)
    if (text.startswith("/") and not text.startswith("//")) or text.startswith("*/"):
        return (_path_alone(text),)
    pieces = url.cut(text.removeprefix("*:"))  # *://host is a host with any scheme
    if not (pieces.path or pieces.port) and (named := app.from_package(pieces.host)):
        return (_app(named), Part(Region(Names(pieces.host.lower(), wide=True)), None, why="app"))
    return (_place(pieces, settings, confirmed=confirmed),)


def _app(found: App) -> Part:
    """Read an app: letters in either case are excluded, only the same ones permitted."""
    return Part(Region(App(found.platform, found.ident, wide=True)), Region(found))


def _addresses(found: Addresses, narrow: Region, wide: Region, *, confirmed: bool) -> Part:
    """Read addresses; a block larger than anyone tests needs a person to confirm it."""
    if found.broad and not confirmed:
        return Part(wide, None, why=stars.BROAD)
    return Part(wide, narrow)


def _path_alone(text: str) -> Part:
    """Read a path without a host: it excludes on whatever hosts are included."""
    where = _paths(path.normalise(text.removeprefix("*").partition("?")[0]), wide=True)
    if where and text.startswith("*"):
        where = Paths(f"*{where.text}", wide=True)  # the star may be a host, or folders above
    return Part(Region(None, paths=where), None, borrowed=True, why=PATH_ALONE)


def _place(pieces: url.Pieces, settings: Settings, *, confirmed: bool) -> Part:
    """Read a host or URL, with all that narrows it."""
    host = _host(pieces)
    where = path.normalise(pieces.path) if pieces.path else ""
    if isinstance(host, str) and (found := app.from_link(host, where, pieces.query or "")):
        return _app(found)
    where = repository(host, where)
    narrow = _limits(pieces, where, settings, wide=False)
    wide = _limits(pieces, where, settings, wide=True)
    if isinstance(host, Addresses):
        return _addresses(host, _at(narrow, host), _at(wide, host), confirmed=confirmed)
    if host == "*":
        certain = None if not confirmed else narrow
        return Part(wide, certain, why="" if confirmed else stars.BROAD)
    found_names = stars.read(host, apex=settings.wildcard_apex == "include", confirmed=confirmed)
    certain = _at(narrow, found_names.narrow) if found_names.narrow else None
    if pieces.user and not pieces.url:
        return Part(_at(wide, found_names.wide), None, why=EMAIL)  # an e-mail address is no host
    return Part(_at(wide, found_names.wide), certain, why=found_names.why)


def _host(pieces: url.Pieces) -> str | Addresses:
    """Read the host of a rule, stars included."""
    if pieces.host == "*":
        return "*"
    if found := address.parse(pieces.host):
        return found
    host = hosts.read(pieces.host, url=pieces.url, stars=True)
    if isinstance(host, str) and not pieces.scheme and "." not in host:
        raise InvalidTarget(
            f"{host[:80]!r} is one word without a dot, which names no host.",
            hint="Write the whole host, such as www.example.com.",
            code="bare-word",
        )
    return host


def _limits(pieces: url.Pieces, where: str, settings: Settings, *, wide: bool) -> Region:
    """Read what narrows a host; the hosts themselves are still to be filled in."""
    web = pieces.scheme in url.WEB
    port = None if pieces.port == "*" else url.port_number(pieces.port, None)
    if port is None and not web:
        port = url.PORTS.get(pieces.scheme or "")
    odd = pieces.scheme is not None and not web and pieces.scheme not in url.PORTS
    return Region(
        hosts=None,
        port=port,
        scheme=pieces.scheme if (web and settings.strict_scheme) or (odd and not wide) else None,
        paths=_paths(where, wide=wide),
        query=path.keys(pieces.query or ""),
    )


def _paths(where: str, *, wide: bool) -> Paths | None:
    """Read a normalised path of a rule; None when it means the whole site.

    A final ``/**`` means all that lies below. So does a final ``/*``, which for an exclusion
    includes the page above, and for a permission does not.
    """
    text = where.rstrip("/").removesuffix("/**")
    if text == "/*" or (wide and text.endswith("/*")):
        text = text.removesuffix("/*")
    return Paths(text, wide=wide) if text else None


def _at(limits: Region, place: Names | Addresses) -> Region:
    """Fill in the hosts of a region."""
    return Region(place, limits.port, limits.scheme, limits.paths, limits.query)
