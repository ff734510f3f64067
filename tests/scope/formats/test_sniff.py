"""What format a file is in."""

from pathlib import Path

import pytest

from scope import Rule
from scope.formats import FORMATS, Listing, write
from scope.formats.sniff import guess

FILES = Path(__file__).parents[2] / "vectors" / "formats"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("burp-project.json", "burp"),
        ("burp-prefixes.json", "burp"),
        ("zap.context", "zap-context"),
        ("zap-plan.yaml", "zap-plan"),
        ("hacker-scoper.txt", "hacker-scoper"),
        ("tomnomnom.scope", None),
        ("SCOPE", "text"),
    ],
)
def test_a_file_says_what_it_is(name: str, form: str | None) -> None:
    """Formats with a shape of their own are told; expressions alone are not guessed at."""
    assert guess((FILES / name).read_text(encoding="utf-8")) == form


@pytest.mark.parametrize("name", [name for name, each in FORMATS.items() if each.writes])
def test_what_we_write_we_know_again(name: str) -> None:
    """A file of our own making is taken for what it is, or for nothing."""
    rules = tuple(map(Rule, ["*.shop.example", "https://www.shop.example/a"]))
    text = write(name, [Listing("Shop", rules, (Rule("old.shop.example"),))]).text
    assert guess(text) in (name, None, *(["text"] if name == "inscope" else []))


@pytest.mark.parametrize("text", ["{", "[]", "{}", "<html>", '{"a": {"b": []}}', "[" * 100_000])
def test_a_doubtful_file_is_not_guessed_at(text: str) -> None:
    """Whoever is not sure asks."""
    assert guess(text) is None
