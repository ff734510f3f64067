"""One rule set, written in the form that each tool reads."""

import re
from pathlib import Path

from benchmarks.filtering.rules import RuleSet


def one_list(rules: RuleSet, folder: Path) -> Path:
    """Write one file in which an exclamation mark stands before an exclusion."""
    lines = [*rules.include, *(f"! {rule}" for rule in rules.exclude)]
    return _write(folder / "rules.txt", lines)


def two_lists(rules: RuleSet, folder: Path) -> tuple[Path, Path]:
    """Write one file of included rules and one of excluded."""
    return (
        _write(folder / "include.txt", rules.include),
        _write(folder / "exclude.txt", rules.exclude),
    )


def expressions(rules: RuleSet, folder: Path) -> Path:
    """Write ``.scope``: anchored expressions that mean what our rules mean."""
    lines = [_expression(rule, "[^.]*") for rule in rules.include]
    lines += [f"!{_expression(rule, '.*')}" for rule in rules.exclude]
    return _write(folder / ".scope", lines)


def _expression(rule: str, inner: str) -> str:
    """Turn a rule into an expression; a star that does not open it is ``inner``."""
    opened = ".+" if rule.startswith("*.") else ".*"
    first, *rest = re.escape(rule).split(r"\*")
    stars = [opened if rule.startswith("*") else inner, *[inner] * len(rest)]
    return "^" + first + "".join(star + part for star, part in zip(stars, rest, strict=False)) + "$"


def _write(path: Path, lines: list[str] | tuple[str, ...]) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
    return path
