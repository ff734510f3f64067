"""What changed between two versions: nothing is missed, and it reads like the policy page."""

import json
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from portal.policy import as_json, changes
from portal.policy.changes import Change, Detail
from portal.policy.faults import PackRefused
from portal.policy.pack import Policy
from portal.policy.schema.whole import records

POLICIES = Path(__file__).parents[3] / "policies"
NAMES = ("example", "integratpark", "iwelcome", "onefactory", "unnamed")
SMALLEST = "[program]\nslug = 'tiny'\nname = 'Tiny'\n"
# What a text in a pack could be changed to, whichever fits its key.
OTHERS = (
    *("exclude", "198.51.100.0/24", "c.shop.com", "hacking-law"),
    *("none", "discretionary", "must_not", "must", "asked", "do_not_keep", "keep_encrypted"),
    *("11 calendar days", "31 calendar days", "101 calendar days", "resolved", "assessed"),
    *("optional", "hidden", "requested", "take", "refuse", "fixing", "closed", "received"),
    *("nl", "de", "US", "DE", "UTC", "12-26", "handle", "name", "nis2-23", "close", "accept"),
    *("other", "mail", "https://other.example.com", "+31 20 555 0199", "a@example.org"),
)
# Keys that another key of the same table can hold in place: an address its kind, a method its duty,
# the last news its aim.
HELD = frozenset({"kind", "duty", "attest", "soft"})
GONE = object()


def written(values: dict[str, Any]) -> str:
    """Write a pack's values as TOML, a line for each table."""
    return "".join(f"{name} = {_inline(value)}\n" for name, value in values.items())


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_inline(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value)


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to every value of a pack that holds no other."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*path, key))
    else:
        yield path


def altered(values: dict[str, Any], path: tuple[str | int, ...]) -> Policy | None:
    """Return a pack that differs in one value; None where it hangs on its neighbours."""
    changed = deepcopy(values)
    holder: Any = changed
    for key in path[:-1]:
        holder = holder[key]
    for candidate in (*_candidates(holder[path[-1]]), GONE):
        holder[path[-1]] = candidate
        if candidate is GONE:
            del holder[path[-1]]
        try:
            return Policy.parse(written(changed))
        except PackRefused:
            continue
    assert path[-1] in HELD, f"nothing else fits {path}"
    return None


def _candidates(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, date):
        return [value + timedelta(days=1)]
    return [one for one in (f"{value} indeed", f"{value}-x", f"x.{value}", *OTHERS) if one != value]


@pytest.fixture
def full() -> dict[str, Any]:
    """The example, with the keys that it can do without."""
    values = tomllib.loads((POLICIES / "example.toml").read_text("utf-8"))
    settings = {"wildcard_apex": "include", "strict_scheme": False, "out_always_wins": False}
    values["scope"] |= settings
    days = {"from": date(2026, 1, 1), "until": date(2027, 1, 1)}
    names = {"resolves_to": ["192.0.2.0/24"], "not_resolves_to": ["192.0.2.7"]}
    when = {**names, "cname": ["a.shop.com"], "tag": ["live"], **days}
    for side in ("in", "out"):
        values["scope"][side].append({"pattern": "b.example.org", "when": when})
    values["scope"]["in"][0] |= {"confirmed": False}
    values["safe_harbour"] |= {"covers": ["testing"]}
    values["safe_harbour"]["condition"][0] |= {"attest": True}
    return dict(values)


def test_the_full_pack_has_every_key(full: dict[str, Any]) -> None:
    """A key that packs gain is to be put into it, or nobody sees whether the history misses it."""
    told = {tuple(one for one in path if isinstance(one, str)) for path in places(full)}
    for path, record in records():
        if path and path[0] != "fields":
            for key in record.keys:
                assert any(one[: len(path) + 1] == (*path, key.name) for one in told), (path, key)


