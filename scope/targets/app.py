"""Apps, by the name their store gives them."""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs

from scope.places import glob, suffix
from scope.places.extent import Extent
from scope.targets.stores import APPLE_HOSTS, PLAY_HOSTS, REVERSED

# At most 255 characters, as file systems and stores allow; no time goes into names that are longer.
_ANDROID = re.compile(r"(?=.{,255}\Z)[A-Za-z]\w*(?:\.[A-Za-z*][\w*]*)+", re.ASCII)
_IOS = re.compile(r"(?=.{,255}\Z)(?:(?:id)?(\d{5,15})|([A-Za-z0-9-]+(?:\.[A-Za-z0-9*-]+)+))")
_IOS_ID = re.compile(r"(?:[^./\s]+/)?id(\d{5,15})", re.ASCII)


@dataclass(frozen=True, slots=True)
class App:
    """One app of one platform, or several when the name has a star.

    >>> str(parse("android:com.shop.app")), str(parse("id1233271881"))
    ('android:com.shop.app', 'ios:1233271881')

    Attributes:
        platform: ``android`` or ``ios``.
        ident: Package name, bundle name, or the number in the store's link.
        wide: Letters match in either case (how a refusal is read).
    """

    platform: Literal["android", "ios"]
    ident: str
    wide: bool = False

    @property
    def single(self) -> bool:
        """Whether the set is one app."""
        return "*" not in self.ident

    @property
    def rank(self) -> tuple[int, int]:
        """How specific the set is; greater is more specific."""
        return (3, 0) if self.single else (1, len(self.ident))

    def contains(self, other: "App") -> bool:
        """Tell whether every app of ``other`` is in this set."""
        mine, theirs = self.ident, other.ident
        if self.wide:
            mine, theirs = mine.lower(), theirs.lower()
        return self.platform == other.platform and glob.covers(mine, theirs)

    def extent(self, asked: "App") -> Extent:
        """Tell how much of the app asked about is in this set: all or nothing."""
        return Extent.WHOLE if self.contains(asked) else Extent.NONE

    def __str__(self) -> str:
        return f"{self.platform}:{self.ident}"


def parse(text: str) -> App | None:
    """Read ``android:…``, ``ios:…``, ``id123…`` or ``market:…``; None when it is none of them."""
    if text.startswith("market://details?"):
        return from_link("play.google.com", "/store/apps/details", text.partition("?")[2])
    platform, colon, ident = text.partition(":")
    if not colon:
        found = _IOS_ID.fullmatch(text)
        return App("ios", found[1]) if found else None
    if ident == "*" and platform.lower() in ("android", "ios"):
        return App("android" if platform.lower() == "android" else "ios", ident)
    if platform.lower() == "android" and _ANDROID.fullmatch(ident):
        return App("android", ident)
    if platform.lower() == "ios" and (found := _IOS.fullmatch(ident)):
        return App("ios", found[1] or found[2])
    return None


def from_link(host: str, path: str, query: str) -> App | None:
    """Read a link to an app's page in a store; None when the link is to anything else.

    >>> str(from_link("apps.apple.com", "/us/app/shop/id1233271881", ""))
    'ios:1233271881'
    >>> str(from_link("play.google.com", "/store/apps/details", "id=com.shop.app&hl=en"))
    'android:com.shop.app'
    """
    if host in APPLE_HOSTS:
        if "/developer/" in path:  # whose number is that of the maker
            return None
        found = _IOS_ID.fullmatch(path.rstrip("/").rpartition("/")[2])
        return App("ios", found[1]) if found else None
    if host in PLAY_HOSTS and path.rstrip("/") in ("/store/apps/details", "/details"):
        named = {*parse_qs(query).get("id", ())}  # two different ids: who knows which one counts
        package = named.pop() if len(named) == 1 else ""
        return App("android", package) if _ANDROID.fullmatch(package) else None
    return None


def from_package(name: str) -> App | None:
    """Read a bare package name: it starts like a domain backwards and ends in no known suffix.

    >>> str(from_package("com.shop.wallet")), from_package("com.shop.app")
    ('android:com.shop.wallet', None)
    """
    if name.partition(".")[0].lower() not in REVERSED or not _ANDROID.fullmatch(name):
        return None
    return None if suffix.exists(name.lower()) else App("android", name)
