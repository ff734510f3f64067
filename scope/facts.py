"""What the caller knows about a target beyond its text; the engine never looks anything up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is called date


@dataclass(frozen=True, slots=True, init=False)
class Facts:
    """What the caller knows about a target. None means not known; nothing in it, known to be none.

    >>> Facts(ips=["192.0.2.7"]).ips, Facts(ips=["192.0.2.7"]).cnames
    (('192.0.2.7',), None)

    Attributes:
        ips: Addresses the target's name resolves to.
        cnames: Names its name is an alias of, at any step.
        tags: Words the program uses for kinds of targets, such as ``production``.
        date: The day asked about.
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
        for name, value in (("ips", ips), ("cnames", cnames), ("tags", tags)):
            object.__setattr__(self, name, None if value is None else tuple(value))
        object.__setattr__(self, "date", date)


NO_FACTS = Facts()
