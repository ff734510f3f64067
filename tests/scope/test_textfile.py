"""Rules as a plain text file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


LINES = st.sampled_from(
    ["a.b", "*.a.b", "! a.b", "!a.b", "! ! a.b", "! exclude:a.b", "!  a.b # n", "a.b # n", "a.b#c",
     "- a.b", "* a.b", "word", "# no", "", "exclude: a.b", "! #x.y", "\u00fc.b", "a b.c", "a\tb.c",
     "!*", "! -a.b", "a.b!", "\u2757a.b", "# Out of scope", "In scope", "a.b:80", "out:a.b"]
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES, max_size=5), st.sampled_from(["\n", "\r\n", "\u2028"]))
def test_lines_among_others_are_read_as_each_by_itself(lines: list[str], end: str) -> None:
    """What is taken in without a look is what a look at every line finds."""
    text = end.join(lines)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("scope.textfile._worth_a_look", lambda lines: range(len(lines)))
        patched.setattr("scope.textfile._EXCLUSION", lambda _: None)
        wanted = _read(text)
    assert _read(text) == wanted


def _read(text: str) -> object:
    """Read a file, or say why it cannot be read."""
    try:
        rules = read(text)
    except RulesUnreadable as refusal:
        return refusal.message
    sides = (rules.include, rules.exclude)
    return [[(each.pattern, each.note, each.line) for each in side] for side in sides]
