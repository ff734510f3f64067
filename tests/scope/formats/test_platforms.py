"""What all platforms' formats promise; their vectors are in tests/vectors/formats."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope import Rule, ScopeError, reading
from scope.errors import FormatUnreadable
from scope.formats import FORMATS, Listing, read, write
from scope.places.names import Names
from scope.places.region import Region
from scope.settings import Settings

pytestmark = pytest.mark.thorough

FOLDER = Path(__file__).parents[2] / "vectors" / "formats"
PLATFORMS = ("hackerone", "bugcrowd", "intigriti", "yeswehack", "federacy")
ROWS = [
    pytest.param(name, json.loads(line), id=f"{name}-{number}")
    for name in PLATFORMS
    for number, line in enumerate(
        (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines(), 1
    )
]
WRITERS = [name for name in PLATFORMS if FORMATS[name].writes]


def listings(name: str, row: dict[str, Any]) -> tuple[Listing, ...]:
    """Read the document of a vector."""
    document = row["given"]
    return read(name, document if isinstance(document, str) else json.dumps(document))


def targets(listing: Listing) -> Iterator[str]:
    """Yield targets in, below and beside all that the rules of a scope name."""
    for rule in (*listing.include, *listing.exclude):
        for part in reading.read(rule, Settings()).parts:
            yield from _near(part.wide)


def _near(region: Region) -> Iterator[str]:
    """Yield targets around a region."""
    place = region.hosts
    if not isinstance(place, Names):
        yield str(place)
        return
    host = place.text.replace("*", "any")
    path = region.paths.text.replace("*", "any") if region.paths else ""
    for name in (host, f"www.{host}", host.partition(".")[2]):
        yield from (name, f"https://{name}{path}", f"https://{name}{path}/below", f"{name}:8443")


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_a_document_reads_as_its_vector_says(name: str, row: dict[str, Any]) -> None:
    """Every entry becomes the rule that is expected, on its side, or a remark."""
    found = listings(name, row)
    assert [each.name for each in found] == [each["name"] for each in row["programs"]]
    for listing, wanted in zip(found, row["programs"], strict=True):
        assert [rule.pattern for rule in listing.include] == wanted["in"], row["why"]
        assert [rule.pattern for rule in listing.exclude] == wanted["out"], row["why"]
        assert [remark.code for remark in listing.remarks] == wanted["remarks"], row["why"]


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_what_else_is_said_stays_with_the_rule(name: str, row: dict[str, Any]) -> None:
    """Notes, ids and unpaid finds arrive with the rule, and every rule knows its source."""
    for listing, wanted in zip(listings(name, row), row["programs"], strict=True):
        rules = (*listing.include, *listing.exclude)
        assert [rule.note for rule in rules] == wanted.get("notes", [rule.note for rule in rules])
        assert [rule.id for rule in rules] == wanted.get("ids", [rule.id for rule in rules])
        assert [each.pattern for each in rules if not each.reward] == wanted.get("unpaid", [])
        assert all(rule.source and rule.source.startswith(f"{name}: ") for rule in rules)


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize(("name", "row"), ROWS)
def test_every_platform_carries_every_other(name: str, row: dict[str, Any], writer: str) -> None:
    """Read, written in any platform's format and read again, a scope rules as before."""
    for listing in listings(name, row):
        written = write(writer, [listing])
        (again,) = read(writer, written.text)
        assert not {each.code for each in written.lost} & {"condition-lost", "setting-lost"}
        before, after = listing.scope(), again.scope()
        for target in targets(listing):
            assert after.check(target).ruling is before.check(target).ruling, target


@pytest.mark.parametrize(("name", "row"), [row for row in ROWS if row.values[0] in WRITERS])
def test_a_platform_keeps_what_it_has_fields_for(name: str, row: dict[str, Any]) -> None:
    """Written and read again, every rule has its text, and what is missing besides was named."""
    for listing in listings(name, row):
        written = write(name, [listing])
        (again,) = read(name, written.text)
        assert again.name == listing.name
        pairs = zip(
            (*again.include, *again.exclude), (*listing.include, *listing.exclude), strict=True
        )
        for mine, theirs in pairs:
            lost = {each.code for each in written.lost if each.entry == theirs.pattern}
            assert mine.pattern == theirs.pattern
            assert mine.note == theirs.note or "note-lost" in lost
            assert mine.id == theirs.id or "id-lost" in lost
            assert mine.reward == theirs.reward or "reward-lost" in lost


@pytest.mark.parametrize("writer", WRITERS)
def test_what_a_format_cannot_carry_is_named(writer: str) -> None:
    """A conditional permission is left out, all else that is lost is named."""
    listing = Listing(
        "shop",
        include=(Rule("a.example", when={"tag": "beta"}), Rule("*.example", confirmed=True)),
        exclude=(Rule("b.example", when={"tag": "beta"}),),
        settings=Settings(wildcard_apex="include"),
    )
    written = write(writer, [listing])
    (again,) = read(writer, written.text)
    assert [rule.pattern for rule in again.include] == ["*.example"]
    assert [rule.pattern for rule in again.exclude] == ["b.example"]
    codes = [each.code for each in written.lost]
    assert codes == ["setting-lost", "condition-lost", "confirmation-lost", "condition-lost"]


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize(
    "text", ["", "null", "1", "{}", "[]", "[[]]", '{"data": 1}', "<xml/>", "[" * 5000, '"\\ud800"']
)
def test_another_file_is_refused(name: str, text: str) -> None:
    """A file with no program in it raises one error, with words that help."""
    with pytest.raises(FormatUnreadable) as refused:
        read(name, text)
    assert refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(("name", "row"), [row for row in ROWS if str(row.id).endswith("-1")])
def test_a_byte_order_mark_is_no_part_of_a_file(name: str, row: dict[str, Any]) -> None:
    """What an editor put before the text changes nothing."""
    assert read(name, "\ufeff" + json.dumps(row["given"])) == listings(name, row)


def test_a_malformed_value_is_named_by_its_place() -> None:
    """Someone who reads the message can find the value."""
    document = {"slug": "s", "scopes": [{"scope": "a.example"}, {"scope": 7}]}
    with pytest.raises(FormatUnreadable, match=r"scopes\[1\]\.scope is not a text"):
        read("yeswehack", json.dumps(document))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(st.sampled_from(ROWS), st.data())
@settings(max_examples=120, deadline=None)
def test_no_document_breaks_a_reader(row: Any, data: st.DataObject) -> None:
    """Whatever value stands at whatever place, a reader answers or raises our own error."""
    name, vector = row.values
    document = vector["given"]
    if isinstance(document, str):
        cut = data.draw(st.integers(0, len(document)))
        text = document[:cut] + data.draw(st.text(max_size=5)) + document[cut:]
    else:
        text = json.dumps(_changed(document, data))
    try:
        found = read(name, text)
    except ScopeError:
        return
    for listing in found:
        assert all(isinstance(rule.pattern, str) for rule in listing.include + listing.exclude)
        listing.scope()


def _changed(value: Any, data: st.DataObject) -> Any:
    """Return a document with one value replaced, somewhere."""
    if not isinstance(value, dict | list) or not value or data.draw(st.integers(0, 4)) == 0:
        return data.draw(JSON)
    if isinstance(value, list):
        at = data.draw(st.integers(0, len(value) - 1))
        return [*value[:at], _changed(value[at], data), *value[at + 1 :]]
    key = data.draw(st.sampled_from(sorted(value)))
    return {**value, key: _changed(value[key], data)}
