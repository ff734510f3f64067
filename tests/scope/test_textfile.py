"""Rules as a plain text file."""

import pytest

from scope import Rule, RulesUnreadable
from scope.textfile import read, write

FILE = """\
\ufeff# the shop

*.shop.example
- www.shop.example/#/app
* https://shop.example/   # since May
! legacy.shop.example
- ! *.dev.shop.example  # ask us
*
"""


def test_a_file_has_rules_on_two_sides() -> None:
    """Comments, blank lines and bullets mean nothing; an exclamation mark excludes."""
    rules = read(FILE)
    assert [(each.pattern, each.note, each.line) for each in rules.include] == [
        ("*.shop.example", None, 3),
        ("www.shop.example/#/app", None, 4),
        ("https://shop.example/", "since May", 5),
        ("*", None, 8),
    ]
    assert [(each.pattern, each.note, each.line) for each in rules.exclude] == [
        ("legacy.shop.example", None, 6),
        ("*.dev.shop.example", "ask us", 7),
    ]


def test_every_empty_exclusion_is_named() -> None:
    """A refusal that lost its rule is never dropped in silence."""
    with pytest.raises(RulesUnreadable) as refusal:
        read("!\nshop.example\n ! # note\n")
    assert "1, 3" in refusal.value.message


def test_a_written_file_reads_back_the_same() -> None:
    """Only line numbers change."""
    include, exclude = [Rule("*.shop.example", note="ours"), Rule("a, b")], [Rule("x.example")]
    rules = read(write(include, exclude))
    assert [(each.pattern, each.note) for each in rules.include] == [
        ("*.shop.example", "ours"),
        ("a, b", None),
    ]
    assert [each.pattern for each in rules.exclude] == ["x.example"]
