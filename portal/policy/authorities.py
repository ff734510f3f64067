"""What a policy says about notices to authorities, and which laws it lives under."""

from dataclasses import dataclass
from typing import Final

from portal.policy.legal import rulebook
from portal.policy.reading import Table

# Laws that a pack may name: those whose time limits the portal can reckon with.
REGIMES: Final = tuple(rulebook().regimes)


@dataclass(frozen=True, slots=True)
class Authorities:
    """When authorities hear of a report.

    Attributes:
        text: In words.
        regimes: Laws whose time limits staff are shown, some of `REGIMES`; empty: none is named.
        decision: A case in which data was exposed closes only after staff have recorded whether
            it has to be notified, and why.
    """

    text: str
    regimes: tuple[str, ...] = ()
    decision: bool = False


def read(pack: Table) -> Authorities | None:
    """Return what ``[authorities]`` says, or None when the policy does not say."""
    table = pack.table("authorities")
    if table is None:
        return None
    with table:
        return Authorities(
            text=table.prose("text"),
            regimes=table.some("regimes", REGIMES),
            decision=table.flag("decision", default=False),
        )
