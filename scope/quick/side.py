"""The rules of one side, filed as far as one look at each allows."""

from bisect import insort
from collections.abc import Iterator
from itertools import compress, count

from scope.errors import RuleRefused
from scope.quick import bulk, glance
from scope.quick.entries import Entries

TYPE_CHECKING = False  # as in `typing`, which the filter has no time to load
if TYPE_CHECKING:
    from scope.rule import Rule
    from scope.rule import Side as Name

Places = dict[str, int | list[int]]  # most names have one rule; a list for each would take 3 MiB


class Side:
    """The included or the excluded rules of a scope.

    Attributes:
        name: ``in`` or ``out``.
        entries: The rules, as given.
        hosts: The places of rules that mean one whole host, by that host.
        addresses: The places of rules that mean one whole IPv4 address, by that address.
        bases: The places of rules that mean all names below one, by that name.
        starred: The places of rules that are names with stars elsewhere.
        apart: The places of rules about one name that may be an app, or is in foreign letters.
        rest: The places of rules that have to be read in full.

    Raises:
        RuleRefused: An included rule asks questions or redirects.
    """

    __slots__ = ("addresses", "apart", "bases", "entries", "hosts", "name", "rest", "starred")

    def __init__(self, name: "Name", entries: Entries, *, strict_scheme: bool = False) -> None:
        self.name = name
        self.entries = entries
        self.hosts: Places = {}
        self.addresses: Places = {}
        self.bases: Places = {}
        self.starred: list[int] = []
        self.apart: list[int] = []
        self.rest: list[int] = []
        if name == "in":
            for rule in entries.given.values():
                _require_plain(rule)
        more = {place for place, rule in entries.given.items() if _more(rule)}
        others = sorted({*bulk.others(entries.texts), *more})
        self._file_hosts(others)
        for place in others:
            self._look(place, strict_scheme=strict_scheme, more=place in more)

    def rule(self, place: int) -> "Rule":
        """Make the rule at one place."""
        return self.entries.rule(place, self.name)

    def rules(self) -> "tuple[Rule, ...]":
        """Make all rules."""
        return tuple(map(self.rule, range(len(self.entries))))

    def odd(self) -> list[int]:
        """Return the places of rules that are not plain, in their order."""
        return sorted((*self.starred, *self.apart, *self.rest))

    def _file_hosts(self, others: list[int]) -> None:
        """File the rules that are plainly a host, which are all but the others."""
        texts = self.entries.texts
        chosen = bytearray(b"\1") * len(texts)
        for place in others:
            chosen[place] = 0
        self.hosts.update(zip(compress(texts, chosen), compress(count(), chosen), strict=True))
        if len(self.hosts) + len(others) == len(texts):
            return
        self.hosts.clear()  # some are there more than once
        for place in compress(count(), chosen):
            _add(self.hosts, texts[place], place)

    def _look(self, place: int, *, strict_scheme: bool, more: bool) -> None:
        """File a rule by itself; what has more to it than its text is read in full."""
        text = self.entries.texts[place]
        found = None if more else glance.whole(text, strict_scheme=strict_scheme)
        if found:
            _add(self.bases if found[0] else self.hosts, found[1], place)
        elif more or not text.isascii():
            self.rest.append(place)
        elif glance.ADDRESS(text):
            _add(self.addresses, text, place)
        elif glance.apart(text):
            self.apart.append(place)
        else:
            (self.starred if glance.starred(text) else self.rest).append(place)


def places(shelf: Places, name: str) -> Iterator[int]:
    """Go through the places filed under a name."""
    found = shelf.get(name)
    if isinstance(found, int):
        yield found
    elif found:
        yield from found


def _add(shelf: Places, name: str, place: int) -> None:
    """File a place under a name, besides those that are there, in rising order."""
    others = shelf.setdefault(name, place)
    if isinstance(others, list):
        insort(others, place)
    elif others != place:
        shelf[name] = sorted((others, place))


def _require_plain(rule: "Rule") -> None:
    """Refuse an included rule that has what only an exclusion can have."""
    if rule.unless or rule.redirect:
        raise RuleRefused(
            f"The included rule {rule.pattern!r} has questions or a redirect.",
            hint="Only an excluded rule can ask questions or send reports elsewhere.",
            code="condition-on-permit",
        )


def _more(rule: "Rule") -> bool:
    """Tell whether a rule has more to it than its text: questions, a condition, a confirmation."""
    return bool(rule.unless or rule.confirmed or rule.when is not None)
