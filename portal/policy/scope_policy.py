"""What a policy covers: its rules, and what becomes of reports about anything else."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from portal.policy import scope_when
from portal.policy.reading import Table
from scope import Question, Redirect, Rule, Scope, ScopeError, reading
from scope.settings import Settings

OnOut = Literal["take", "refuse"]
ON_OUT: Final[tuple[OnOut, ...]] = ("take", "refuse")
Apex = Literal["exclude", "include"]
SOURCE: Final = "policy"  # where a rule says it is from; its line is that in the pack
APEX: Final[tuple[Apex, ...]] = ("exclude", "include")


@dataclass(frozen=True, slots=True)
class ScopePolicy:
    """The scope as a policy states it.

    Attributes:
        scope: Decides about targets.
        include: Rules that permit, as written.
        exclude: Rules that forbid, as written.
        text: The scope in words, or None.
        on_out: Whether a report about an excluded target is taken (and marked) or refused.
        ask: What someone should do whose target the rules do not mention, or None.
        uses_paths: Whether any rule looks at paths, so that a path has to be asked for.
    """

    scope: Scope
    include: tuple[Rule, ...]
    exclude: tuple[Rule, ...]
    text: str | None = None
    on_out: OnOut = "take"
    ask: str | None = None
    uses_paths: bool = False


def read(pack: Table) -> ScopePolicy:
    """Return what ``[scope]`` says; without it no rule decides anything."""
    table = pack.table("scope")
    if table is None:
        return ScopePolicy(Scope.from_rules(include=[], exclude=[]), (), ())
    with table:
        taken: set[str] = set()
        asked: dict[str, str] = {}
        permits = [_included(one, taken) for one in table.tables("in")]
        refusals = [_excluded(one, taken, asked) for one in table.tables("out")]
        include, exclude = _named(permits, "in", taken), _named(refusals, "out", taken)
        return ScopePolicy(
            scope=_scope(table, include, exclude),
            include=include,
            exclude=exclude,
            text=table.maybe_prose("text"),
            on_out=table.choice("on_out", ON_OUT, "take"),
            ask=table.maybe_prose("ask"),
            uses_paths=any(map(looks_at_paths, include + exclude)),
        )


def _named(rules: list[Rule], side: str, taken: set[str]) -> tuple[Rule, ...]:
    """Return the rules, each with an id: receipts and verdicts name the rule that decided by it."""
    named = []
    for number, rule in enumerate(rules, start=1):
        name = rule.id or f"{side}-{number}"
        while rule.id is None and name in taken:
            name += "x"
        taken.add(name)
        named.append(replace(rule, id=name))
    return tuple(named)


def _scope(table: Table, include: tuple[Rule, ...], exclude: tuple[Rule, ...]) -> Scope:
    """Return the scope, with the readings the policy chose."""
    return Scope.from_rules(
        include=[rule for rule in include if rule.pattern],
        exclude=[rule for rule in exclude if rule.pattern],
        wildcard_apex=table.choice("wildcard_apex", APEX, "exclude"),
        strict_scheme=table.flag("strict_scheme", default=False),
        out_always_wins=table.flag("out_always_wins", default=False),
    )


def _included(table: Table, taken: set[str]) -> Rule:
    """Read a rule of ``[[scope.in]]``."""
    with table:
        return Rule(
            pattern=_pattern(table),
            id=table.maybe_id(taken),
            note=table.maybe_prose("note"),
            reward=table.flag("reward", default=True),
            confirmed=table.flag("confirmed", default=False),
            when=scope_when.read(table),
            line=table.number,
            source=SOURCE,
            side="in",
        )


def _excluded(table: Table, taken: set[str], asked: dict[str, str]) -> Rule:
    """Read a rule of ``[[scope.out]]``."""
    with table:
        return Rule(
            pattern=_pattern(table),
            id=table.maybe_id(taken),
            note=table.maybe_prose("note"),
            redirect=_redirect(table),
            unless=_questions(table, asked),
            when=scope_when.read(table),
            line=table.number,
            source=SOURCE,
            side="out",
        )


def _names_a_target(pattern: str) -> bool:
    """Tell whether a pattern can be read as it stands; a guess at a slip of the pen is none."""
    read = reading.read(Rule(pattern), Settings())
    return bool(read.parts) and all(found.code != "misspelt" for found in read.findings)


def _pattern(table: Table) -> str:
    """Return a pattern that means something; words that name nothing belong in ``text``."""
    pattern = table.line("pattern")
    if pattern and not _names_a_target(pattern):
        hint = "Write a host, *.host, URL, address block or app id; words belong in scope.text."
        table.note("pattern", f"{pattern!r} names no target, so it would decide nothing.", hint)
    return pattern


def looks_at_paths(rule: Rule) -> bool:
    """Tell whether a rule covers a part of a site only."""
    parts = reading.read(rule, Settings()).parts
    return any(part.wide.paths is not None or part.wide.query for part in parts)


def _redirect(table: Table) -> Redirect | None:
    """Read ``redirect = { vendor, address }``."""
    inner = table.table("redirect")
    if inner is None:
        return None
    with inner:
        vendor, address = inner.line("vendor"), inner.line("address")
        try:
            return Redirect(vendor, address) if address else None
        except ScopeError as error:
            inner.note("address", error.message, error.hint)
            return None


def _questions(table: Table, asked: dict[str, str]) -> tuple[Question, ...]:
    """Read ``unless = [{ id, text }]``: of these, one yes lifts the exclusion."""
    return tuple(_question(one, asked) for one in table.tables("unless"))


def _question(table: Table, asked: dict[str, str]) -> Question:
    """Read one question; several rules may ask the same, and then one answer serves them all."""
    with table:
        question = Question(table.id(set()), table.line("text"))
        if asked.setdefault(question.id, question.text) != question.text:
            message = f"The question {question.id!r} is asked in two different ways."
            table.note("text", message, "Use the same words, or another id.")
        return question
