"""Exclusions that nobody can read: they exclude nothing, and that must not go unnoticed."""

from portal.commands.scope.misuse import Misuse
from scope.quick.draft import Draft

TYPE_CHECKING = False  # as in `typing`, which the filter has no time to load
if TYPE_CHECKING:
    from scope.rule import Rule

SHOWN = 3  # rules named in a warning


def exclusions(draft: Draft) -> "tuple[Rule, ...]":
    """Return the excluded rules that were meant to name a target and cannot be read.

    Sentences are none of them: many programs exclude kinds of findings in words, and those are
    kept. A single word, or a name with blacked-out parts, was meant to name something.
    """
    doubtful = draft.doubtful()
    if not doubtful:
        return ()
    from scope.reading import read  # few files have such rules, and all others need not wait

    idle = [rule for rule in doubtful if not read(rule, draft.settings).parts]
    if not idle:
        return ()
    from scope.lint import lint

    bad = {found.rule for found in lint((), idle) if found.grade == "error"}
    return tuple(rule for rule in idle if rule in bad or len(rule.pattern.split()) == 1)


def require(draft: Draft) -> None:
    """Make sure that the rules have nothing at which `portico scope lint --strict` stops.

    Raises:
        Misuse: They have; the first few are named.
    """
    permits, excludes = draft.doubtful(permits=True), draft.doubtful()
    if not (permits or excludes):
        return
    from scope.lint import strict

    rules = tuple(
        dict.fromkeys(each.rule for each in strict.stops(permits, excludes, draft.settings))
    )
    if rules:
        many = "A rule" if len(rules) == 1 else f"{len(rules)} rules"
        raise Misuse(
            f"{many} cannot be relied on: {_listed(rules)}.",
            hint="Correct it; `portico scope lint --strict FILE` says how.",
        )


def warning(rules: "tuple[Rule, ...]") -> str:
    """Return what to say about exclusions that nobody can read, a line; empty without any."""
    if not rules:
        return ""
    many = "An excluded rule" if len(rules) == 1 else f"{len(rules)} excluded rules"
    verb = "excludes" if len(rules) == 1 else "exclude"
    return f"portico: {many} cannot be read and {verb} nothing: {_listed(rules)}.\n"


def _listed(rules: "tuple[Rule, ...]") -> str:
    """Name the first of some rules."""
    from portal.offline import visible

    named = ", ".join(visible.line(_named(rule)) for rule in rules[:SHOWN])
    return named + (", …" if rules[SHOWN:] else "")


def _named(rule: "Rule") -> str:
    """Name a rule by its text and line."""
    return f'"{rule.pattern}"' + (f" (line {rule.line})" if rule.line else "")
