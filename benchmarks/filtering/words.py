"""Invented names, for lists that look like real ones and belong to nobody."""

from random import Random

_WORDS = """
acorn alder amber anchor apple arrow aspen atlas beacon birch bloom breeze brick bridge cedar
chalk cloud clover cobalt copper coral crane delta ember falcon fern field finch flint forest
garnet glade grove harbor hazel heron indigo island ivory jasper juniper lagoon lantern larch
lilac linden lotus maple marble meadow mint moss north oak ocean olive opal orchid otter pearl
pebble pine quartz quill raven reef ridge river robin saffron sage shore silver slate spruce
stone summit thistle timber topaz tulip valley velvet violet willow winter wren yarrow
"""
_LABELS = """
www api app dev staging test beta shop store mail login sso auth admin cdn static assets img
media files docs help support status blog portal my account pay checkout edge gw m mobile
internal vpn git ci grafana metrics data search eu us de fr uk jp
"""
WORDS, LABELS = tuple(_WORDS.split()), tuple(_LABELS.split())
SUFFIXES = ("com", "com", "com", "com", "net", "org", "io", "de", "fr", "co.uk", "com.au", "co.jp")


def registrable(dice: Random) -> str:
    """Return a name such as someone could register."""
    first, second = dice.choice(WORDS), dice.choice(WORDS)
    number = str(dice.randrange(100)) if dice.random() < 0.2 else ""
    return f"{first}{dice.choice(('', '-'))}{second}{number}.{dice.choice(SUFFIXES)}"


def label(dice: Random) -> str:
    """Return one label of a host, the usual ones more often than others."""
    if dice.random() < 0.6:
        return dice.choice(LABELS)
    return f"{dice.choice(LABELS)}-{dice.choice(WORDS)}{dice.randrange(1000)}"


def below(base: str, dice: Random) -> str:
    """Return a host one to three labels below a name."""
    labels = [label(dice) for _ in range(dice.choice((1, 1, 1, 2, 2, 3)))]
    return ".".join((*labels, base))