@pytest.mark.thorough
def test_no_change_is_missed(full: dict[str, Any]) -> None:
    """Whatever single value of a pack is changed, the history says so, and the JSON differs."""
    values = full
    before = Policy.parse(written(values))
    for path in places(values):
        if (after := altered(values, path)) is None:
            continue
        assert changes.between(before, after), path
        assert as_json.said(before) != as_json.said(after), path


@pytest.mark.parametrize("name", NAMES)
def test_no_table_goes_unnoticed(name: str) -> None:
    """Taking a table out is told, under its heading, and putting it in again as well."""
    values = tomllib.loads((POLICIES / f"{name}.toml").read_text("utf-8"))
    before = Policy.parse(written(values))
    for table in values.keys() - {"program"}:
        after = Policy.parse(written({key: one for key, one in values.items() if key != table}))
        assert table in [one.part for one in changes.between(before, after)]
        assert table in [one.part for one in changes.between(after, before)]


def only(before: str, after: str) -> Change:
    """Return the only change between two packs."""
    (part,) = changes.between(Policy.parse(before), Policy.parse(after))
    (change,) = part.changes
    return change


def test_a_changed_clock_shows_before_and_after() -> None:
    """Only what differs is shown, in words, with both values."""
    promise = (
        f"{SMALLEST}[[promise]]\nid = 'ack'\ntext = 'We answer.'\n"
        "clock = { within = '3 business days', until = 'acknowledged' }\n"
    )
    change = only(promise, promise.replace("3 business", "5 business"))
    assert (change.what, change.label) == ("changed", "Promise “ack”")
    assert change.details == (Detail("Within", "3 business days", "5 business days"),)


def test_what_is_said_for_the_first_time_was_not_stated_before() -> None:
    """Silence is None on its side: no text stands for it."""
    change = only(SMALLEST, f"{SMALLEST}[anonymity]\ntext = 'No name needed.'\n")
    assert change == Change(
        "added", "Staying anonymous", (Detail("Text", None, "No name needed."),)
    )
    change = only(f"{SMALLEST}issued = 2026-11-22\n", SMALLEST)
    assert change.details == (Detail("Issued", "2026-11-22", None),)


def test_rules_without_ids_are_known_by_their_patterns() -> None:
    """A rule put before others changes nothing about them."""
    rule = "[[scope.in]]\npattern = '{}'\n"
    before = SMALLEST + rule.format("b.shop.com") + rule.format("c.shop.com")
    after = SMALLEST + "".join(map(rule.format, ("a.shop.com", "b.shop.com", "c.shop.com")))
    change = only(before, after)
    assert (change.what, change.label) == ("added", "In scope a.shop.com")


def test_a_rule_with_an_id_may_change_its_pattern() -> None:
    """Its id says that it is the same rule."""
    rule = f"{SMALLEST}[[scope.out]]\nid = 'shop'\npattern = 'shop.com'\n"
    change = only(rule, rule.replace("'shop.com'", "'shop.org'"))
    assert change.details == (Detail("Pattern", "shop.com", "shop.org"),)


def test_another_order_is_a_change() -> None:
    """Contacts stand in the order of preference, so their order is told."""
    contact = "[[contact]]\nkind = 'mail'\naddress = '{}'\n"
    first, second = contact.format("a@shop.com"), contact.format("b@shop.com")
    change = only(SMALLEST + first + second, SMALLEST + second + first)
    assert (change.what, change.details) == ("moved", ())


def test_comments_are_no_change_of_the_policy() -> None:
    """The readable list is empty then; the raw lines show them."""
    commented = SMALLEST + "# A remark.\n"
    assert changes.between(Policy.parse(SMALLEST), Policy.parse(commented)) == ()
    assert changes.raw(SMALLEST, commented, names=("version 1", "version 2")) == (
        "--- version 1\n+++ version 2\n@@ -2,2 +2,3 @@\n slug = 'tiny'\n name = 'Tiny'\n"
        "+# A remark.\n"
    )
