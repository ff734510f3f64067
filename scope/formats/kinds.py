"""What a platform says an entry is, and how that steers the reading of its text.

The text wins where it can be read by itself. The kind adds what only the platform knows, such as
that ``com.shop.app`` is an app and no host, and shows where the two contradict each other.
"""

import re
from enum import StrEnum

from scope.places import suffix
from scope.places.addresses import Addresses
from scope.places.names import Names
from scope.reading import expand
from scope.reading.part import Part
from scope.targets import app
from scope.targets.app import App

LONGEST = 4096  # characters of a text that may hold app names; stores allow 255 for one


class Kind(StrEnum):
    """What an entry is said to be; the value stands in sentences."""

    ANY = "anything"
    SITE = "a website"
    WILDCARD = "a wildcard"
    ADDRESS = "an address"
    ANDROID = "an Android app"
    IOS = "an iOS app"
    APP = "an app"
    CODE = "source code"
    THING = "a product"


_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_STORE_NUMBER = re.compile(r"(?:id)?(\d{5,15})")
_FITTING: dict[Kind, set[type]] = {
    Kind.SITE: {Names, Addresses},
    Kind.WILDCARD: {Names, Addresses},
    Kind.ADDRESS: {Addresses},
    Kind.ANDROID: {App},
    Kind.IOS: {App},
    Kind.APP: {App},
    Kind.THING: {App},
}
_NAMED: dict[type, str] = {Names: "a host", Addresses: "addresses", App: "an app"}


def steer(kind: Kind, text: str) -> str:
    """Return the text of a rule for an entry: apps get their platform, the rest stays.

    >>> steer(Kind.ANDROID, "com.shop.app"), steer(Kind.IOS, "1233271881")
    ('android:com.shop.app', 'ios:1233271881')
    >>> steer(Kind.SITE, "com.shop.app"), steer(Kind.ANDROID, "The shop's app")
    ('com.shop.app', "The shop's app")
    """
    if kind not in (Kind.ANDROID, Kind.IOS) or len(text) > LONGEST:
        return text
    platform = "android" if kind is Kind.ANDROID else "ios"
    named = [_app(platform, each) for each in expand.items(" ".join(text.split()))]
    return ", ".join(str(each) for each in named) if named and all(named) else text


def unsteer(kind: Kind, text: str) -> str:
    """Return what a platform would hold for a rule's text: the inverse of `steer`.

    >>> unsteer(Kind.ANDROID, "android:com.shop.app")
    'com.shop.app'
    """
    lead = {Kind.ANDROID: "android:", Kind.IOS: "ios:"}.get(kind)
    bare = text.replace(lead, "") if lead else text
    return bare if steer(kind, bare) == text else text


def contradiction(kind: Kind, text: str, parts: tuple[Part, ...]) -> str | None:
    """Return in what a text differs from its kind, in words; None when the two agree.

    >>> from scope import Rule, reading, settings
    >>> found = reading.read(Rule("shop.example"), settings.Settings())
    >>> contradiction(Kind.WILDCARD, "shop.example", found.parts)
    'is listed as a wildcard, but has no star'
    """
    places = [part.wide.hosts for part in parts if part.wide.hosts is not None]
    apps = [place for place in places if isinstance(place, App)]
    kinds: set[type] = {type(place) for place in apps or places}
    odd = kinds - _FITTING.get(kind, kinds)
    if odd:
        return (
            f"is listed as {kind}, but names {' and '.join(sorted(_NAMED[each] for each in odd))}"
        )
    platform = {Kind.ANDROID: "android", Kind.IOS: "ios"}.get(kind)
    if platform and any(each.platform != platform for each in apps):
        return f"is listed as {kind}, but names an app of another platform"
    if kind is Kind.WILDCARD and places and "*" not in text:
        return f"is listed as {kind}, but has no star"
    return None


def stands_for_another(kind: Kind, text: str, parts: tuple[Part, ...]) -> bool:
    """Tell whether a text is but a page about what is meant, such as a device or an app.

    >>> from scope import Rule, reading, settings
    >>> page = "shop.example/camera"
    >>> found = reading.read(Rule(page), settings.Settings()).parts
    >>> stands_for_another(Kind.THING, page, found), stands_for_another(Kind.SITE, page, found)
    (True, False)

    A bare host in the place of an app is rather a mistake of the list, and means that host.
    """
    certain = [part.narrow for part in parts if part.narrow]
    if not certain or not all(isinstance(each.hosts, Names) for each in certain):
        return False
    if kind in (Kind.ANDROID, Kind.IOS, Kind.APP):
        return bool(set("?#") & set(text)) or all(each.paths for each in certain)
    return kind is Kind.THING


def of_rule(pattern: str, parts: tuple[Part, ...]) -> Kind:
    """Return the kind under which a platform would list a rule."""
    places = [part.wide.hosts for part in parts]
    apps = {place.platform for place in places if isinstance(place, App)}
    if apps:
        return Kind.ANDROID if apps == {"android"} else Kind.IOS if apps == {"ios"} else Kind.ANY
    kinds = {type(place) for place in places}
    if kinds == {Addresses}:
        return Kind.ADDRESS
    if kinds != {Names}:
        return Kind.ANY
    return Kind.WILDCARD if "*" in pattern else Kind.SITE


def _app(platform: str, text: str) -> App | None:
    """Read one word as an app of a platform; None for a link, a host, or part of a name."""
    bare = _SCHEME.sub("", text.removeprefix(f"{platform}:"), count=1).rstrip("/")
    number = _STORE_NUMBER.fullmatch(bare)
    if platform == "ios" and number:
        return app.parse(f"ios:{number[1]}")
    if not text.startswith(f"{platform}:") and _is_host(bare):
        return None
    return app.parse(f"{platform}:{bare}")


def _is_host(name: str) -> bool:
    """Tell whether a name can only be a host: it ends like one, and does not start like an app.

    App names are host names backwards, so ``com.shop.app`` is an app where one is expected.
    """
    first = name.partition(".")[0].lower()
    return suffix.exists(name.lower()) and not suffix.exists(f"{suffix.PROBE}.{first}")
