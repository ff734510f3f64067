"""Where stakes lie, so that a look at one name finds the few that could reach it."""

from collections.abc import Iterator

from scope.places import suffix
from scope.quick.stake import Stake

SHORTEST = 4  # letters to look for in hosts; fewer are in too many


class Stakes:
    """Stakes by what their names have in common, so that few have to be looked at.

    Attributes:
        exact: Stakes on one name, by that name.
        below: Stakes on names that end in the same labels, by these labels.
        glued: Stakes on names that end in the same letters, by these letters.
        cut: The glued stakes by their letters, by each name that begins inside these.
        tops: Stakes under any suffix, or any that begins in some way, by the label before it.
        others: Stakes to which no ending leads, each with letters that all its names have.
        fragments: These letters.
        harder: Whether more than names bears on a stake with a star.
    """

    __slots__ = (
        "_lengths",
        "below",
        "cut",
        "exact",
        "fragments",
        "glued",
        "harder",
        "others",
        "tops",
    )

    def __init__(self) -> None:
        self.exact: dict[str, list[Stake]] = {}
        self.below: dict[str, list[Stake]] = {}
        self.glued: dict[str, list[Stake]] = {}
        self.cut: dict[str, dict[str, list[Stake]]] = {}
        self.tops: dict[str, list[Stake]] = {}
        self.others: list[tuple[str, Stake]] = []
        self.fragments: set[str] = set()
        self._lengths: set[int] = set()
        self.harder = False

    def add(self, stake: Stake) -> None:
        """File a stake under every name that leads to it."""
        text = stake.wide.text
        ending = text.rpartition("*")[2]
        self.harder = self.harder or not (stake.simple or stake.wide.single)
        if stake.narrow and stake.narrow.single and not stake.wide.single:
            self.exact.setdefault(stake.narrow.text, []).append(stake)  # may tie with a host
        if stake.wide.single:
            self.exact.setdefault(text, []).append(stake)
        elif stake.wide.open_suffix or stake.wide.trails:
            label = text.rpartition(".")[0].rpartition(".")[2]
            if "*" in label:
                self._add_other(stake)
            else:
                self.tops.setdefault(label, []).append(stake)
        elif ending.startswith(".") and not (
            suffix.may_be_suffix(ending[1:]) and len(_fragment(text)) >= SHORTEST
        ):
            self.below.setdefault(ending[1:], []).append(stake)
            if stake.wide.apex and "*" not in text[2:]:
                self.exact.setdefault(ending[1:], []).append(stake)
        elif ending and not ending.startswith("."):
            self.glued.setdefault(ending, []).append(stake)
            self._lengths.add(len(ending))
            for name in ancestors(ending):
                self.cut.setdefault(name, {}).setdefault(ending, []).append(stake)
        else:
            self._add_other(stake)

    def _add_other(self, stake: Stake) -> None:
        """File a stake to which no ending leads."""
        letters = _fragment(stake.wide.text)
        self.others.append((letters, stake))
        self.fragments.add(letters)

    def near(self, name: str) -> Iterator[Stake]:
        """Go through the stakes that could reach a name, and perhaps some more."""
        yield from self.exact.get(name, ())
        yield from (stake for letters, stake in self.others if letters in name)
        yield from self._ending_like(name)

    def near_below(self, base: str, *, uncut: bool) -> Iterator[Stake]:
        """Go through the stakes that could reach names one label below a name.

        Three kinds are left out: exact ones, those whose fragment is in none of these names, and
        those that reach only names whose first label they call for.

        Args:
            base: The name.
            uncut: Also leave out the stakes that reach names by the letters they end in, when
                only some of the names end in these.
        """
        yield from self._ending_like(f"{suffix.PROBE}.{base}")
        for stakes in () if uncut else self.cut.get(base, {}).values():
            yield from stakes

    def _ending_like(self, name: str) -> Iterator[Stake]:
        """Go through the stakes to which the ending of a name leads."""
        if self.below:
            for above in ancestors(name):
                yield from self.below.get(above, ())
        for length in self._lengths:
            yield from self.glued.get(name[-length:], ())
        if self.tops:
            for label in set(name.split(".")):
                yield from self.tops.get(label, ())


def _fragment(text: str) -> str:
    """Return letters that all names of a set have, besides those they end in."""
    return max((each.strip(".") for each in text.split("*")[:-1]), key=len, default="")


def ancestors(name: str) -> Iterator[str]:
    """Go through the names above one, the nearest first."""
    while name := name.partition(".")[2]:
        yield name
