"""What happens next, said before anything is sent."""

from pathlib import Path

import pytest

from portal.intake.ahead import ahead, if_received
from portal.policy.pack import Policy
from tests.conftest import START

POLICIES = Path(__file__).parents[3] / "policies"
SMALLEST = "[program]\nslug = 'tiny'\nname = 'Tiny'\n"


@pytest.mark.parametrize("pack", sorted(POLICIES.glob("*.toml")), ids=lambda pack: pack.stem)
def test_every_promise_is_told_once(pack: Path) -> None:
    """Whatever a policy promises stands in exactly one step, in its own words."""
    policy = Policy.parse(pack.read_text("utf-8"))
    told = [promise for step in ahead(policy) for promise in step.promises]
    assert sorted(told, key=lambda one: one.id) == sorted(policy.promises, key=lambda one: one.id)


def test_a_silent_policy_promises_nothing() -> None:
    """What everybody waits for is named all the same; no date is invented."""
    policy = Policy.parse(SMALLEST)
    assert [(step.title, step.promises) for step in ahead(policy)] == [
        ("Staff confirm that they have it", ()),
        ("Staff assess it", ()),
        ("The problem is fixed", ()),
    ]
    assert if_received(policy, at=START) == ()
