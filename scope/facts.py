"""What the caller knows about a target beyond its text; the engine never looks anything up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is called date

from scope.errors import FactRefused, InvalidTarget


@dataclass(frozen=True, slots=True, init=False)
class Facts:
    """What the caller knows about a target. None means not known; nothing in it, known to be none.

    >>> Facts(ips=["192.0.2.7"]).ips, Facts(ips=["192.0.2.7"]).cnames
    (('192.0.2.7',), None)
    >>> Facts(cnames=["Shop.Example."]).cnames
    ('shop.example',)

    Attributes:
        ips: Addresses the target's name resolves to, each in its normal form.
        cnames: Names its name is an alias of, at any step, each in its normal form.
        tags: Words the program uses for kinds of targets, such as ``production``; in small letters.
        date: The day asked about.

    Raises:
        FactRefused: An address, name, word or day that is none; a fact that was dropped could
            permit what it would have forbidden.
    """

    ips: tuple[str, ...] | None
    cnames: tuple[str, ...] | None
    tags: tuple[str, ...] | None
    date: Date | None

    def __init__(
        self,
        ips: Iterable[str] | None = None,
        cnames: Iterable[str] | None = None,
        tags: Iterable[str] | None = None,
        date: Date | None = None,
    ) -> None:
        listed = (("ips", ips, _ip), ("cnames", cnames, _name), ("tags", tags, _tag))
        for name, given, read in listed:
            if isinstance(given, str) or not isinstance(given, Iterable | None):
                raise _refused(given, f"a list of {name}")
            object.__setattr__(self, name, None if given is None else tuple(map(read, given)))
        if date is not None and type(date) is not Date:
            raise _refused(date, "a day; a time is none")
        object.__setattr__(self, "date", date)


def _ip(text: str) -> str:
    """Return the normal form of one address."""
    from scope.targets import (
        address,  # few callers have facts, and none of the others should wait for it
    )

    found = address.parse(text.strip()) if isinstance(text, str) else None
    if found is None or not found.single:
        raise _refused(text, "an address")
    return str(found)


def _name(text: str) -> str:
    """Return the normal form of one name."""
    from scope.targets import hosts

    try:
        found = hosts.read(text.strip(), url=False) if isinstance(text, str) else None
    except InvalidTarget:
        found = None
    if not isinstance(found, str):
        raise _refused(text, "a name")
    return found


def _tag(text: str) -> str:
    """Return a word in small letters."""
    if not isinstance(text, str) or not text.strip():
        raise _refused(text, "a word")
    return text.strip().casefold()


def _refused(value: object, wanted: str) -> FactRefused:
    """Say what a fact should have been."""
    return FactRefused(
        f"The fact {str(value)[:80]!r} is not {wanted}.",
        hint="Give addresses, names and words as lists of texts, and the day as a date.",
    )


NO_FACTS = Facts()
