"""The scope of one program: rules in, verdicts out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, Self

from scope import nearest, reasons
from scope.claim import Claim
from scope.errors import InvalidTarget, RuleRefused
from scope.index import Index
from scope.names import Names
from scope.precedence import weigh
from scope.reading import read
from scope.rule import Rule
from scope.settings import Settings
from scope.sieve import Sieve
from scope.target import Target, normalise
from scope.verdict import Ruling, Verdict

NO_ANSWERS: Mapping[str, bool] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Scope:
    """The rules of one program, read once and then asked any number of times.

    >>> scope = Scope.from_rules(["*.shop.example"], ["*.dev.shop.example"])
    >>> scope.check("a.dev.shop.example").ruling.value
    'out'
    >>> scope.check("shop.example").nearest
    ('"*.shop.example" covers the names below shop.example, but not shop.example itself.',)

    Attributes:
        include: The included rules, as given.
        exclude: The excluded rules, as given.
        settings: How the program wants them read.
        inert: Rules that decide nothing, such as prose; to be shown, never guessed at.
    """

    include: tuple[Rule, ...]
    exclude: tuple[Rule, ...]
    settings: Settings = field(default_factory=Settings)
    inert: tuple[Rule, ...] = ()
    _included: Index = field(default_factory=Index, repr=False, compare=False)
    _excluded: Index = field(default_factory=Index, repr=False, compare=False)

    @classmethod
    def from_rules(
        cls,
        include: Iterable[str | Rule] = (),
        exclude: Iterable[str | Rule] = (),
        *,
        wildcard_apex: Literal["exclude", "include"] = "exclude",
        strict_scheme: bool = False,
        out_always_wins: bool = False,
    ) -> Self:
        """Read the rules of a program; their order plays no part.

        Args:
            include: What may be tested; a text stands for a rule with nothing added.
            exclude: What may not.
            wildcard_apex: Whether ``*.shop.example`` also means ``shop.example``.
            strict_scheme: Whether ``https://`` in a rule leaves out ``http://``.
            out_always_wins: Whether an exclusion beats a smaller included rule inside it.

        Raises:
            RuleRefused: An included rule asks questions or redirects.
        """
        settings = Settings(wildcard_apex, strict_scheme, out_always_wins)
        included, excluded = _rules(include), _rules(exclude)
        permits = {rule: _claims(rule, settings) for rule in map(_plain, included)}
        bars = {rule: _claims(rule, settings) for rule in excluded}
        idle = [rule for rule in permits if all(each.part.borrowed for each in permits[rule])]
        return cls(
            include=included,
            exclude=excluded,
            settings=settings,
            inert=(*idle, *(rule for rule in bars if not bars[rule])),
            _included=Index.of(claim for claims in permits.values() for claim in claims),
            _excluded=Index.of(claim for claims in bars.values() for claim in claims),
        )

    def check(self, target: str, *, answers: Mapping[str, bool] = NO_ANSWERS) -> Verdict:
        """Say whether a target is in scope; never raises, whatever the text.

        Args:
            target: A host, URL, address, block, range, ``*.name`` or app, as someone pasted it.
            answers: Answers to the questions of conditional exclusions, by question id.
        """
        try:
            asked = normalise(target)
        except InvalidTarget as error:
            return reasons.refused(error)
        verdict = self._verdict(
            asked, self._included.near(asked), self._excluded.near(asked), answers
        )
        if verdict.ruling is not Ruling.UNKNOWN:
            return verdict
        return replace(verdict, nearest=nearest.misses(asked, self._included))

    def sieve(self) -> Sieve:
        """Return what gives rulings alone, some fifty times as fast; for filters.

        >>> sieve = Scope.from_rules(["*.shop.example"]).sieve()
        >>> sieve.ruling("https://www.shop.example/basket").value
        'in'
        """
        return Sieve(
            self._included, self._excluded, lambda text: self.check(text).ruling, self._judge
        )

    def _judge(self, name: str, included: list[Claim], excluded: list[Claim]) -> Ruling:
        """Return the ruling of a name on which only the given claims can bear."""
        return self._verdict(Target(Names(name)), included, excluded, NO_ANSWERS).ruling

    def _verdict(
        self,
        asked: Target,
        included: Iterable[Claim],
        excluded: Iterable[Claim],
        answers: Mapping[str, bool],
    ) -> Verdict:
        """Weigh the claims near a target and put the outcome into words."""
        standing = weigh(asked, included, excluded, answers=answers, settings=self.settings)
        return reasons.explain(asked, standing, answers)


def _rules(given: Iterable[str | Rule]) -> tuple[Rule, ...]:
    """Turn texts into rules."""
    return tuple(Rule(each) if isinstance(each, str) else each for each in given)


def _plain(rule: Rule) -> Rule:
    """Refuse an included rule that has what only an exclusion can have."""
    if rule.unless or rule.redirect:
        raise RuleRefused(
            f"The included rule {rule.pattern!r} has questions or a redirect.",
            hint="Only an excluded rule can ask questions or send reports elsewhere.",
            code="condition-on-permit",
        )
    return rule


def _claims(rule: Rule, settings: Settings) -> list[Claim]:
    """Read a rule into its claims."""
    return [Claim(rule, part) for part in read(rule, settings).parts]
