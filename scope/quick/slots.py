"""What each host name gets, worked out once for all names that get the same.

For most targets the ruling depends on the host alone: it is that of the host, if a rule names it,
and otherwise that of all names below the one above it. Where names differ, the slot says
`LATER`; where it takes more than the host, `ASK`.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from scope.places import stars
from scope.places.names import Names
from scope.quick.below import Below
from scope.quick.side import Side
from scope.quick.slot import ASK, CODES, LATER
from scope.quick.stake import Stake, decide, decide_below
from scope.quick.stakes import Stakes, ancestors
from scope.ruling import Ruling
from scope.settings import Settings
from scope.targets.stores import PACKAGES, STORES

TYPE_CHECKING = False  # as in `typing`, which the filter has no time to load
if TYPE_CHECKING:
    from scope.places.region import Region

MOST_HOSTS = 8_192  # hosts that are remembered because their slot takes work, in about 2 MiB


class Slots:
    """The slots of one scope; several threads may ask at once.

    Attributes:
        exact: The code of each host that a rule names, at once for all.
        below: The code of all other hosts one label below a name, worked out when first asked for.
        fragments: Letters: a host with some of them is never decided by `below`.
        everywhere: Some rule bears on every host, so that none is decided alone.
    """

    def __init__(self, sides: tuple[Side, Side], settings: Settings, odd: Iterable[Stake]) -> None:
        """Prepare the slots.

        Args:
            sides: The included and the excluded rules.
            settings: How the program wants them read.
            odd: The stakes of rules that have to be read in full.
        """
        self._sides = sides
        self._settings = settings
        self._apex = settings.wildcard_apex == "include"
        self._stakes = Stakes()
        self._bases: dict[tuple[bool, str], Stake] = {}
        self._hosts: dict[str, int] = {}
        self._beside: dict[str, tuple[int, tuple[Region, ...]]] = {}
        texts = ([side.entries.texts[place] for place in side.apart] for side in sides)
        self._apart = tuple(map(frozenset, texts))
        for stake in (*self._starred(), *odd):
            self._stakes.add(stake)
        self.fragments = frozenset(self._stakes.fragments)
        self.everywhere = any(not each.simple for _, each in self._stakes.others)
        self.exact = self._exact()
        self.below = Below(
            self.exact,
            turns=frozenset().union(*(side.bases for side in sides), self._stakes.below),
            cut=self._stakes.cut,
            tops=self._stakes.tops,
            work_out=self._code_below,
        )

    def code(self, host: str) -> int:
        """Return the code of a host that is surely a name; `ASK` when it takes more than that."""
        code = self.exact.get(host)
        if code is None:
            hinted = any(map(host.__contains__, self.fragments))
            code = LATER if hinted else self.below.of(host)
            if code == ASK:  # no list knows its last label; that says nothing about rules
                code = LATER
        return code if code != LATER else self._hosts.get(host) or self._remember(host)

    def code_alone(self, host: str) -> int:
        """Return the code of a host in foreign letters, whose suffix `below` does not know."""
        return self._hosts.get(host) or self._remember(host)

    def beside(self, host: str) -> "tuple[int, tuple[Region, ...]]":
        """Return the code of a host but for exclusions of a part of it, and what these are on.

        The code is `ASK` when more than that bears on the host, or when it may be an app.
        """
        found = self._beside.get(host)
        if found is None:
            if len(self._beside) >= MOST_HOSTS:
                self._beside.clear()
            found = self._beside[host] = self._without_limited(host)
        return found

    def _without_limited(self, host: str) -> "tuple[int, tuple[Region, ...]]":
        """Work out the code of a host without the exclusions that are on a part of it."""
        if host in STORES or _may_be_no_host(host) or any(host in each for each in self._apart):
            return ASK, ()
        reached = [each for each in self._near(host) if each.wide.match(host)]
        limits = tuple(each.limits for each in reached if each.limits)
        whole = [each for each in reached if not each.limits]
        ruling = decide(host, whole, out_always_wins=self._settings.out_always_wins)
        return CODES[ruling] if ruling else ASK, limits

    def _remember(self, host: str) -> int:
        """Work out the code of a host and keep it; forget all hosts when they are many."""
        if len(self._hosts) >= MOST_HOSTS:
            self._hosts.clear()
        ruling = decide(host, self._near(host), out_always_wins=self._settings.out_always_wins)
        code = self._hosts[host] = CODES[ruling] if ruling else ASK
        return code

    def _exact(self) -> dict[str, int]:
        """Work out the hosts that rules name."""
        included, excluded = self._sides
        sure = LATER if self._settings.out_always_wins else CODES[Ruling.IN]
        exact = dict.fromkeys(included.hosts, sure)
        exact.update(dict.fromkeys(excluded.hosts, CODES[Ruling.OUT]))
        if self._apex:
            for name in (*included.bases, *excluded.bases):
                exact.setdefault(name, LATER)
        exact.update(dict.fromkeys(self._stakes.exact, LATER))
        if self._stakes.harder:
            exact.update([(host, ASK) for host in exact if self._bothered(host)])
        other = [name for name in self._stakes.exact if _may_be_no_host(name)]
        exact.update(dict.fromkeys((*other, *chain(*self._apart), *STORES), ASK))
        return exact

    def _bothered(self, host: str) -> bool:
        """Tell whether a rule on more than names bears on a host."""
        return any(not each.simple and each.wide.match(host) for each in self._stakes.near(host))

    def _starred(self) -> Iterator[Stake]:
        """Read the names with stars that are not plain."""
        for side in self._sides:
            for place in side.starred:
                yield self._stake(side, side.entries.texts[place])

    def _stake(self, side: Side, text: str) -> Stake:
        """Read a name with stars."""
        read = stars.read(text, apex=self._apex)
        return Stake(read.wide, read.narrow, permits=side.name == "in")

    def _near(self, host: str) -> Iterator[Stake]:
        """Go through the stakes that could reach a host."""
        for side, apart in zip(self._sides, self._apart, strict=True):
            if host in side.hosts or host in apart:
                yield Stake(Names(host, wide=True), Names(host), permits=side.name == "in")
        yield from self._wildcards(host if self._apex else host.partition(".")[2])
        yield from self._stakes.near(host)

    def _wildcards(self, name: str) -> Iterator[Stake]:
        """Go through the plain wildcards of a name and of those above it."""
        for base in (name, *ancestors(name)):
            for side in self._sides:
                if base in side.bases:
                    key = (side.name == "in", base)
                    yield self._bases.get(key) or self._bases.setdefault(
                        key, self._stake(side, f"*.{base}")
                    )

    def _code_below(self, base: str, *, uncut: bool) -> int:
        """Work out the code of the hosts one label below a name.

        Args:
            base: The name; it is proper.
            uncut: Leave out the stakes whose names end like some of these hosts, and not all.
        """
        stakes = self._stakes.near_below(base, uncut=uncut)
        wildcards, others = [*self._wildcards(base)], [*stakes]
        if not wildcards and not others:
            return CODES[Ruling.UNKNOWN]
        if len(wildcards) == 1 and not others:
            return CODES[wildcards[0].alone]
        near = [*wildcards, *others]
        ruling = decide_below(base, near, out_always_wins=self._settings.out_always_wins)
        return CODES[ruling] if ruling else LATER


def _may_be_no_host(name: str) -> bool:
    """Tell whether a name, standing alone, may be a package or a mere word."""
    return name.startswith(PACKAGES) or "." not in name
