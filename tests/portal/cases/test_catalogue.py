"""Publishing: what is put in force, what is refused, and that the last good version stays."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.cases.catalogue import Catalogue
from portal.cases.program import Program
from portal.errors import DeliveryRefused, KeysetRefused, NoSuchProgram
from portal.policy.faults import PackRefused
from tests.actors import DAY, Staff
from tests.conftest import START

Pack = Callable[[str], str]


def test_the_same_pack_again_is_no_new_version(catalogue: Catalogue, pack: Pack) -> None:
    """A version is a text; starting the server again makes none."""
    text = pack("example")
    first = catalogue.publish_policy(text, actor="test", now=START)
    assert catalogue.publish_policy(text, actor="test", now=START) == first == 1
    changed = text.replace("small shop", "little shop")
    assert catalogue.publish_policy(changed, actor="test", now=START) == 2
    assert catalogue.policy("example", 1).source == text
    assert catalogue.program("example", now=START).policy.source == changed


def test_a_pack_with_faults_leaves_the_last_good_one(catalogue: Catalogue, pack: Pack) -> None:
    """A refused pack changes nothing that is served."""
    catalogue.publish_policy(pack("example"), actor="test", now=START)
    with pytest.raises(PackRefused):
        catalogue.publish_policy(pack("example") + "\n[nonsense]\n", actor="test", now=START)
    assert catalogue.program("example", now=START).policy_version == 1


def test_an_unknown_program_is_named_as_such(catalogue: Catalogue) -> None:
    """Nothing is served under a name that was never published."""
    with pytest.raises(NoSuchProgram):
        catalogue.program("nobody", now=START)


def test_an_expired_keyset_is_not_handed_out(catalogue: Catalogue, program: Program) -> None:
    """A program outlives its keyset; its form closes until a fresh one is published."""
    assert catalogue.program("example", now=START + 29 * DAY).keyset == program.keyset
    assert catalogue.program("example", now=START + 31 * DAY).keyset is None


def test_the_first_root_decides(
    catalogue: Catalogue, program: Program, receipt_key: Ed25519PrivateKey
) -> None:
    """Another root's keyset is refused, however well it follows."""
    assert program.keyset is not None
    stranger = Staff()
    text = stranger.keyset(
        "example", receipt_key, now=START, version=2, previous=program.keyset.sha256
    )
    with pytest.raises(KeysetRefused):
        catalogue.publish_keyset(text, "example", actor="test", now=START)


@pytest.mark.parametrize("changes", [{"version": 3}, {"previous": "0" * 64}, {"version": 1}])
def test_keysets_form_a_chain(
    catalogue: Catalogue,
    program: Program,
    staff: Staff,
    receipt_key: Ed25519PrivateKey,
    changes: dict[str, Any],
) -> None:
    """A keyset must be the next one and name the hash of the one before."""
    assert program.keyset is not None
    following: dict[str, Any] = {"version": 2, "previous": program.keyset.sha256}
    good = staff.keyset("example", receipt_key, now=START + DAY, **following)
    bad = staff.keyset("example", receipt_key, now=START + DAY, **(following | changes))
    with pytest.raises(KeysetRefused):
        catalogue.publish_keyset(bad, "example", actor="test", now=START + DAY)
    catalogue.publish_keyset(good, "example", actor="test", now=START + DAY)
    assert [one.version for one in catalogue.keyset_history("example")] == [2, 1]


def test_every_role_that_reads_has_a_key(
    catalogue: Catalogue, pack: Pack, receipt_key: Ed25519PrivateKey
) -> None:
    """S3-3: a keyset without a key for each role that the policy names is refused."""
    catalogue.publish_policy(pack("iwelcome"), actor="test", now=START)
    roles = catalogue.program("iwelcome", now=START).policy.readers
    assert len(roles) == 4
    short = Staff(roles=(*roles[:3], "recovery"))
    text = short.keyset("iwelcome", receipt_key, now=START)
    with pytest.raises(KeysetRefused, match=roles[3]):
        catalogue.publish_keyset(text, "iwelcome", actor="test", now=START)
    whole = Staff(roles=(*roles, "recovery"))
    text = whole.keyset("iwelcome", receipt_key, now=START)
    kept = catalogue.publish_keyset(text, "iwelcome", actor="test", now=START)
    assert len(kept.recipients) == len(roles) + 1


def test_a_pack_may_not_name_a_reader_without_a_key(
    catalogue: Catalogue, pack: Pack, program: Program
) -> None:
    """S3-3: a new version that adds a reader is refused until the keyset has their key."""
    text = pack("example")
    assert 'roles = ["handler"]' in text
    more = text.replace('roles = ["handler"]', 'roles = ["handler", "judge"]')
    with pytest.raises(KeysetRefused, match="judge"):
        catalogue.publish_policy(more, actor="test", now=START)
    assert catalogue.program("example", now=START).policy_version == 1


def test_a_report_may_be_made_for_what_its_reporter_saw(
    catalogue: Catalogue, pack: Pack, program: Program
) -> None:
    """A change of policy while somebody writes loses nothing; an unknown version is refused."""
    changed = pack("example").replace("small shop", "little shop")
    catalogue.publish_policy(changed, actor="test", now=START)
    current = catalogue.program("example", now=START)
    assert current.policy_version == 2
    seen = catalogue.as_seen(current, policy_version=1, keyset_version=1, now=START)
    assert seen == replace(program)
    for versions in (
        {"policy_version": 9, "keyset_version": 1},
        {"policy_version": 1, "keyset_version": 9},
    ):
        with pytest.raises(DeliveryRefused):
            catalogue.as_seen(current, now=START, **versions)
