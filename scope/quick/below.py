"""The codes of all names one label below another: mostly those of the names further up."""

import re
from collections.abc import Callable, Iterable, Mapping

from scope.places import suffix
from scope.places.suffix import may_be_suffix
from scope.quick.glance import LONGEST_LABEL, LONGEST_NAME
from scope.quick.slot import ASK, LATER
from scope.targets.stores import REVERSED

MOST_NAMES = 8_192  # names that are remembered, in about 1 MiB: more no longer fit the caches
MOST_EXACT = 16_384  # hosts that are added to those of the rules, in about 2 MiB

_NONE: tuple[str, ...] = ()
_TOP = re.compile(r"[a-z][a-z0-9_-]{0,62}").fullmatch
_ROOM = LONGEST_NAME - LONGEST_LABEL - 1  # so that any label fits before a name


class Below(dict[str, int]):
    """Codes by name, worked out when first asked for, and forgotten when they are many.

    A name whose labels are short, of plain letters and not foreign is taken for granted, but for
    its length, its dots and its last label.
    """

    __slots__ = (
        *("_cut", "_deeper", "_exact", "_most_exact", "_suffixes", "_tops", "_turned", "_turns"),
        "_work_out",
    )

    def __init__(
        self,
        exact: dict[str, int],
        *,
        turns: Iterable[str],
        cut: Mapping[str, Iterable[str]],
        tops: Iterable[str],
        work_out: Callable[..., int],
    ) -> None:
        """Prepare to work out codes.

        Args:
            exact: Codes of single hosts; those that only the suffix list knows of are added.
            turns: Names below which other rules hold than above.
            cut: Letters that names below a name may end in, by that name, where rules hang on them.
            tops: Labels that rules want to stand before a public suffix.
            work_out: Gives the code below a name, of all hosts or (``uncut``) of those that end
                in none of these letters.
        """
        super().__init__()
        exact.update(dict.fromkeys(suffix.starting_with(REVERSED), ASK))  # they may be apps
        self._exact = exact
        self._most_exact = len(exact) + MOST_EXACT
        self._cut = {name: tuple(endings) for name, endings in cut.items()}
        self._tops = frozenset(tops)
        self._turns = frozenset((*turns, *cut))
        self._deeper: dict[str, tuple[int, tuple[str, ...]]] = {}
        self._turned: dict[str, int] = {}
        self._suffixes = suffix.rules() if self._tops else {}
        self._work_out = work_out

    def of(self, host: str) -> int:
        """Return the code of a host that is not exact, better than by the name above it alone."""
        above = host.partition(".")[2]
        code = self[above]
        if code != LATER or host in self._exact or above not in self._deeper:
            return code
        uncut, endings = self._deeper[above]
        return code if host.endswith(endings) else uncut

    def __missing__(self, name: str) -> int:
        label, _, above = name.partition(".")
        if not above:
            return self._at_top(name)
        if not label or (len(name) > LONGEST_LABEL and not _fits(name)):
            return ASK
        code, endings = self[above], _NONE
        if above in self._deeper:
            code, endings = self._deeper[above]
        if code == ASK:
            return ASK
        hangs = endings is not _NONE and name.endswith(endings)
        if hangs or name in self._turns or label in self._tops or name in self._suffixes:
            if hangs or name in self._turns or (label in self._tops and _may_end(above)):
                code = self._turn(name)
            return self._prepare(name, code)
        if len(self) >= MOST_NAMES:
            self.clear()
        self[name] = code  # as `_keep` does, but this is where millions of names come by
        return code

    def _keep(self, name: str, code: int) -> int:
        """Remember a code; forget all when they are many."""
        if len(self) >= MOST_NAMES:
            self.clear()
        self[name] = code
        return code

    def _at_top(self, name: str) -> int:
        """Return the code below a last label; `ASK` when it is on no list, as with addresses."""
        if not _TOP(name) or not suffix.exists_on_top(name):
            return ASK
        return self._prepare(name, self._turn(name))

    def _turn(self, name: str) -> int:
        """Work out the code below a name from the rules, once for each name that they have."""
        code = self._turned.get(name)
        if code is None:
            code = self._work_out(name, uncut=False)
            if name in self._cut:
                self._deeper[name] = self._work_out(name, uncut=True), self._cut[name]
            if name in self._turns:
                self._turned[name] = code
        return code

    def _prepare(self, name: str, code: int) -> int:
        """Take out the hosts below a public suffix that rules may mean by their label alone.

        The code is `LATER` when there are new ones: the host asked about may be one of them.
        """
        known = len(self._exact)
        if self._tops and _may_end(name):
            if suffix.starred(name) or known > self._most_exact:
                self._deeper[name] = code, ("",)  # all names below it are worth a second look
            if known > self._most_exact:
                return self._keep(name, LATER)
            for label in self._tops:
                self._exact.setdefault(f"{label}.{name}", LATER)
        self._keep(name, code)
        return code if len(self._exact) == known else LATER


def _may_end(name: str) -> bool:
    """Tell whether a name may be what a rule leaves open at its end: a suffix, or one label."""
    return "." not in name or may_be_suffix(name)


def _fits(name: str) -> bool:
    """Tell whether a long name has short labels only, and room for one more."""
    return len(name) <= _ROOM and max(map(len, name.split("."))) <= LONGEST_LABEL
