"""A scope whose rules are filed but not yet read."""

from functools import cached_property

from scope.quick.entries import Entries
from scope.quick.side import Side
from scope.quick.sieve import Sieve
from scope.settings import Settings

TYPE_CHECKING = False  # as in `typing`, which the filter has no time to load
if TYPE_CHECKING:
    from collections.abc import Iterable

    from scope.engine import Scope
    from scope.facts import Facts
    from scope.rule import Rule

AS_USUAL = Settings()


class Draft:
    """Rules for a filter, which may never need the scope that they make.

    >>> Draft(["*.shop.example"]).sieve().ruling("www.shop.example").value
    'in'

    Attributes:
        settings: How the program wants its rules read.

    Raises:
        RuleRefused: An included rule asks questions or redirects.
    """

    def __init__(
        self,
        include: "Iterable[str | Rule]" = (),
        exclude: "Iterable[str | Rule]" = (),
        settings: Settings = AS_USUAL,
    ) -> None:
        strict = settings.strict_scheme
        self.settings = settings
        self._sides = (
            Side("in", Entries.of(include), strict_scheme=strict),
            Side("out", Entries.of(exclude), strict_scheme=strict),
        )

    @cached_property
    def scope(self) -> "Scope":
        """The scope, made when first asked for."""
        from scope.engine import Scope

        return Scope(*self._sides, self.settings)

    def doubtful(self, *, permits: bool = False) -> "tuple[Rule, ...]":
        """The rules of a side that take more than a look; what nobody can read is among them."""
        side = self._sides[0 if permits else 1]
        return tuple(map(side.rule, side.rest))

    @property
    def dated(self) -> bool:
        """Whether some rule applies on some days only, so that it takes the day to rule."""
        given = (rule for side in self._sides for rule in side.entries.given.values())
        conditions = (rule.condition for rule in given if rule.when)
        return any(each.since or each.until for each in conditions if each)

    def sieve(self, *, facts: "Facts | None" = None) -> Sieve:
        """Return what gives rulings alone.

        Args:
            facts: What is known of every target, such as the day.
        """
        return Sieve(self._sides, self.settings, lambda: self.scope, facts)
