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


def warning(rules: "tuple[Rule, ...]", *, strict: bool) -> str:
    """Return what to say about them, a line; empty when there are none.

    Raises:
        Misuse: There are some, and the user asked for strictness.
    """
    if not rules:
        return ""
    from portal.offline import visible

    many = "An excluded rule" if len(rules) == 1 else f"{len(rules)} excluded rules"
    verb = "excludes" if len(rules) == 1 else "exclude"
    named = ", ".join(visible.line(_named(rule)) for rule in rules[:SHOWN])
    more = ", …" if rules[SHOWN:] else ""
    said = f"{many} cannot be read and {verb} nothing: {named}{more}."
    if strict:
        raise Misuse(said, hint="Correct it; `portico scope lint FILE` says how.")
    return f"portico: {said}\n"


def _named(rule: "Rule") -> str:
    """Name a rule by its text and line."""
    return f'"{rule.pattern}"' + (f" (line {rule.line})" if rule.line else "")
