"""Plain text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from scope import Question, Rule
from scope.formats import Listing, read, write
from scope.settings import Settings

LINES = st.text("ab.*/:#!- \u00e9\u00ad", max_size=20)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, max_size=5), st.lists(LINES, max_size=5))
def test_what_is_written_reads_back(include: list[str], exclude: list[str]) -> None:
    """Rules keep their text and order; one that would not is named and left out."""
    listing = Listing("", tuple(map(Rule, include)), tuple(map(Rule, exclude)))
    written = write("text", [listing])
    (again,) = read("text", written.text)
    gone = [each.entry for each in written.lost]
    for before, after in ((include, again.include), (exclude, again.exclude)):
        kept = [" ".join(each.split()) for each in before if each not in gone]
        assert [each.pattern for each in after] == kept
    assert write("text", [again]).text == written.text


def test_what_a_line_cannot_say_never_permits() -> None:
    """A permit with a condition is dropped, an exclusion with one stays, and both are named."""
    questions = (Question("q", "Really?"),)
    listing = Listing(
        "",
        (Rule("a.example", when={"tag": "x"}), Rule("b.example")),
        (Rule("c.example", unless=questions), Rule("! d.example")),
    )
    found = write("text", [listing])
    assert found.text == "b.example\n! c.example\n"
    assert [(each.code, each.entry) for each in found.lost] == [
        ("condition", "a.example"),
        ("condition", "c.example"),
        ("unwritable", "! d.example"),
    ]


def test_switches_become_rules() -> None:
    """Where a program reads its rules in another way, the file says so in rules."""
    listing = Listing(
        "",
        (Rule("*.shop.example"), Rule("https://pay.example"), Rule("api.old.shop.example")),
        (Rule("*.old.shop.example"),),
        Settings("include", strict_scheme=True, out_always_wins=True),
    )
    assert write("text", [listing]).text == (
        "*.shop.example\nshop.example\nhttps://pay.example:443\n"
        "! *.old.shop.example\n! old.shop.example\n"
    )
