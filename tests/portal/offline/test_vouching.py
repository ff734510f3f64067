"""Who vouches for a bundle: the receipt key in the keyset of every program it holds reports of."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.offline.identity import StaffIdentity, parse_card
from portal.offline.keyring import KeysetDraft
from portal.offline.pins import Pin, Pins
from portal.policy.keyset import Keyset
from tests.press import PORTAL, REPORT, Open, Press

ROGUE, ROGUE_RECEIPTS = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2))


def other_keyset(
    program: str, root: Ed25519PrivateKey, receipts: Ed25519PrivateKey, now: datetime
) -> str:
    """Sign a keyset of another program."""
    draft = KeysetDraft(program, "hybrid").adding(
        parse_card(StaffIdentity.generate("Eve").card_text()), role="recovery"
    )
    draft = draft.with_receipt_key(receipts.public_key(), now=now - timedelta(hours=1))
    return draft.signed(root, days=30, now=now)


@pytest.fixture
def pins(home: Path) -> Pins:
    """What this machine has seen."""
    return Pins.of_user({"XDG_CONFIG_HOME": str(home)})


def stripped(press: Press, envelopes: Any) -> Path:
    """Take keysets and signature away, and forge a date."""
    press.keysets = {}
    cases = [press.case(envelopes, received_at="2020-01-01 FORGED")]
    return press.bundle(cases, envelopes, extra={"manifest.jws": b"a.b.c"})


def test_a_stripped_bundle_is_refused(press: Press, opening: Open, tmp_path: Path) -> None:
    """Without a keyset and a signature nothing is opened, unless that is asked for."""
    bundle = stripped(press, press.sealed())
    code, _, err = opening(bundle)
    assert code == 1
    assert "carries no keyset" in err
    assert "--unsigned" in err
    assert not (tmp_path / "out").exists()
    code, out, _ = opening(bundle, "--unsigned")
    assert code == 0
    assert "WARNING" in out
    assert (
        "no signature of the portal was checked"
        in (tmp_path / "out" / REPORT / "report.md").read_text()
    )


@pytest.mark.parametrize("key", [ROGUE, None])
def test_an_unsigned_bundle_teaches_nothing(
    key: Ed25519PrivateKey | None, press: Press, opening: Open, pins: Pins
) -> None:
    """What was opened without proof is not remembered as the portal's own."""
    envelopes = press.sealed()
    extra = None if key else {"manifest.jws": b""}
    bundle = press.bundle([press.case(envelopes)], envelopes, key=key, extra=extra)
    assert opening(bundle)[0] == 1
    assert pins.of(PORTAL, "example") == Pin()
    code, out, _ = opening(bundle, "--unsigned")
    assert code == 0
    assert "confirms the verdict" not in out
    assert pins.of(PORTAL, "example") == Pin()


@pytest.mark.parametrize("portal", [PORTAL, PORTAL + "/", PORTAL.upper(), f" {PORTAL}"])
def test_a_portal_that_was_seen_always_signs(
    portal: str, press: Press, opening: Open, pins: Pins, keyset: Keyset
) -> None:
    """Once a root of a portal is pinned, an unsigned bundle in its name is never opened."""
    pins.remember(PORTAL, replace(keyset, program="another"))
    press.portal = portal
    code, _, err = opening(stripped(press, press.sealed()), "--unsigned")
    assert code == 1
    assert "carries no keyset" in err


def test_an_expected_root_is_insisted_on(press: Press, opening: Open, keyset: Keyset) -> None:
    """Who names a root does not get a bundle that nobody signed."""
    bundle = stripped(press, press.sealed())
    assert opening(bundle, "--unsigned", "--root", keyset.fingerprint)[0] == 1


def test_a_rogue_keyset_beside_the_real_one_is_refused(
    press: Press, opening: Open, pins: Pins, now: datetime, tmp_path: Path
) -> None:
    """A second keyset, of a program without a report, cannot vouch for the first one's reports."""
    envelopes = press.sealed()
    press.keysets["aaa"] = other_keyset("aaa", ROGUE, ROGUE_RECEIPTS, now)
    bundle = press.bundle([press.case(envelopes)], envelopes, key=ROGUE_RECEIPTS)
    code, _, err = opening(bundle)
    assert code == 1
    assert "no report" in err
    assert not (tmp_path / "out").exists()
    assert pins.of(PORTAL, "aaa") == pins.of(PORTAL, "example") == Pin()


def test_every_program_vouches(
    press: Press,
    opening: Open,
    pins: Pins,
    root: Ed25519PrivateKey,
    server_key: Ed25519PrivateKey,
    now: datetime,
) -> None:
    """One program whose keyset names another receipt key, or none, spoils the whole bundle."""
    envelopes = press.sealed()
    second = press.case(envelopes, report="second", program="other")
    for each in second["envelopes"]:
        each["path"] = each["path"].replace(REPORT, "second")
    extra = {f"second/{each.role}.age": each.path.read_bytes() for each in envelopes}
    cases = [press.case(envelopes), second]
    assert "carries no keyset of `other`" in opening(press.bundle(cases, envelopes, extra=extra))[2]
    press.keysets["other"] = other_keyset("other", ROGUE, ROGUE_RECEIPTS, now)
    for key in (server_key, ROGUE_RECEIPTS):
        assert opening(press.bundle(cases, envelopes, extra=extra, key=key))[0] == 1
    assert pins.of(PORTAL, "example") == Pin()
    press.keysets["other"] = other_keyset("other", root, server_key, now)
    code, out, _ = opening(press.bundle(cases, envelopes, extra=extra))
    assert (code, "2 of 2" in out) == (0, True)
    assert pins.of(PORTAL, "other").root == press.keyset.fingerprint


def test_a_keyset_under_another_name_is_refused(
    press: Press,
    opening: Open,
    root: Ed25519PrivateKey,
    server_key: Ed25519PrivateKey,
    now: datetime,
) -> None:
    """The keyset of one program does not vouch for the reports of another."""
    envelopes = press.sealed()
    press.keysets["example"] = other_keyset("other", root, server_key, now)
    code, _, err = opening(press.bundle([press.case(envelopes)], envelopes))
    assert code == 1
    assert "another program" in err


def test_an_old_keyset_still_vouches(
    press: Press, opening: Open, root: Ed25519PrivateKey, keyset: Keyset, now: datetime
) -> None:
    """A keyset that has expired takes no report, and still shows who signed for the old ones."""
    then = now - timedelta(days=60)
    draft = replace(KeysetDraft.after(keyset), version=1, previous=None)
    press.keysets["example"] = draft.signed(root, days=30, now=then)
    envelopes = press.sealed()
    code, out, _ = opening(press.bundle([press.case(envelopes)], envelopes))
    assert code == 0
    assert "WARNING" not in out


def test_a_bundle_of_nothing_proves_nothing(press: Press, opening: Open) -> None:
    """A bundle from which every report was taken is not told as an empty one."""
    press.keysets = {}
    code, _, err = opening(press.bundle([], ()))
    assert code == 1
    assert "no report" in err
