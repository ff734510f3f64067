"""The settings of one instance, read once at start-up."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from portal.errors import SettingMissing
from portal.hosts import read_hosts

MAX_DELIVERY = 64 * 1024 * 1024  # bytes in one request; larger files wait for resumable upload
SETTINGS = "portico.toml"

_AUTHORITY = re.compile(
    r"[^\s\x00-\x1f\"'\\<>@]+"
)  # a host and perhaps a port, no name or password
_TEXTS = {"url", "staff_url", "database_url"}


@dataclass(frozen=True, slots=True)
class Config:
    """Everything an instance must know before it serves a page.

    Attributes:
        directory: The instance folder: settings, packs, receipt key and, with SQLite, the database.
        url: Address people reach the portal at, without a trailing slash.
        database_url: SQLAlchemy URL; SQLite inside ``directory`` unless told otherwise. Never
            shown, because it may hold a password.
        max_delivery: Largest request the intake takes, in bytes.
        own_staff_url: The setting ``staff_url``: the desk's address, if it has a host name of its
            own.
        open_in_browser: Whether reports may be opened in the pages that this server sends. Off,
            because a server that was taken over could send pages that read the identity.
        hosts: Slugs of programs by the names of hosts that are theirs: such a host's
            ``/.well-known/security.txt`` is the program's own.
    """

    directory: Path
    url: str
    database_url: str = field(repr=False)
    max_delivery: int = MAX_DELIVERY
    own_staff_url: str | None = None
    open_in_browser: bool = False
    hosts: Mapping[str, str] = field(default_factory=dict)

    @property
    def staff_url(self) -> str:
        """Address staff reach the desk at, without a trailing slash; passkeys belong to it."""
        return self.own_staff_url or self.url

    @property
    def receipt_key(self) -> Path:
        """File of the key that signs receipts; the server's only private key."""
        return self.directory / "receipt.key"

    @property
    def policies(self) -> Path:
        """Folder of the operator's packs."""
        return self.directory / "policies"

    @property
    def security(self) -> Path:
        """Folder of ``security.txt`` files that somebody signed offline; it need not exist."""
        return self.directory / "security"

    @classmethod
    def load(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """Read ``portico.toml`` in ``$PORTICO_DIR``; the environment's settings win.

        ``PORTICO_URL``, ``PORTICO_STAFF_URL`` and ``PORTICO_DATABASE_URL`` stand for `url`,
        `staff_url` and `database_url`.

        Raises:
            SettingMissing: The folder, the file or a setting is absent or unusable; names it.
        """
        directory = _directory(environ)
        settings = _settings(directory / SETTINGS)
        url = environ.get("PORTICO_URL") or settings.texts.get("url")
        desk = environ.get("PORTICO_STAFF_URL") or settings.texts.get("staff_url")
        database = environ.get("PORTICO_DATABASE_URL") or settings.texts.get("database_url")
        return cls(
            directory=directory,
            url=public_url(url),
            database_url=database or f"sqlite:///{directory / 'portico.db'}",
            own_staff_url=public_url(desk, setting="staff_url") if desk else None,
            open_in_browser=settings.open_in_browser,
            hosts=settings.hosts,
        )


def public_url(text: str | None, *, setting: str = "url") -> str:
    """Return the address of a portal as people type it, without a trailing slash.

    Args:
        text: What stands in the settings.
        setting: Where it stands there.

    Raises:
        SettingMissing: It is absent, or more or less than scheme, host and port.
    """
    try:
        parts = urlsplit(text or "")
        _ = parts.port  # refuses what is no number
    except ValueError:
        raise _no_address(setting) from None
    beyond = parts.path not in {"", "/"} or parts.query or parts.fragment
    sound = parts.scheme in {"http", "https"} and parts.hostname and not beyond
    if not sound or not _AUTHORITY.fullmatch(parts.netloc):
        raise _no_address(setting)
    return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class _Settings:
    """What stands in the file."""

    texts: Mapping[str, str] = field(default_factory=dict)
    open_in_browser: bool = False
    hosts: Mapping[str, str] = field(default_factory=dict)


def _no_address(setting: str) -> SettingMissing:
    return SettingMissing(
        f"The portal's own address (`{setting}` in {SETTINGS}) is not set, or not a URL.",
        hint="Set it to what people type, for example https://report.example.org.",
    )


def _directory(environ: Mapping[str, str]) -> Path:
    named = environ.get("PORTICO_DIR")
    if not named:
        raise SettingMissing(
            "PORTICO_DIR is not set.",
            hint="Point it at the instance folder, or make one with `portico init DIR --url URL`.",
        )
    directory = Path(named).resolve()
    if not directory.is_dir():
        raise SettingMissing(
            f"PORTICO_DIR names {directory}, which is not a folder.",
            hint="Make the instance first: `portico init DIR --url URL`.",
        )
    return directory


def _settings(path: Path) -> _Settings:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return _Settings()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise SettingMissing(
            f"{path.name} cannot be read: {fault}.", hint="Mend that line and start again."
        ) from fault
    opening, hosts = values.pop("open_in_browser", False), read_hosts(values.pop("hosts", {}))
    unknown = sorted(set(values) - _TEXTS)
    whole = all(isinstance(value, str) for value in values.values()) and isinstance(opening, bool)
    if unknown or not whole:
        raise SettingMissing(
            f"{path.name} holds what is not a setting: {', '.join(unknown) or 'a value'}.",
            hint="It takes url, staff_url and database_url, all text, open_in_browser, which is "
            "true or false, and the table [hosts].",
        )
    return _Settings(values, opening, hosts)
