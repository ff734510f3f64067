"""Which permit beats an exclusion, held to comparing every one with every other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope import Rule
from scope.reading import read
from scope.settings import Settings
from scope.weighing.claim import Claim, by_weight
from scope.weighing.winners import _Smallest, alive, inside, winners

RANGES = st.builds(
    lambda low, more: f"10.0.0.{low}-10.0.0.{low + more}", st.integers(0, 9), st.integers(0, 9)
)
PLACES = RANGES | st.sampled_from(
    ["10.0.0.5", "10.0.0.4/30", "10.0.0.0/28", "10.0.0.5:80", "https://10.0.0.5", "10.0.0.*", "*"]
)
RULES = st.builds(Rule, PLACES) | st.builds(
    lambda text, word: Rule(text, when={"tag": word}), RANGES, st.sampled_from(["x", "y"])
)
LISTS = st.lists(RULES, max_size=8)


def claims(rules: list[Rule]) -> list[Claim]:
    """Read rules into what they claim."""
    return [Claim(rule, part) for rule in rules for part in read(rule, Settings()).parts]


@settings(max_examples=100, deadline=None)
@given(LISTS, LISTS)
def test_the_first_permit_inside_wins(permits: list[Rule], exclusions: list[Rule]) -> None:
    """Ranges are found by where they begin and end, and nothing else comes out."""
    listed, excluded = by_weight(claims(permits), wide=False), claims(exclusions)
    wanted = [next((p for p in listed if inside(p, each)), None) for each in excluded]
    assert winners(excluded, listed) == wanted


@settings(max_examples=100, deadline=None)
@given(LISTS, LISTS, st.booleans())
def test_what_exclusions_take_whole_is_gone(
    permits: list[Rule], exclusions: list[Rule], always: bool
) -> None:
    """A permit is left if each exclusion that holds all of it gives way to it."""
    listed, excluded = claims(permits), claims(exclusions)
    wanted = [
        permit
        for permit in listed
        if (narrow := permit.part.narrow)
        and all(
            inside(permit, each) and not always
            for each in excluded
            if each.part.wide.contains(narrow)
        )
    ]
    assert alive(listed, excluded, always=always) == wanted


def test_thousands_of_ranges_are_not_compared_in_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times as many ranges take about ten times as many steps, not a hundred times."""
    taken: list[object] = []
    put, before = _Smallest.put, _Smallest.before

    def compared(*pair: object) -> bool:
        taken.append(pair)
        return False

    def putting(tree: _Smallest, place: int, number: int) -> None:
        taken.append(place)
        put(tree, place, number)

    def asking(tree: _Smallest, stop: int) -> int | None:
        taken.append(stop)
        return before(tree, stop)

    monkeypatch.setattr("scope.weighing.winners.inside", compared)
    monkeypatch.setattr(_Smallest, "put", putting)
    monkeypatch.setattr(_Smallest, "before", asking)

    def steps(count: int) -> int:
        taken.clear()
        blocks = [f"10.0.{at // 256}.{at % 256}-10.1.{at // 256}.{at % 256}" for at in range(count)]
        every = claims([Rule(block) for block in blocks])
        assert not any(winners(every, every))
        assert not alive(every, every, always=False)
        return len(taken)

    assert steps(1000) < 20 * steps(100)
