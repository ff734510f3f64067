"""The condition a rule may have: what must be known of a target before the rule applies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scope.errors import RuleRefused

KEYS = ("resolves_to", "not_resolves_to", "cname", "tag", "from", "until")


@dataclass(frozen=True, slots=True)
class When:
    """What must be so before a rule applies; every condition given has to hold.

    Attributes:
        resolves_to: Blocks, of which one holds an address the target resolves to.
        not_resolves_to: Blocks that hold none of these addresses.
        cname: Names with or without a star, of which one fits an alias of the target.
        tag: Words, of which one is said of the target.
        since: First day on which the rule applies.
        until: Last day on which it applies.
    """

    resolves_to: tuple[str, ...] = ()
    not_resolves_to: tuple[str, ...] = ()
    cname: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    @classmethod
    def read(cls, given: Mapping[str, object]) -> "When":
        """Read a condition as programs write it: `KEYS`, each a text, a list of texts or a day.

        >>> When.read({"resolves_to": "192.0.2.0/24", "until": "2027-01-31"}).until
        datetime.date(2027, 1, 31)

        Raises:
            RuleRefused: An unknown key, or a value that cannot be read (``bad-condition``).
        """
        unknown = sorted(set(given) - set(KEYS))
        if unknown:
            raise _refused(f"A rule has no condition {unknown[0]!r}.")
        lists = {key: _texts(key, given[key]) for key in KEYS[:4] if key in given}
        days = {key: _day(key, given.get(key)) for key in KEYS[4:]}
        return cls(**lists, since=days["from"], until=days["until"])


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


def _refused(message: str) -> RuleRefused:
    """Say what a condition may be."""
    return RuleRefused(
        message,
        hint=f"Use {', '.join(KEYS)}: texts or lists of texts, and days such as 2027-01-31.",
        code="bad-condition",
    )
