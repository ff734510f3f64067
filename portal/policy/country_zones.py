"""Which time zones a country has, by the zone database that is installed with Portico."""

from functools import cache
from importlib.resources import files


def zones_of(country: str) -> tuple[str, ...]:
    """Return the IANA names of a country's zones, in the order of the database; none if unknown.

    Args:
        country: ISO 3166 code, such as ``NL``.
    """
    return _table().get(country, ())


@cache
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            found.setdefault(country, []).append(zone)
    return {country: tuple(zones) for country, zones in found.items()}
