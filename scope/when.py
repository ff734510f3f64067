"""The condition a rule may have: what must be known of a target before the rule applies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from scope.errors import InvalidTarget, RuleRefused

if TYPE_CHECKING:
    from scope.places.addresses import Addresses
    from scope.weighing.conditions import Aliased, Condition

KEYS = ("resolves_to", "not_resolves_to", "cname", "tag", "from", "until")


@dataclass(frozen=True, slots=True)
class When:
    """What must be so before a rule applies; every condition given has to hold.

    Attributes:
        resolves_to: Blocks. A permit needs every address the target resolves to in one of them;
            for an exclusion one address is enough.
        not_resolves_to: Blocks. A permit needs every address outside of all of them; for an
            exclusion one address outside is enough.
        cname: Names with or without a star, of which one fits an alias of the target.
        tag: Words, of which one is said of the target.
        since: First day on which the rule applies.
        until: Last day on which it applies.

    Raises:
        RuleRefused: A block or name that cannot be read, no condition at all, or a last day before
            the first (``bad-condition``).
    """

    resolves_to: tuple[str, ...] = ()
    not_resolves_to: tuple[str, ...] = ()
    cname: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        for key in KEYS[:4]:
            given = getattr(self, key)
            object.__setattr__(self, key, _texts(key, given) if given else ())
        object.__setattr__(self, "since", _day("from", self.since))
        object.__setattr__(self, "until", _day("until", self.until))
        if not self.conditions():
            raise _refused("The condition asks for nothing.")
        if self.since and self.until and self.since > self.until:
            raise _refused(f"The condition ends on {self.until}, before it begins on {self.since}.")

    @classmethod
    def read(cls, given: Mapping[str, object]) -> "When":
        """Read a condition as programs write it: `KEYS`, each a text, a list of texts or a day.

        >>> When.read({"resolves_to": "192.0.2.0/24", "until": "2027-01-31"}).until
        datetime.date(2027, 1, 31)

        Raises:
            RuleRefused: An unknown key, or a value that cannot be read (``bad-condition``).
        """
        unknown = sorted(map(str, set(given) - set(KEYS)))
        if unknown:
            raise _refused(f"A rule has no condition {unknown[0]!r}.")
        lists = {key: _texts(key, given[key]) for key in KEYS[:4] if key in given}
        days = {key: _day(key, given.get(key)) for key in KEYS[4:]}
        return cls(**lists, since=days["from"], until=days["until"])

    def lists(self) -> dict[str, tuple[str, ...]]:
        """Return the conditions that are lists of texts, by their keys, without the empty ones."""
        return {key: found for key in KEYS[:4] if (found := getattr(self, key))}

    def to_dict(self) -> dict[str, Any]:
        """Return what `read` reads, as plain values that `json` can write.

        >>> When(tag=("staging",), since=date(2027, 1, 1)).to_dict()
        {'tag': ['staging'], 'from': '2027-01-01'}
        """
        days = {"from": self.since, "until": self.until}
        lists = {key: list(texts) for key, texts in self.lists().items()}
        return {**lists, **{key: day.isoformat() for key, day in days.items() if day}}

    def conditions(self, *, apex: bool = False) -> "tuple[Condition, ...]":
        """Return the conditions, read.

        Args:
            apex: A ``*.name`` among the aliases also means the name itself.
        """
        return tuple(self._each(apex=apex))

    def _each(self, *, apex: bool) -> "Iterator[Condition]":
        """Yield the conditions one after the other."""
        from scope.weighing import (
            conditions,  # few rules have any, and the others should not wait for it
        )

        if self.resolves_to:
            yield conditions.Resolved(tuple(map(_block, self.resolves_to)))
        if self.not_resolves_to:
            yield conditions.Resolved(tuple(map(_block, self.not_resolves_to)), outside=True)
        if self.cname:
            yield _aliased(self.cname, apex=apex)
        if self.tag:
            yield conditions.Tagged(frozenset(each.strip().casefold() for each in self.tag))
        if self.since or self.until:
            yield conditions.Dated(self.since, self.until)


def _texts(key: str, value: object) -> tuple[str, ...]:
    """Read one text or a list of texts."""
    listed = [value] if isinstance(value, str) else value
    if isinstance(listed, list | tuple) and listed:
        texts = tuple(each for each in listed if isinstance(each, str) and each.strip())
        if len(texts) == len(listed):
            return texts
    raise _refused(f"The condition {key!r} is not a text or a list of texts.")


def _day(key: str, value: object) -> date | None:
    """Read a day, written or as a date."""
    try:
        if value is None or (isinstance(value, date) and type(value) is date):
            return value
        return date.fromisoformat(value) if isinstance(value, str) else _no_day(key)
    except ValueError:
        return _no_day(key)


def _no_day(key: str) -> date:
    raise _refused(f"The condition {key!r} is not a day.")


def _block(text: str) -> "Addresses":
    """Read an address, block or range of a condition."""
    from scope.targets import address

    found = address.parse(text.strip())
    if found is None:
        raise _refused(f"{text[:80]!r} is no address, block or range.")
    return found


def _aliased(texts: tuple[str, ...], *, apex: bool) -> "Aliased":
    """Read the names of a condition; a star means what it means in a rule.

    The rule's own pattern says whose names it is about, so a star before a public suffix, where
    providers put the names of their customers, needs no confirmation here.
    """
    from scope.places import stars
    from scope.targets import hosts
    from scope.weighing.conditions import Aliased

    found = []
    for text in texts:
        try:
            name = hosts.read(text.strip(), url=False, stars=True)
        except InvalidTarget:
            name = None
        if not isinstance(name, str) or "." not in name:
            raise _refused(f"{text[:80]!r} is no name.")
        found.append(stars.read(name, apex=apex, confirmed=True))
    return Aliased(
        sure=tuple(each.narrow for each in found if each.narrow),
        wide=tuple(each.wide for each in found),
    )


def _refused(message: str) -> RuleRefused:
    """Say what a condition may be."""
    return RuleRefused(
        message,
        hint=f"Use {', '.join(KEYS)}: texts or lists of texts, and days such as 2027-01-31.",
        code="bad-condition",
    )
