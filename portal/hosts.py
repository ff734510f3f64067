"""Which host name belongs to which program: the table ``[hosts]`` in ``portico.toml``."""

import re
from collections.abc import Mapping
from typing import Final

from portal.errors import SettingMissing

_NAME: Final = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
    r"(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*"
)
_PORT: Final = re.compile(r":[0-9]{1,5}\Z")


def read_hosts(raw: object) -> Mapping[str, str]:
    """Return slugs by the names of hosts.

    Args:
        raw: The table as it was parsed.

    Raises:
        SettingMissing: It is no table, or holds what is no name of a host or no text.
    """
    if not isinstance(raw, dict):
        raise _unusable("[hosts] is not a table")
    found: dict[str, str] = {}
    for name, slug in raw.items():
        host = host_name(name)
        if not _NAME.fullmatch(host) or host != name.lower().removesuffix("."):
            raise _unusable(f"{name!r} in [hosts] is not the name of a host")
        if not isinstance(slug, str) or host in found:
            raise _unusable(f"{name!r} in [hosts] does not name one program")
        found[host] = slug
    return found


def host_name(authority: str) -> str:
    """Return the bare name of a host as requests give it: in small letters, without a port."""
    return _PORT.sub("", authority).lower().removesuffix(".")


def _unusable(what: str) -> SettingMissing:
    return SettingMissing(
        f"{what}.", hint='Write lines such as "www.example.org" = "example" under [hosts].'
    )
