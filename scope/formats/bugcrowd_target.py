"""Which of the three texts of a Bugcrowd target name what is meant.

The shown name is what the program wrote; the link often leads elsewhere: to the page above a
wildcard, to ``www``, to a store. In a hundred real targets the star stands in the name alone.
"""

from dataclasses import dataclass

from scope import reading
from scope.formats.entries import AS_USUAL
from scope.formats.kinds import Kind
from scope.places import suffix
from scope.places.names import Names
from scope.reading import Reading
from scope.reading.cleaning import redacted
from scope.rule import Rule, Side
from scope.targets.app import App

_TITLE = frozenset({"prose", "prose-with-asset", "condition", "unreadable", "as-number"})


@dataclass(frozen=True, slots=True)
class Named:
    """The three texts of a target; "" for each that is absent.

    Attributes:
        name: What the program shows, an asset or a title.
        uri: Where the name links to.
        address: Addresses, sometimes links.
    """

    name: str
    uri: str
    address: str

    @property
    def redacted(self) -> bool:
        """Whether a part was blacked out before publication."""
        return any(map(redacted, (self.name, self.uri, self.address)))


def assets(named: Named, kind: Kind, side: Side) -> tuple[tuple[str, ...], str]:
    """Return the texts that name assets, and the title if the name is none.

    >>> assets(Named("*.shop.example", "https://www.shop.example/en", ""), Kind.SITE, "in")
    (('*.shop.example', 'www.shop.example'), '')
    >>> assets(Named("The shop's host", "", "192.0.2.0/24"), Kind.ADDRESS, "in")
    (('192.0.2.0/24',), "The shop's host")
    """
    others = tuple(text for text in (named.uri, named.address) if text and text != named.name)
    if not others:
        return ((named.name,) if named.name else (named.uri,) if named.uri else ()), ""
    name = _read(named.name)
    if not _is_asset(named.name, name) or _is_maker(kind, name):
        texts = tuple(_hedged(text, named.name, side) for text in others)
        return (*texts, *_mentioned(named.name, name, texts)), named.name
    kept = [named.name]
    for text in others:
        beside = _host_beside(text, name) if "*" in named.name else text
        if not _certain(named.name):  # words in the name hold for the link as well
            beside = _hedged(beside, named.name, side)
        if all(_read(beside).parts != _read(each).parts for each in kept):
            kept.append(beside)
    return tuple(kept), ""


def _read(text: str) -> Reading:
    """Read a text as a rule."""
    return reading.read(Rule(text), AS_USUAL)


def _is_asset(text: str, found: Reading) -> bool:
    """Tell whether a name is an asset, and not a title that may mention one."""
    codes = {finding.code for finding in found.findings}
    worded = "remark-lifted" in codes and "*" not in text and not text.endswith((")", "]"))
    return bool(found.parts) and not codes & _TITLE and not worded


def _mentioned(title: str, found: Reading, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return a title as a further text if it mentions a place that the links do not name."""
    named = [part.wide for text in texts for part in _read(text).parts]
    new = [part for part in found.parts if not any(each.contains(part.wide) for each in named)]
    return (title,) if new and all(part.doubt for part in new) else ()


def _is_maker(kind: Kind, found: Reading) -> bool:
    """Tell whether a name is that of whoever makes an app: a host beside a link to a store."""
    apps = any(isinstance(part.wide.hosts, App) for part in found.parts)
    return kind in (Kind.ANDROID, Kind.IOS, Kind.THING) and not apps


def _hedged(text: str, title: str, side: Side) -> str:
    """Return a link's text, with its title as a remark where that may narrow a permission.

    A link to the shop below "The shop, except its blog" must not permit the blog.
    """
    whole = f"{text} ({title})"
    narrows = side == "in" and _certain(text) and not _certain(whole)
    return whole if narrows and not redacted(title) else text


def _certain(text: str) -> bool:
    """Tell whether a rule surely permits something."""
    return any(part.narrow for part in _read(text).parts)


def _host_beside(uri: str, wildcard: Reading) -> str:
    """Return the host of a link if it is under the name of a wildcard, else the link.

    The page that a wildcard links to says that its host is meant, and no more than that host. A
    link to another site's page, say a store's, must not open that site.
    """
    owners = {_owner(place.text) for place in _whole_hosts(wildcard) if not place.single}
    for part in _read(uri).parts:
        place = part.wide.hosts
        if isinstance(place, Names) and place.single and _owner(place.text) in owners:
            return place.text
    return uri


def _whole_hosts(found: Reading) -> list[Names]:
    """Return the names of which a rule covers more than a path or a port."""
    whole = [part.wide for part in found.parts if not part.wide.paths and part.wide.port is None]
    return [region.hosts for region in whole if isinstance(region.hosts, Names)]


def _owner(name: str) -> str:
    """Return the part of a name that is registered, stars aside."""
    bare = name.rpartition("*")[2].lstrip(".")
    ending = suffix.public_suffix(bare, private=True) or bare.rpartition(".")[2]
    stem = bare.removesuffix(f".{ending}")
    return f"{stem.rpartition('.')[2]}.{ending}"
