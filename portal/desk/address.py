"""The address of the desk as browsers know it: one host name, to which its passkeys belong."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

import idna

from portal.errors import SettingMissing

_USUAL_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """Where the desk is.

    Attributes:
        origin: As browsers write it: scheme, host, and port unless it is the usual one.
    """

    origin: str

    @classmethod
    def at(cls, url: str) -> "Address":
        """Return the desk at an address as people type it."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        name = host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
        shown = f"[{name}]" if ":" in name else name
        usual = parts.port in {None, _USUAL_PORTS.get(parts.scheme)}
        return cls(f"{parts.scheme}://{shown}" + ("" if usual else f":{parts.port}"))

    @property
    def host(self) -> str:
        """The host name that passkeys belong to."""
        return urlsplit(self.origin).hostname or ""

    def require_name(self) -> None:
        """Make sure that browsers make passkeys for this address at all.

        Raises:
            SettingMissing: They do not: it is a bare address, or not HTTPS and not this machine.
        """
        local = self.host == "localhost" or self.host.endswith(".localhost")
        if _is_address(self.host) or not (self.origin.startswith("https://") or local):
            raise SettingMissing(
                f"Browsers make no passkeys for {self.origin}.",
                hint="Set `url`, or `staff_url` for the desk alone, to an https:// address with a "
                "host name; on your own machine http://localhost will do.",
            )


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
