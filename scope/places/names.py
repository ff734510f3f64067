"""Sets of host names, written with stars."""

from scope.frozen import Frozen
from scope.places import glob, lent, suffix
from scope.places.extent import Extent


class Names(Frozen):
    """The host names that one pattern stands for.

    Attributes:
        text: A normalised name, with stars. One that opens with a star reaches any depth below;
            one that ends in ``.*`` takes any public suffix in that place, and one that ends in
            ``.co*`` a last label or public suffix that begins so.
        wide: Stars run across dots (how a refusal is read); otherwise each stays in its label.
        apex: ``*.shop.example`` also means ``shop.example`` itself.

    >>> [Names("*.shop.example").match(name) for name in ("a.b.shop.example", "shop.example")]
    [True, False]
    >>> Names("api-*.shop.example").match("api-1.eu.shop.example")
    False
    >>> Names("api-*.shop.example", wide=True).match("api-1.eu.shop.example")
    True
    """

    __slots__ = ("apex", "text", "wide")

    text: str
    wide: bool
    apex: bool

    def __init__(self, text: str, wide: bool = False, apex: bool = False) -> None:
        self._hold(text=text, wide=wide, apex=apex)

    @property
    def single(self) -> bool:
        """Whether the set is one name."""
        return "*" not in self.text

    @property
    def rank(self) -> tuple[int, int]:
        """How specific the set is; greater is more specific."""
        return (3, 0) if self.single else (1, len(self.text.replace("*", "")))

    def match(self, name: str) -> bool:
        """Tell whether a normalised name is in the set."""
        if self.single:
            return name == self.text
        if self.trails:
            return self._fits_trailing(name)
        if not self.open_suffix:
            return self._fits(self.text, name)
        loosely = glob.covers(f"*{self.text.removeprefix('*.')}", name)
        return loosely and self._fits_stem(Names(name))  # the list is slow; most need not go there

    def contains(self, other: "Names") -> bool:
        """Tell whether every name of ``other`` is certainly in this set."""
        if other.apex:
            below, base = Names(other.text, other.wide), Names(other.text[2:], other.wide)
            return self.contains(below) and self.contains(base)
        if other.single:
            return self.match(other.text)
        if self.single or other.outreaches(self):
            return False
        if self.open_suffix:
            return self._fits_stem(other)
        return self._fits_trailing(other.text) if self.trails else self._fits(self.text, other.text)

    def extent(self, asked: "Names") -> Extent:
        """Tell how much of the names asked about is in this set."""
        if self.contains(asked):
            return Extent.WHOLE
        return Extent.PART if not asked.single and self._may_meet(asked) else Extent.NONE

    @property
    def open_suffix(self) -> bool:
        """Whether the last label is a star, for any public suffix."""
        return self.text.endswith(".*")

    @property
    def trails(self) -> bool:
        """Whether the last of several labels begins with letters and ends in a star."""
        return self.text.endswith("*") and "." in self.text and not self.open_suffix

    def outreaches(self, outer: "Names") -> bool:
        """Tell whether a star here takes what no star of ``outer`` could."""
        across = self.wide and "*" in self.text[1:]
        return (across and not outer.wide) or (
            self.open_suffix and not outer.open_suffix and outer.text != "*"
        )

    def stem(self) -> str | None:
        """Return the pattern without its public suffix or the star in its place."""
        return self.text[:-2] if self.open_suffix else suffix.stem(self.text)

    def _fits_stem(self, other: "Names") -> bool:
        """Tell whether names fit this pattern, of which the last star is any public suffix.

        Where a company lends names to its customers, as below ``github.io``, they are those of
        strangers: only a generous reading of ``*.github.*`` takes them.
        """
        stem = other.stem()
        if stem is None or not self._fits(self.text[:-2], stem):
            return False
        return self.wide or other.open_suffix or not lent.may_be(other.text)

    def _fits(self, pattern: str, text: str) -> bool:
        """Tell whether a name, or all that another pattern means, fits this pattern."""
        fits = glob.covers if self.wide else _label_by_label
        return fits(pattern, text) or (self.apex and fits(pattern.removeprefix("*."), text))

    def _fits_trailing(self, text: str) -> bool:
        """Tell whether a name, or another pattern, fits one that goes on behind its letters."""
        head, _, last = self.text.rpartition(".")
        if not glob.covers(f"*{self.text.removeprefix('*.')}", text):  # most need no list
            return False
        endings = {text.rpartition(".")[2], suffix.public_suffix(text, private=False)}
        return any(
            glob.covers(last, each) and self._fits(head, text.removesuffix(f".{each}"))
            for each in endings
            if each and text.endswith(f".{each}")
        )

    def _may_meet(self, asked: "Names") -> bool:
        """Tell whether some name could be in both sets; True when in doubt."""
        if self.single:
            return asked.match(self.text)
        if self.wide or self.open_suffix:
            return glob.may_meet(self.text, asked.text)
        mine, theirs = self.text.split("."), asked.text.split(".")
        if len(mine) < len(theirs) and not self.text.startswith("*"):
            return False
        pairs = zip(reversed(mine), reversed(theirs), strict=False)
        return all(glob.may_meet(one, another) for one, another in pairs)


def _label_by_label(pattern: str, text: str) -> bool:
    """Match labels from the right, each star within its own; an opening star takes any depth."""
    wanted, given = pattern.split("."), text.split(".")
    spare = len(given) - len(wanted)
    opens = pattern.startswith("*")
    if spare < 0 or (not opens and (spare or text.startswith("*"))):
        return False
    return all(map(glob.covers, wanted, given[spare:]))
