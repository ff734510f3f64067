"""Files that were made, or damaged, to break a reader or to hold it up."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope import Rule, ScopeError, formats
from scope.formats import Listing, Remark
from tests import hostile

pytestmark = pytest.mark.thorough

READ = [name for name, each in formats.FORMATS.items() if each.reads]
SHOP = Listing(
    "shop",
    (
        Rule("*.shop.com", note="ours"),
        Rule("https://www.shop.com/a/*"),
        Rule("10.0.0.0/24"),
        Rule("api.shop.com:8443"),
        Rule("id1234567"),
    ),
    (Rule("old.shop.com"), Rule("*/admin"), Rule("Our mail servers")),
)
FEDERACY = (
    '[{"name": "shop", "targets": {"in_scope": [{"type": "website", "target": "*.shop.com"}],'
    ' "out_of_scope": [{"type": "website", "target": "old.shop.com"}]}}]'
)
SAMPLES = {
    name: formats.write(name, [SHOP]).text if formats.FORMATS[name].writes else "a.shop.com\n"
    for name in READ
} | {"federacy": FEDERACY}
JSON = [name for name, text in SAMPLES.items() if text.lstrip()[:1] in "[{"]
ALIKE = ["intigriti", "yeswehack", "federacy"]  # do to a text what hackerone does; they share it

# What platforms' entries go through before and besides the reading of rules.
ENTRIES = [
    "labels", "foreign dots", "keys", "percent signs", "star segments", "brackets after blanks",
    "bracket after a name", "choices", "list", "list of links", "prose", "prose with names",
    "refusals", "resolves to", "blanks", "escaped stars", "anchored", "classes", "quoted", "lines",
]  # fmt: skip
# What files go through as a whole.
FILES = [
    "half letters", "digits", "backslashes", "stars", "stars and letters", "opening brackets",
    "nested brackets", "empty brackets", "choices before a tail", "commas", "quotes", "hashes",
    "tabs and marks", "open placeholders", "empty lines", "bare marks", "bullets", "deep lists",
    "deep objects", "deep tags", "deep indents", "flow", "anchors", "entities", "a large number",
    "zeros",
]  # fmt: skip

TEXTS = st.text("ab.*:/\\@?#[]()|{},-%2e \u00fc\u200b\ud800\x00\n!^$<>&;'\"", max_size=40)
WRONG: st.SearchStrategy[Any] = (
    st.sampled_from([None, True, 0, -1, 10**30, 1e308, float("nan"), "", [], {}, [[]], {"": {}}])
    | TEXTS
)


@pytest.mark.parametrize("name", [*(each for each in READ if each not in JSON), "portico"])
def test_no_file_takes_more_than_its_length_is_worth(name: str) -> None:
    """Work grows with the length of a file and not with its square."""
    slow = {
        shape: said
        for shape in [*ENTRIES, *FILES]
        if (said := hostile.runs_away(lambda text: read(name, text), shorter(shape)))
    }
    assert slow == {}


@pytest.mark.parametrize("name", JSON)
def test_no_entry_takes_more_than_its_length_is_worth(name: str) -> None:
    """Nor does it where the hostile text stands inside a sound file, on both sides at once."""
    sample = json.loads(SAMPLES[name])

    def put(text: str) -> None:
        read(name, json.dumps(replaced(sample, text)))

    shapes = ENTRIES[ALIKE.index(name) :: len(ALIKE)] if name in ALIKE else ENTRIES
    tried = ((shape, hostile.runs_away(put, shorter(shape))) for shape in shapes)
    assert {shape: said for shape, said in tried if said} == {}


@pytest.mark.parametrize("name", READ)
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_damage_raises_anything_but_our_errors(name: str, data: st.DataObject) -> None:
    """A file with a piece missing, doubled or strange is refused in words, or read."""
    text = SAMPLES[name]
    cuts = data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2).map(sorted))
    piece = data.draw(TEXTS | st.just(text[cuts[0] : cuts[1]] * 2))
    read(name, text[: cuts[0]] + piece + text[cuts[1] :])


@pytest.mark.parametrize("name", JSON)
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_value_of_another_kind_raises_anything_but_our_errors(
    name: str, data: st.DataObject
) -> None:
    """A number where a text belongs, a list where an object does: all of it is refused or read."""
    sample = json.loads(SAMPLES[name])
    places = list(walk(sample))
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(places))
        holder[key] = data.draw(WRONG)
    read(name, json.dumps(sample))


@pytest.mark.parametrize("name", JSON)
@pytest.mark.parametrize(
    "text", ["[" * 100_000, "[" + "1" * 5_000 + "]", "[NaN, Infinity]", '"\\ud800"']
)
def test_json_that_breaks_parsers_is_refused_in_words(name: str, text: str) -> None:
    """Too deep, too large a number, no number, half a letter."""
    read(name, text)


def read(name: str, text: str) -> None:
    """Read a file; what comes out makes a scope that answers."""
    with suppress(ScopeError):
        for listing in formats.read(name, text):
            assert all(isinstance(each, Rule) for each in (*listing.include, *listing.exclude))
            assert all(isinstance(each, Remark) for each in listing.remarks)
            listing.scope().check("https://a.shop.com/a/b")


def shorter(shape: str) -> hostile.Text:
    """Return what makes a shorter text: entries stand in three places, files are many."""
    return lambda size: hostile.SHAPES[shape](size // 3)


def walk(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place in a document: what holds it, and its key there."""
    keys = (
        range(len(value)) if isinstance(value, list) else value if isinstance(value, dict) else ()
    )
    for key in keys:
        yield value, key
        yield from walk(value[key])


def replaced(value: Any, text: str) -> Any:
    """Return a document with another text where a rule of either side or a note stood."""
    if isinstance(value, dict):
        return {key: replaced(each, text) for key, each in value.items()}
    if isinstance(value, list):
        return [replaced(each, text) for each in value]
    return text if value in ("*.shop.com", "old.shop.com", "ours") else value
