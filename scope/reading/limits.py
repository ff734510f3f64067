"""What narrows the hosts of a rule: port, scheme, path and query."""

from scope.places.addresses import Addresses
from scope.places.names import Names
from scope.places.region import Region
from scope.reading.part import QUERY, Part
from scope.settings import Settings
from scope.targets import path, url
from scope.targets.paths import Paths


def of(pieces: url.Pieces, where: str, settings: Settings, *, wide: bool) -> Region:
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
        paths=paths(where, wide=wide),
        query=_keys(pieces.query or "", wide=wide),
    )


def _keys(query: str, *, wide: bool) -> frozenset[str]:
    """Read the names that a query must have; one with a star excludes with any names."""
    names = path.keys(query)
    return frozenset(each for each in names if "*" not in each) if wide else names


def paths(where: str, *, wide: bool) -> Paths | None:
    """Read a normalised path of a rule; None when it means the whole site.

    A final ``/**`` means all that lies below. So does a final ``/*``, which for an exclusion
    includes the page above, and for a permission does not.
    """
    text = where.rstrip("/").removesuffix("/**")
    if wide and text.endswith(".*"):  # as expressions write it
        text = f"{text[:-2]}*"
    if text == "/*" or (wide and text.endswith("/*")):
        text = text.removesuffix("/*")
    return Paths(text, wide=wide) if text else None


def at(limits: Region, place: Names | Addresses) -> Region:
    """Fill in the hosts of a region."""
    return Region(place, limits.port, limits.scheme, limits.paths, limits.query)


def without_query(place: Part) -> tuple[Part, ...]:
    """Return the page of a rule that names parts of a query, whatever its query: it may be meant.

    A server takes the same names from a form or a cookie, and in other letters; and whoever asks
    again about a target's normal form, which has no query, must not find it permitted.
    """
    region = place.wide
    if not region.query or place.borrowed:
        return ()
    page = region.paths or Paths("/", wide=True)
    bare = Region(region.hosts, region.port, region.scheme, page)
    return (Part(bare, None, doubt=True, borrowed=True, why=QUERY),)
