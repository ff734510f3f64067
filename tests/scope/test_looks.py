"""What a file looks like before it is read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope import looks

START = st.sampled_from(["", "\ufeff", "\n \n", "# a comment\n", "# a\n\n\t# b\r\n"])


@pytest.mark.parametrize(
    "rule",
    [
        "shop.example",
        "*.shop.example",
        "! *.shop.example/admin  # not ours",
        "- shop.example",
        "https://shop.example:8443/app",
        "[2001:db8::1]:8443",
        "[2001:db8::]/32",
        "{a,b}.shop.example",
        "<handle>.shop.example",
        "a.example, b.example",
        "192.0.2.0/24",
        "android:com.shop.app",
        "\\*.shop.example",
        "Anything below shop.example: all of it",
    ],
)
@given(start=START)
@settings(max_examples=20, deadline=None)
def test_rules_are_plain(rule: str, start: str) -> None:
    """No rule makes a file look like a document, whatever blank lines and comments come first."""
    assert looks.plain(f"{start}{rule}\nwww.shop.example\n")


@pytest.mark.parametrize(
    "head",
    [
        '{"out": [',
        "{\n",
        "{}",
        '["a"',
        "[\n",
        "[{",
        "<?xml version='1.0'?>",
        "<!DOCTYPE x>",
        "<configuration>",
        "<context><name>x",
        '<a b="c">',
        "--- # plan",
        "env:",
        "out:\r",
        "identifier,asset_type,eligible",
    ],
)
@given(start=START)
@settings(max_examples=20, deadline=None)
def test_documents_are_not_plain(head: str, start: str) -> None:
    """What begins like JSON, XML, YAML or a table is never read line by line."""
    assert not looks.plain(f"{start}{head}\nold.shop.example\n")


@pytest.mark.parametrize(
    "line", ["^https?://shop", "!^shop", "www[.]shop\\.example", "# .noscope", "# .inscope"]
)
def test_a_line_can_give_a_file_away(line: str) -> None:
    """Expressions, and the headings between the two files of a pair, may stand anywhere."""
    assert not looks.plain(f"{line}\nold.shop.example\n")
    assert not looks.plain(f"old.shop.example\n{line}\n")


@pytest.mark.parametrize("piece", ["#\n", " \n", "\n", "{", "[ ", "<a", "a,", "# x\n ", "\t"])
def test_it_takes_no_time(piece: str) -> None:
    """A million odd characters are looked at once: the test would not end otherwise."""
    looks.plain(piece * 300_000)
