"""The scope of one program: rules in, verdicts out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import Literal, Self

from scope.answers import NO_ANSWERS, require
from scope.errors import InvalidTarget
from scope.facts import NO_FACTS, Facts
from scope.quick.entries import Entries
from scope.quick.index import Index
from scope.quick.side import Side
from scope.quick.sieve import Sieve
from scope.rule import Question, Rule
from scope.settings import Settings
from scope.targets.target import normalise
from scope.verdict import Ruling, Verdict
from scope.weighing import account, reasons
from scope.weighing.case import Case
from scope.weighing.claim import Claim
from scope.weighing.mentions import Mentions
from scope.weighing.nearest import Neighbours
from scope.weighing.precedence import weigh
from scope.weighing.settling import State, settle

__all__ = ["NO_ANSWERS", "Scope"]


class Scope:
    """The rules of one program, asked any number of times; each is read when it first matters.

    >>> scope = Scope.from_rules(["*.shop.example"], ["*.dev.shop.example"])
    >>> scope.check("a.dev.shop.example").ruling.value
    'out'
    >>> scope.check("shop.example").nearest
    ('"*.shop.example" covers the names below shop.example, but not shop.example itself.',)

    Attributes:
        settings: How the program wants its rules read.
    """

    def __init__(self, included: Side, excluded: Side, settings: Settings) -> None:
        """Take over two sides; `from_rules` makes them."""
        self.settings = settings
        self._included = Index(included, settings)
        self._excluded = Index(excluded, settings)
        self._neighbours = Neighbours(self._included)

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
            SettingRefused: A setting with a value that it cannot have.
        """
        settings = Settings(wildcard_apex, strict_scheme, out_always_wins)
        return cls(
            Side("in", Entries.of(include), strict_scheme=strict_scheme),
            Side("out", Entries.of(exclude), strict_scheme=strict_scheme),
            settings,
        )

    @cached_property
    def include(self) -> tuple[Rule, ...]:
        """The included rules, as given."""
        return self._included.side.rules()

    @cached_property
    def exclude(self) -> tuple[Rule, ...]:
        """The excluded rules, as given."""
        return self._excluded.side.rules()

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions of all exclusions, each id once."""
        given = self._excluded.side.entries.given.values()
        asked = (question for rule in given for question in rule.unless)
        return tuple({each.id: each for each in asked}.values())

    @cached_property
    def inert(self) -> tuple[Rule, ...]:
        """Rules that decide nothing, such as prose; to be shown, never guessed at."""
        idle = (
            (rule for rule, it in self._included.unclear() if all(p.borrowed for p in it.parts)),
            (rule for rule, it in self._excluded.unclear() if not it.parts),
        )
        return tuple(dict.fromkeys(chain(*idle)))

    @cached_property
    def _hinted(self) -> tuple[Claim, ...]:
        """What the words of exclusions hint at."""
        return tuple(
            Claim(rule, part) for rule, it in self._excluded.unclear() for part in it.hints
        )

    @cached_property
    def _mentions(self) -> Mentions:
        """The rules that leave something to a person."""
        sides = chain(self._included.unclear(), self._excluded.unclear())
        vague = (rule for rule, it in sides if it.vague)
        return Mentions.of(dict.fromkeys((*self.inert, *vague)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Scope):
            return NotImplemented
        return self._given == other._given

    def __hash__(self) -> int:
        return hash(self._given)

    def __repr__(self) -> str:
        counted = f"{len(self._included.side.entries)} in, {len(self._excluded.side.entries)} out"
        return f"<Scope of {counted}>"

    @property
    def _given(self) -> tuple[object, ...]:
        return self.include, self.exclude, self.settings

    def check(
        self,
        target: str,
        *,
        facts: Facts = NO_FACTS,
        answers: Mapping[str, bool] = NO_ANSWERS,
    ) -> Verdict:
        """Say whether a target is in scope; never raises, whatever the target.

        >>> scope = Scope.from_rules([Rule("*.shop.example", when={"tag": "production"})])
        >>> scope.check("a.shop.example").missing
        ('tags',)
        >>> scope.check("a.shop.example", facts=Facts(tags=["Production"])).ruling.value
        'in'

        Args:
            target: A host, URL, address, block, range, ``*.name`` or app, as someone pasted it.
            facts: What is known about it; nothing is ever looked up.
            answers: Answers to the questions of conditional exclusions, by question id.

        Raises:
            AnswerRefused: An answer that is neither True nor False, or to no question of the rules.
        """
        if answers is not NO_ANSWERS:
            require(answers, self.questions)
        try:
            asked = normalise(target)
        except InvalidTarget as error:
            return reasons.refused(error)
        verdict = self._verdict(Case(asked, answers, facts))
        unknown = verdict.ruling is Ruling.UNKNOWN
        nearest = self._neighbours.misses(asked) if unknown else ()
        mentions = tuple(each for each in self._mentions.about(asked) if each != verdict.rule)
        if not nearest and not mentions:
            return verdict
        return replace(verdict, nearest=nearest, mentions=mentions)

    def ruling(self, target: str, *, facts: Facts = NO_FACTS) -> Ruling:
        """Return the ruling of a target, without looking for all there is to say about it."""
        try:
            asked = normalise(target)
        except InvalidTarget:
            return Ruling.INVALID
        return self._verdict(Case(asked, NO_ANSWERS, facts)).ruling

    def sieve(self, *, facts: Facts = NO_FACTS) -> Sieve:
        """Return what gives rulings alone, some fifty times as fast; for filters.

        Args:
            facts: What is known of every target, such as the day.

        >>> sieve = Scope.from_rules(["*.shop.example"]).sieve()
        >>> sieve.ruling("https://www.shop.example/basket").value
        'in'
        """
        return Sieve(self.sides, self.settings, lambda: self, facts)

    @property
    def sides(self) -> tuple[Side, Side]:
        """The included and the excluded rules, filed."""
        return self._included.side, self._excluded.side

    def claims(self, place: int, *, permits: bool) -> tuple[Claim, ...]:
        """Return what the rule at one place of a side claims."""
        return (self._included if permits else self._excluded).claims(place)

    def _hints(self, case: Case) -> Iterator[Claim]:
        """Yield what the words of exclusions hint at, where the facts fit."""
        if case.facts is not NO_FACTS:
            for claim in self._hinted:
                if settle(claim, case.target, case.facts, permits=False) is State.MET:
                    yield claim

    def _verdict(self, case: Case) -> Verdict:
        """Weigh the claims near a target and put the outcome into words."""
        included = self._included.near(case.target)
        excluded = chain(self._excluded.near(case.target), self._hints(case))
        return account.explain(case, weigh(case, included, excluded, self.settings))
