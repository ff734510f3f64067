"""The lists of the benchmark: the same every time, of the sizes it promises, fair to every tool."""

import re
from pathlib import Path

import pytest

from benchmarks.filtering import agreement, rulefiles, targets
from benchmarks.filtering.bouts import Bout
from benchmarks.filtering.rules import SIZES, rule_set
from scope import Ruling, Scope

LINES = 2_000


@pytest.fixture(name="lists")
def real_lists(tmp_path: Path) -> Path:
    """A folder in the shape of the bounty-targets-data project."""
    folder = tmp_path / "lists"
    folder.mkdir()
    hosts = [f"h{number}.shop.example" for number in range(60)]
    stars = [f"*.s{number}.shop.example" for number in range(40)]
    (folder / "domains.txt").write_text("\n".join([*hosts, "Not one", "a_b.example"]))
    (folder / "wildcards.txt").write_text("\n".join([*stars, "*.shop.example/path"]))
    entry = '{"targets": {"out_of_scope": [{"target": "https://old.shop.example/"}]}}'
    (folder / "some_data.json").write_text(f"[{entry}]")
    return folder


@pytest.mark.parametrize("name", ["a", "b"])
def test_a_rule_set_is_always_the_same_one(name: str) -> None:
    """Two runs measure the same rules, nearly as many as promised: doubles are left out."""
    rules = rule_set(name, None)
    assert rules == rule_set(name, None)
    assert abs(len(rules.include) - SIZES[name][0]) < SIZES[name][0] / 20
    assert abs(len(rules.exclude) - SIZES[name][1]) <= SIZES[name][1] / 10


def test_real_lists_are_read_when_they_are_there(lists: Path) -> None:
    """Rules come from the lists, and only such as every tool can read."""
    rules = rule_set("a", lists)
    assert all(each.endswith(".shop.example") for each in rules.include)
    assert "old.shop.example" in rules.exclude
    assert len(rules.include) == 40


def test_targets_are_what_they_are_said_to_be(tmp_path: Path) -> None:
    """Hosts, URLs and addresses in the promised shares, of which about half are in scope."""
    rules, path = rule_set("a", None), tmp_path / "targets.txt"
    targets.write(path, rules, LINES)
    lines = path.read_text().splitlines()
    assert len(lines) == LINES
    assert 0.35 < sum("://" in line for line in lines) / LINES < 0.42
    sieve = Scope.from_rules(rules.include, rules.exclude).sieve()
    rulings = [sieve.ruling(line) for line in lines]
    assert 0.3 < rulings.count(Ruling.IN) / LINES < 0.7
    assert Ruling.INVALID not in rulings
    targets.write(path, rules, LINES)
    assert path.read_text().splitlines() == lines


def test_every_tool_gets_the_same_rules(tmp_path: Path) -> None:
    """Where all tools mean the same, the expressions for one of them say what our rules say."""
    rules, path = rule_set("a", None), tmp_path / "targets.txt"
    targets.write(path, rules, LINES)
    bout = agreement.undisputed(Bout(rules, path, LINES))
    assert 0.8 < bout.count / LINES < 1
    written = rulefiles.expressions(bout.rules, tmp_path).read_text().split()
    bars = [re.compile(each[1:]) for each in written if each.startswith("!")]
    permits = [re.compile(each) for each in written if not each.startswith("!")]
    sieve = Scope.from_rules(bout.rules.include, bout.rules.exclude).sieve()
    for line in bout.lines.read_text().split():
        host = line.rpartition("://")[2].partition("/")[0].partition(":")[0]
        theirs = any(p.search(host) for p in permits) and not any(b.search(host) for b in bars)
        assert theirs is (sieve.ruling(line) is Ruling.IN), line
