"""What became of a signed ruling, compared with the policy of another day."""

from datetime import date
from typing import Any

import pytest

from portal.policy.since import since
from scope import Facts, Question, Rule, Scope

OLD, NEW = "aa" * 32, "bb" * 32
SHOP = Scope.from_rules(["*.shop.example"], ["old.shop.example"])


def claims(ruling: str = "in", version: object = 3) -> dict[str, Any]:
    """Return what a scope receipt states."""
    return {"ruling": ruling, "rule": "r1", "policy": {"version": version, "sha256": OLD}}


def test_the_same_policy_says_the_same() -> None:
    """With the very policy of the receipt, nothing has changed."""
    found = since(
        claims(), target="a.shop.example", scope=SHOP, policy_version=3, policy_sha256=OLD
    )
    assert (found.then, found.now, found.same, found.changed) == ("in", "in", True, False)
    expected = "Nothing has changed: it is the same policy, version 3, word for word."
    assert found.sentence == expected


def test_a_new_policy_may_say_otherwise() -> None:
    """Both rulings are named with their versions, and the reason of the new one."""
    found = since(
        claims(), target="old.shop.example", scope=SHOP, policy_version=5, policy_sha256=NEW
    )
    assert (found.then, found.now, found.same, found.changed) == ("in", "out", False, True)
    assert found.sentence.startswith(
        "It was in by policy version 3, and is out by policy version 5: old.shop.example is"
    )
    assert found.sentence.endswith('excludes it with the rule "old.shop.example".')
    assert found.verdict.rule is not None


def test_a_new_policy_may_say_the_same() -> None:
    """Another version with the same ruling is no change for the target."""
    found = since(
        claims(), target="a.shop.example", scope=SHOP, policy_version=4, policy_sha256=NEW
    )
    assert (found.same, found.changed) == (False, False)
    start = "It is still in by policy version 4, as it was by policy version 3: a.shop.example is"
    assert found.sentence.startswith(start)


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (3, "two different policies call themselves version 3"),
        (2, "that version is older than the receipt"),
        (None, "is still in by a policy without a version, as it was by policy version 3"),
    ],
)
def test_what_is_odd_about_versions_is_said(version: int | None, said: str) -> None:
    """A version may not be older than the receipt, and a number names one policy only."""
    found = since(
        claims(), target="a.shop.example", scope=SHOP, policy_version=version, policy_sha256=NEW
    )
    assert said in found.sentence


def test_a_policy_without_a_hash_is_never_the_same() -> None:
    """What cannot be compared is not taken for equal."""
    unknown: dict[str, Any] = {"ruling": "in", "policy": {}}
    for stated in (unknown, {"ruling": "in"}, {"ruling": "in", "policy": 7}):
        found = since(
            stated, target="a.shop.example", scope=SHOP, policy_version=None, policy_sha256=None
        )
        assert not found.same
        assert "as it was by a policy without a version" in found.sentence


def test_answers_and_facts_count_again() -> None:
    """A receipt does not hold what was answered or known, so the same policy may rule anew."""
    asking = Rule("old.shop.example", unless=(Question("invited", "Were you invited?"),))
    scope = Scope.from_rules(["*.shop.example", Rule("x.example", when={"tag": "beta"})], [asking])
    same: dict[str, Any] = {"scope": scope, "policy_version": 3, "policy_sha256": OLD}
    without = since(claims(), target="old.shop.example", **same)
    assert (without.now, without.same) == ("review", True)
    assert "It was in then and is review with the answers and facts given now" in without.sentence
    answered = since(claims(), target="old.shop.example", answers={"invited": True}, **same)
    assert not answered.changed
    known = Facts(tags=["beta"], date=date(2026, 11, 22))
    assert not since(claims(), target="x.example", facts=known, **same).changed
