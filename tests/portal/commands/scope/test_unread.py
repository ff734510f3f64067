"""Exclusions that nobody can read are never dropped in silence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CHECK = ("scope", "check")


@pytest.fixture
def broken(tmp_path: Path) -> str:
    """Rules of which one exclusion is a slip of the pen, and one is prose."""
    path = tmp_path / "rules.txt"
    path.write_text("*.shop.example\n! foo/bar:\n! Denial of service\n", encoding="utf-8")
    return str(path)


def test_a_warning_names_them(broken: str, portico: Callable[..., Any]) -> None:
    """The ruling stands, and the rule that excludes nothing is named with its line."""
    said = portico(*CHECK, "--rules", broken, "www.shop.example")
    assert said.code == 0
    expected = 'An excluded rule cannot be read and excludes nothing: "foo/bar:" (line 2).'
    assert said.err == f"portico: {expected}\n"


def test_strictness_refuses_to_rule(broken: str, portico: Callable[..., Any]) -> None:
    """With --strict nothing is in scope by such rules, for one target as for many."""
    for targets in (("www.shop.example",), ("www.shop.example", "a.shop.example")):
        said = portico(*CHECK, "--rules", broken, "--strict", *targets)
        assert (said.code, said.out) == (2, "")
        assert "portico scope lint" in said.err


def test_readable_rules_are_no_matter(rules: str, portico: Callable[..., Any]) -> None:
    """Nothing is said, strict or not."""
    said = portico(*CHECK, "--rules", rules, "--strict", "www.shop.example")
    assert (said.code, said.err) == (0, "")


def test_a_long_list_is_cut(portico: Callable[..., Any]) -> None:
    """A file that was damaged throughout gives one line, not a thousand."""
    many = [word for number in range(9) for word in ("--out", f"foo{number}/bar:\x1b")]
    said = portico(*CHECK, "--in", "*.shop.example", *many, "www.shop.example")
    assert said.err.startswith("portico: 9 excluded rules cannot be read and exclude nothing: ")
    assert said.err.endswith(", ….\n")
    assert "\x1b" not in said.err


@pytest.mark.parametrize(
    "rule",
    ["! foo/bar:", "! Denial of service", "! a..shop.com", "/p2p", "a..shop.com", "! 192.0.2.0/24"],
)
def test_lint_and_check_are_strict_about_the_same(
    rule: str, tmp_path: Path, portico: Callable[..., Any]
) -> None:
    """What lint --strict calls an error, check --strict stops at, prose too; and nothing else."""
    path = tmp_path / "rules.txt"
    path.write_text(f"*.shop.com\n{rule}\n", encoding="utf-8")
    linted = portico("scope", "lint", "--strict", str(path))
    checked = portico(*CHECK, "--rules", str(path), "--strict", "www.shop.com")
    stops = rule != "! 192.0.2.0/24"
    assert (linted.code == 1, checked.code == 2) == (stops, stops)
