"""What a keyset changed: whoever came, went, or has another name, and which alarms there are."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.policy import key_alarms, key_changes
from portal.policy.key_alarms import EXPIRY_ALARM
from portal.policy.keyset import Keyset
from tests.actors import Staff
from tests.conftest import START

SERVER = Ed25519PrivateKey.generate()
Signed = Callable[..., Keyset]


@pytest.fixture
def signed() -> Signed:
    """Signs a keyset of these staff."""

    def made(staff: Staff, server: Ed25519PrivateKey = SERVER) -> Keyset:
        return Keyset.read(staff.keyset("example", server, now=START), root=None)

    return made


def test_the_first_set_adds_everybody(signed: Signed) -> None:
    """There was nobody before, and no receipt key."""
    first = signed(Staff())
    found = key_changes.between(None, first)
    assert found.added == first.entries
    assert (found.retired, found.altered) == ((), ())
    assert found.receipt_key == first.receipt_key
    assert not found.none


def test_who_came_and_who_went(signed: Signed) -> None:
    """By their recipient: a new key under an old name is one that came and one that went."""
    staff = Staff()
    before = signed(staff)
    assert key_changes.between(before, signed(staff)).none
    staff.leave("handler")
    staff.join("handler")
    after = signed(staff)
    found = key_changes.between(before, after)
    assert [entry.recipient for entry in found.retired] == [before.entries[0].recipient]
    assert [entry.recipient for entry in found.added] == [after.entries[1].recipient]
    assert found.altered == ()


def test_a_new_role_or_signing_key_is_a_change(signed: Signed) -> None:
    """The recipient stays, and what is said of it does not."""
    staff = Staff()
    before = signed(staff)
    staff.signing["handler"] = Ed25519PrivateKey.generate()
    after = signed(staff)
    found = key_changes.between(before, after)
    assert found.altered == (after.entries[0],)
    assert not found.added


def test_a_new_receipt_key_is_told(signed: Signed) -> None:
    """Receipts are checked against it from then on."""
    staff = Staff()
    after = signed(staff, Ed25519PrivateKey.generate())
    assert key_changes.between(signed(staff), after).receipt_key == after.receipt_key


@pytest.mark.parametrize(
    ("before_end", "codes"),
    [
        (EXPIRY_ALARM + timedelta(seconds=1), []),
        (EXPIRY_ALARM, ["keyset-expires"]),
        (timedelta(seconds=1), ["keyset-expires"]),
        (timedelta(0), ["keyset-expired"]),
        (-timedelta(days=9), ["keyset-expired"]),
    ],
)
def test_the_end_of_a_keyset_is_told(
    signed: Signed, before_end: timedelta, codes: list[str]
) -> None:
    """From seven days before, and ever after."""
    keyset = signed(Staff())
    kid, now = keyset.receipt_key.kid, keyset.expires - before_end
    found = list(key_alarms.alarms(keyset, receipt_key=kid, now=now))
    assert [one.code for one in found] == codes
    assert all(one.message.endswith(".") and one.hint.endswith(".") for one in found)


def test_other_alarms(signed: Signed) -> None:
    """No keyset at all, a receipt key that is another's, and one that ends."""
    keyset = signed(Staff())
    kid = keyset.receipt_key.kid

    def codes(one: Keyset | None, key: str | None, later: timedelta = timedelta(0)) -> list[str]:
        found = key_alarms.alarms(one, receipt_key=key, now=START + later)
        return [alarm.code for alarm in found]

    assert codes(None, kid) == ["no-keyset"]
    assert codes(keyset, "0" * 64) == ["foreign-receipt-key"]
    assert codes(keyset, None) == []
    ending = keyset.receipt_key.valid_until - START - timedelta(days=6)
    assert "receipt-key-expires" in codes(keyset, kid, ending)
