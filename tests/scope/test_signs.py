"""Signs in a text file that a rule excludes, and headings that say so."""

import pytest

from scope import RulesUnreadable
from scope.textfile import read


@pytest.mark.parametrize(
    ("line", "pattern"),
    [
        ("exclude: dev.shop.com", "dev.shop.com"),
        ("- Excluded: *.shop.com", "*.shop.com"),
        ("NOT dev.shop.com  # old", "dev.shop.com"),
        ("\uff01dev.shop.com", "dev.shop.com"),
        ('"!dev.shop.com"', '"dev.shop.com"'),
        ("-!dev.shop.com", "dev.shop.com"),
        ("out: dev.shop.com", "dev.shop.com"),
        ("out:dev.shop.com", "dev.shop.com"),
        ("out of scope: a.shop.com, b.shop.com", "a.shop.com, b.shop.com"),
    ],
)
def test_a_clear_sign_excludes(line: str, pattern: str) -> None:
    """What nobody can take for a permit is never filed as one, alone or among plain rules."""
    for before in ("", "a.example\nb.example\n"):
        rules = read(before + line)
        assert [each.pattern for each in rules.exclude] == [pattern]
        assert len(rules.include) == before.count("\n")


@pytest.mark.parametrize(
    "line",
    ["out.shop.com", "not.shop.com:80", "exclude/x", "shop.com/!x", "ignore-me.shop.com",
     "out-of-scope.shop.com", "Not all of shop.com is ours", "not@shop.com", "out.site"],
)  # fmt: skip
def test_a_permit_stays_one(line: str) -> None:
    """Words that only look like a sign are parts of names and sentences."""
    rules = read(f"{line}\n\uff01x.example\n")
    assert [each.pattern for each in rules.include] == [line]


@pytest.mark.parametrize(
    "heading",
    ["# Out of scope", "out of scope:", "## Exclusions", "[out-of-scope]", "=== OUT OF SCOPE ===",
     "# The following domains are not in scope:", "# Don't test", "Exclusions"],
)  # fmt: skip
def test_rules_below_a_heading_that_excludes_need_their_mark(heading: str) -> None:
    """How far a heading reaches is a guess, so the file is refused, naming its line."""
    with pytest.raises(RulesUnreadable) as refusal:
        read(f"a.example\n{heading}\n\nb.example\n")
    assert "line 2" in refusal.value.message
    assert "!" in refusal.value.hint
    marked = read(f"a.example\n{heading}\n! b.example\n# In scope\nc.example\n")
    assert [each.pattern for each in marked.include] == ["a.example", "c.example"]
    assert [each.pattern for each in marked.exclude] == ["b.example"]


@pytest.mark.parametrize(
    "comment",
    ["# nothing out of scope here", "# no exclusions", "# scope", "# out.site", "# exclude: a.com"],
)
def test_a_comment_that_is_no_such_heading_says_nothing(comment: str) -> None:
    """A file is refused for a heading alone, and not for a sentence about scope."""
    assert [each.pattern for each in read(f"{comment}\na.example\n").include] == ["a.example"]
