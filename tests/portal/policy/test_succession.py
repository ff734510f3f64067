"""All keysets of a program: what an older receipt key signed stays proven, and nothing newer."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.errors import KeysetRefused, StatementRefused
from portal.policy import statement
from portal.policy.keyset import Keyset
from portal.policy.succession import Succession
from tests.actors import Staff

FIRST = datetime(2026, 11, 1, tzinfo=UTC)
DAYS = timedelta(days=1)


@pytest.fixture
def keys() -> tuple[Ed25519PrivateKey, Ed25519PrivateKey]:
    """The receipt key before, and the one after."""
    return Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()


@pytest.fixture
def texts(keys: tuple[Ed25519PrivateKey, Ed25519PrivateKey]) -> list[str]:
    """Two keysets, twenty days apart; the second names the newer key."""
    staff = Staff()
    first = staff.keyset("example", keys[0], now=FIRST)
    previous = Keyset.read(first, root=None).sha256
    now = FIRST + 20 * DAYS
    return [first, staff.keyset("example", keys[1], now=now, version=2, previous=previous)]


def signed(key: Ed25519PrivateKey, at: datetime) -> str:
    """Let a server sign something."""
    return statement.sign({"iat": int(at.timestamp())}, key=key, typ=statement.AUDIT_HEAD)


@pytest.mark.parametrize(
    ("which", "day", "holds"),
    [(0, 1, True), (0, 29, True), (0, 30, False), (0, 99, False), (1, 21, True), (1, 99, True)],
)
def test_a_key_counts_as_long_as_its_keyset_could_be_in_force(
    which: int,
    day: int,
    holds: bool,
    keys: tuple[Ed25519PrivateKey, Ed25519PrivateKey],
    texts: list[str],
) -> None:
    """A stolen old key signs nothing new; the newest key goes on after its keyset ran out."""
    keysets = Succession.read(texts, root=None)
    text = signed(keys[which], FIRST + day * DAYS)
    if holds:
        assert keysets.claims(text, typ=statement.AUDIT_HEAD)["iat"]
        return
    with pytest.raises(StatementRefused):
        keysets.claims(text, typ=statement.AUDIT_HEAD)


def test_a_stranger_s_key_and_another_kind_are_refused(
    keys: tuple[Ed25519PrivateKey, Ed25519PrivateKey], texts: list[str]
) -> None:
    """Whatever date it bears."""
    keysets = Succession.read(texts, root=None)
    for key, typ in ((Ed25519PrivateKey.generate(), statement.AUDIT_HEAD), (keys[0], "x")):
        with pytest.raises(StatementRefused):
            keysets.claims(signed(key, FIRST + DAYS), typ=typ)


def _twice(texts: list[str]) -> list[str]:
    return [texts[0], texts[0]]


def _stranger(texts: list[str]) -> list[str]:
    other = Staff().keyset("example", Ed25519PrivateKey.generate(), now=FIRST, version=2)
    return [texts[0], other]


@pytest.mark.parametrize("change", [_twice, _stranger, lambda _: []])
def test_what_does_not_follow_is_refused(
    change: Callable[[list[str]], list[str]], texts: list[str]
) -> None:
    """One version twice, another root, or none at all."""
    with pytest.raises(KeysetRefused):
        Succession.read(change(texts), root=None)


def test_a_version_that_names_another_before_it_is_refused(
    keys: tuple[Ed25519PrivateKey, Ed25519PrivateKey],
) -> None:
    """Two keysets under one root that do not form a chain."""
    staff = Staff()
    first = staff.keyset("example", keys[0], now=FIRST)
    second = staff.keyset("example", keys[1], now=FIRST, version=2, previous="0" * 64)
    with pytest.raises(KeysetRefused):
        Succession.read([first, second], root=None)
    third = staff.keyset("example", keys[1], now=FIRST, version=3, previous="0" * 64)
    assert Succession.read([third, first], root=None).newest.version == 3
