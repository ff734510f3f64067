"""Where the rules of a command come from, and how they are read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CHECK = ("scope", "check")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "no rules"),
        (("--rules", "FILE", "--url", "https://report.example"), "--rules or from --url"),
        (("--in", "shop.example", "--from", "text"), "--from is the format"),
        (("--url", "https://report.example", "--wildcard-apex"), "says itself"),
        (("--program", "shop", "--out-always-wins"), "says itself"),
    ],
)
def test_a_gate_does_not_guess(
    words: tuple[str, ...], said: str, rules: str, portico: Callable[..., Any]
) -> None:
    """Without rules, or with options that contradict each other, there is no ruling at all."""
    filled = [rules if word == "FILE" else word for word in words]
    answered = portico(*CHECK, *filled, "www.shop.example")
    assert (answered.code, answered.out) == (2, "")
    assert said in answered.err


@pytest.mark.parametrize(
    ("rule", "switch", "target", "without", "with_it"),
    [
        ("*.shop.example", "--wildcard-apex", "shop.example", 3, 0),
        ("https://shop.example", "--strict-scheme", "http://shop.example", 0, 3),
    ],
)
def test_the_reading_can_be_switched(
    rule: str, switch: str, target: str, without: int, with_it: int, portico: Any
) -> None:
    """Each switch does what it says."""
    assert portico(*CHECK, "--in", rule, target).code == without
    assert portico(*CHECK, "--in", rule, switch, target).code == with_it


def test_exclusions_can_be_made_to_win(portico: Callable[..., Any]) -> None:
    """A smaller included rule inside an exclusion counts, unless told otherwise."""
    words = (*CHECK, "--in", "app.shop.example", "--out", "*.shop.example", "app.shop.example")
    assert portico(*words).code == 0
    assert portico(*words, "--out-always-wins").code == 1


def test_the_command_adds_to_a_file(rules: str, portico: Callable[..., Any]) -> None:
    """Rules of the command stand beside those of the file, and say where they stand."""
    words = (*CHECK, "--rules", rules, "--out", "www.shop.example", "--explain")
    answered = portico(*words, "www.shop.example")
    assert answered.code == 1
    assert 'decided by: "www.shop.example" (excluded, --out)' in answered.out


def test_a_file_may_be_in_another_format(
    tmp_path: Path, scope_json: str, portico: Callable[..., Any]
) -> None:
    """A portal's scope, saved, is told by its content or by --from; its settings count."""
    path = tmp_path / "scope.json"
    path.write_text(scope_json, encoding="utf-8")
    for more in ((), ("--from", "portico"), ("--program", "the shop")):
        assert portico(*CHECK, "--rules", str(path), *more, "shop.example").code == 0
    assert portico(*CHECK, "--rules", str(path), "--from", "nothing", "shop.example").code == 2


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("[2001:db8::1]:8443\n", "[2001:db8::1]:8443"),
        ("{a,b}.shop.example\n", "b.shop.example"),
        ("<handle>.shop.example\nshop.example\n", "shop.example"),
        ("http://shop.example\n", "shop.example"),
    ],
)
def test_odd_starts_of_rules_are_still_rules(
    text: str, target: str, tmp_path: Path, portico: Callable[..., Any]
) -> None:
    """A text file that starts with a bracket is not taken for something else."""
    path = tmp_path / "rules.txt"
    path.write_text(text, encoding="utf-8")
    assert portico(*CHECK, "--rules", str(path), target).code == 0


@pytest.mark.parametrize(
    "text",
    [
        '["old.shop.example",\n"www.shop.example"]',
        '\n{\n "out_of_scope": [\n"old.shop.example"\n]}',
        '<?xml version="1.0"?>\n<out>\nold.shop.example\n</out>',
        "<configuration>\nold.shop.example\n",
        "---\nexclude:\n- old.shop.example\n",
        "exclude:\n- old.shop.example\n",
        "identifier,eligible\nold.shop.example,false\n",
        "^www\\.shop\\.example$\nold.shop.example\n",
    ],
)
def test_a_file_of_another_kind_is_not_read_as_rules(
    text: str, tmp_path: Path, portico: Callable[..., Any]
) -> None:
    """Line by line, the exclusions in it would permit: it is asked for the format instead."""
    path = tmp_path / "rules.txt"
    path.write_text(text, encoding="utf-8")
    answered = portico(*CHECK, "--rules", str(path), "old.shop.example")
    assert (answered.code, answered.out) == (2, "")
    assert "--from" in answered.err


def test_the_second_file_of_a_pair_is_no_list_of_permits(tmp_path: Path, portico: Any) -> None:
    """One tool keeps exclusions in a file of their own: read with its partner, they exclude."""
    inside, outside = tmp_path / "shop.inscope", tmp_path / "shop.noscope"
    inside.write_text("*.shop.example\n", encoding="utf-8")
    outside.write_text("old.shop.example\n", encoding="utf-8")
    for path in (inside, outside):
        assert portico(*CHECK, "--rules", str(path), "old.shop.example").code == 1
        assert portico(*CHECK, "--rules", str(path), "www.shop.example").code == 0
