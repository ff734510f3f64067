"""The policy for programs: all of it, under the pack's keys, with null for silence."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.policy import as_json
from portal.policy.pack import Policy
from scope.formats.portico import Edition

POLICIES = Path(__file__).parents[3] / "policies"
SMALLEST = "[program]\nslug = 'tiny'\nname = 'Tiny'\n"
SILENT = (
    *("contact", "conduct", "promise", "disclosure", "reward", "recognition", "safe_harbour"),
    *("anonymity", "data_handling", "authorities", "retention", "readers", "desk"),
)


def shipped(name: str) -> Policy:
    """Return a shipped policy."""
    return Policy.parse((POLICIES / f"{name}.toml").read_text("utf-8"))


def test_silence_is_null() -> None:
    """A pack that says nothing promises nothing to programs either."""
    plain = as_json.machine(Policy.parse(SMALLEST))
    assert {name: plain[name] for name in SILENT} == dict.fromkeys(SILENT)
    assert plain["program"]["issued"] is None
    assert plain["scope"]["in"] is None
    assert plain["version"] is None


@pytest.mark.parametrize(
    ("name", "silent"),
    [
        ("integratpark", ("promise", "safe_harbour", "reward", "anonymity", "disclosure")),
        ("unnamed", ("contact", "safe_harbour", "reward")),
        ("onefactory", ("anonymity", "authorities", "retention", "data_handling")),
        ("iwelcome", ("recognition",)),
    ],
)
def test_what_the_published_policies_leave_out_stays_out(name: str, silent: tuple[str]) -> None:
    """S0-19, S1-24, S2-28, S3-23: each is silent on something, and so is its JSON."""
    plain = as_json.machine(shipped(name))
    assert {one for one in silent if plain[one] is not None} == set()


def test_the_example_says_everything() -> None:
    """Every table of the complete pack is there, with the words of the pack."""
    plain = as_json.machine(shipped("example"))
    assert not [name for name in SILENT if plain[name] is None]
    assert plain["promise"][0]["clock"] == {
        "within": "3 business days",
        "after": "received",
        "until": "acknowledged",
        "soft": False,
    }
    assert plain["disclosure"]["maximum"] == "90 calendar days"
    assert plain["scope"]["out"][2]["redirect"]["vendor"] == "Example Payments"
    assert plain["calendar"]["add"] == ["05-05", "2026-12-24"]


def test_the_version_is_named() -> None:
    """With number, hash and time, and whether another one has replaced it."""
    policy = shipped("example")
    at = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    edition = Edition(2, policy.sha256, at)
    address = "https://report.example.org/example/policy.json"
    plain = as_json.machine(policy, as_json.Standing(edition, newest=3, address=address))
    assert (plain["format"], plain["version"], plain["superseded_by"]) == (as_json.FORMAT, 2, 3)
    assert (plain["sha256"], plain["published"]) == (policy.sha256, at.isoformat())
    newest = as_json.machine(policy, as_json.Standing(edition, newest=2, address=address))
    assert newest["superseded_by"] is None


def test_the_same_policy_always_gives_the_same_text() -> None:
    """Whatever else is asked in between, so that a copy can be compared."""
    first, second = (json.dumps(as_json.machine(shipped("example"))) for _ in range(2))
    assert first == second
