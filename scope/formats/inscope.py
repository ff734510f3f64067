"""The SCOPE file of nil0x42's inscope: a name with stars a line, ``!`` excludes.

There ``*.shop.example`` also takes ``shop.example``, any other star takes one character or more,
dots included, and one line in another form keeps the tool from starting.
"""

import re
from itertools import product

from scope.formats import blocks, only_hosts
from scope.formats.listing import Listing, Written
from scope.places.addresses import Addresses
from scope.places.names import Names
from scope.rule import Rule
from scope.settings import Settings
from scope.targets.target import Hosts

MOST_STARS = 4  # in one name; each may also stand for nothing, which takes another line
EVERYTHING = "*.**"  # the shortest line that takes every host

_LINE = re.compile(r"[a-z0-9.*-]{4,253}")
_EXCLUDED = re.compile(r"!|/|-(?=\s)")


def read(text: str) -> tuple[Listing, ...]:
    """Read the names of a file; ``!``, a slash, or a hyphen and a blank open an exclusion."""
    sides: dict[bool, list[Rule]] = {False: [], True: []}
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip().removeprefix("\ufeff").strip()
        mark = _EXCLUDED.match(bare)
        name = bare[mark.end() :].strip() if mark else bare
        if name and not bare.startswith("#"):
            sides[bool(mark)].append(Rule(name, line=number))
    settings = Settings(wildcard_apex="include", out_always_wins=True)
    return (Listing("", tuple(sides[False]), tuple(sides[True]), settings),)


def write(listing: Listing) -> Written:
    """Write a scope's names."""
    found = only_hosts.lines(listing, permit=_permit, bar=_bar)
    permitted = [each for each in found.include if not each.startswith("!")]
    bases = {each[2:] for each in permitted if each.startswith("*.")} - set(permitted)
    bases = {each for each in bases if "." in each and _LINE.fullmatch(each)}
    excluded = dict.fromkeys([*found.exclude, *sorted(bases - _apexes(listing, bases))])
    lines = [*permitted, *(f"! {each}" for each in excluded)]
    return Written("".join(f"{line}\n" for line in lines), found.lost)


def _apexes(listing: Listing, bases: set[str]) -> set[str]:
    """Return those names below which all is permitted that are permitted themselves."""
    scope = listing.scope()
    return {each for each in bases if scope.check(each).ruling.value == "in"}


def _permit(hosts: Hosts | None) -> list[str]:
    """Write permitted hosts: names, those below one, and single addresses."""
    if isinstance(hosts, Addresses):
        return [str(hosts)] if hosts.single and hosts.version == 4 else []
    if not isinstance(hosts, Names) or not _LINE.fullmatch(hosts.text):
        return []
    below = hosts.text.startswith("*.") and hosts.text.count("*") == 1
    return [hosts.text] if hosts.single or below else []


def _bar(hosts: Hosts | None) -> tuple[list[str], bool]:
    """Write excluded hosts, and say whether just these."""
    if isinstance(hosts, Names):
        return _variants(hosts), not hosts.text.startswith("*.") and not hosts.open_suffix
    if not isinstance(hosts, Addresses):
        return [EVERYTHING], True
    if hosts.version == 6:
        return [], True  # the tool lets no IPv6 address pass
    if hosts.single:
        return [str(hosts)], True
    found = blocks.cut(hosts) or blocks.cut(blocks.hull(hosts)) or []
    return [_octets(str(block)) for block in found], False


def _variants(names: Names) -> list[str]:
    """Write a name with stars, each of which may also stand for nothing.

    A name the tool would not take as a line is left out: it lets no such host pass either.
    """
    head, *others = names.text.split("*")
    if len(others) > MOST_STARS:
        return [f"*{others[-1]}"]
    written = (
        head + "".join(star + piece for star, piece in zip(stars, others, strict=True))
        for stars in product(("*", ""), repeat=len(others))
    )
    return [each for each in written if _LINE.fullmatch(each) and not each.startswith(".")]


def _octets(block: str) -> str:
    """Write a block as a name with a star that takes all of it, and more."""
    address, _, bits = block.partition("/")
    whole = int(bits) // 8
    return ".".join([*address.split(".")[:whole], *["*"] * (4 - whole)])
