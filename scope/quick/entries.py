"""Rules as they were given; each becomes a `Rule` only when somebody looks at it.

A file may have forty thousand rules, of which one run of the filter looks at a few hundred.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from scope.errors import RuleRefused

TYPE_CHECKING = False  # as in `typing`, which the filter has no time to load
if TYPE_CHECKING:
    from scope.rule import Rule, Side


class Entries(Sequence["Rule"]):
    """A list of rules, whose texts are there at once and the rules themselves on demand.

    >>> entries = Entries(["*.shop.example"], lines=[7], source="rules.txt")
    >>> entries[0].line, entries[0].source
    (7, 'rules.txt')

    Attributes:
        texts: What each rule says.
        given: The rules that were given as such, by place.
    """

    __slots__ = ("_lines", "_notes", "_source", "given", "texts")

    def __init__(
        self,
        texts: list[str],
        *,
        lines: Sequence[int] = (),
        notes: Mapping[int, str] | None = None,
        given: "Mapping[int, Rule] | None" = None,
        source: str | None = None,
    ) -> None:
        """Keep rules.

        Args:
            texts: What each rule says.
            lines: The line each stands in; empty when they stand in no file.
            notes: Remarks on rules, by place.
            given: Rules that are there already, by place.
            source: Name of the file the lines are in.
        """
        self.texts = texts
        self.given = dict(given or {})
        self._lines = lines
        self._notes = notes or {}
        self._source = source

    @classmethod
    def of(cls, given: "Iterable[str | Rule]") -> "Entries":
        """Return rules that were given as texts, as rules, or as entries already.

        Raises:
            RuleRefused: One text was given instead of a list; its letters are no rules.
        """
        if isinstance(given, Entries):
            return given
        if isinstance(given, str):
            raise RuleRefused(
                "One text is no list of rules.",
                hint="Write [rule], or [rule, another].",
                code="one-text",
            )
        items = tuple(given)
        texts = [each if isinstance(each, str) else each.pattern for each in items]
        rules = {at: each for at, each in enumerate(items) if not isinstance(each, str)}
        return cls(texts, given=rules)

    def rule(self, place: int, side: "Side | None" = None) -> "Rule":
        """Make the rule at one place, and say which side it is on."""
        from dataclasses import replace

        from scope.rule import Rule

        if place in self.given:
            rule = self.given[place]
            return rule if side in (None, rule.side) else replace(rule, side=side)
        line = self._lines[place] if self._lines else None
        note = self._notes.get(place)
        return Rule(self.texts[place], note=note, line=line, source=self._source, side=side)

    def and_also(self, others: "Sequence[Rule]") -> "Entries":
        """Return these rules with others behind them."""
        size = len(self.texts)
        return Entries(
            [*self.texts, *(each.pattern for each in others)],
            lines=self._lines,
            notes=self._notes,
            given={**self.given, **{size + at: each for at, each in enumerate(others)}},
            source=self._source,
        )

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, place: int) -> "Rule":  # type: ignore[override] # one at a time
        return self.rule(range(len(self.texts))[place])

    def __iter__(self) -> "Iterator[Rule]":
        return map(self.rule, range(len(self.texts)))
