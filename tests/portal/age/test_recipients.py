"""Whom a file may be sealed to."""

import pytest

from portal.age import bech32, recipients
from portal.age.errors import RecipientRefused
from portal.age.header import Stanza
from portal.age.identities import HybridIdentity, X25519Identity
from portal.age.recipients import HybridRecipient, Kind, ScryptRecipient, X25519Recipient

LOW_ORDER = bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")


def test_recipients_are_read_and_written(classic: X25519Identity, hybrid: HybridIdentity) -> None:
    """Text becomes a recipient of its kind and the same text again."""
    for identity, kind in ((classic, Kind.CLASSIC), (hybrid, Kind.HYBRID)):
        text = str(identity.recipient)
        assert recipients.parse(f"  {text}\n") == identity.recipient
        assert recipients.parse(text).kind is kind
        assert str(recipients.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "age1",
        "hello",
        bech32.encode("age", bytes(32)),
        bech32.encode("age", LOW_ORDER),
        bech32.encode("age", bytes(31) + b"\x09"[:0]),
        bech32.encode("age", bytes([9]) + bytes(32)),
        bech32.encode("age1pq", bytes(1216)),
        bech32.encode("age1pq", b"\xff" * 1216),
        bech32.encode("age1pq", bytes([9]) + bytes(31)),
        bech32.encode("age1tag", bytes([2]) * 33),
        bech32.encode("age-secret-key-", bytes([9]) * 32).upper(),
        bech32.encode("age", bytes([9]) * 32).upper(),
    ],
)
def test_what_cannot_be_sealed_to_is_refused(text: str) -> None:
    """A mistyped, weak, foreign or private key is not taken for a recipient."""
    with pytest.raises(RecipientRefused) as caught:
        recipients.parse(text)
    assert caught.value.hint


def test_a_mistyped_recipient_is_noticed(hybrid: HybridIdentity) -> None:
    """One wrong symbol among two thousand is enough to refuse."""
    text = str(hybrid.recipient)
    wrong = text[:700] + ("q" if text[700] != "q" else "p") + text[701:]
    with pytest.raises(RecipientRefused, match="checksum"):
        recipients.parse(wrong)


def test_kinds_are_never_mixed(classic: X25519Identity, hybrid: HybridIdentity) -> None:
    """A classic recipient beside a hybrid one is refused before anything is sealed."""
    with pytest.raises(RecipientRefused, match="different kinds"):
        recipients.one_kind([classic.recipient, str(hybrid.recipient)])
    with pytest.raises(RecipientRefused, match="different kinds"):
        recipients.one_kind([ScryptRecipient("x"), classic.recipient])
    with pytest.raises(RecipientRefused, match="alone"):
        recipients.one_kind([ScryptRecipient("x"), ScryptRecipient("y")])
    with pytest.raises(RecipientRefused, match="nobody"):
        recipients.one_kind([])
    assert len(recipients.one_kind([classic.recipient, str(classic.recipient)])) == 2


def test_wrapping_never_repeats_itself(classic: X25519Identity, hybrid: HybridIdentity) -> None:
    """Each wrapping of one key uses fresh randomness, so files cannot be linked."""
    key = bytes(16)
    for recipient in (classic.recipient, hybrid.recipient, ScryptRecipient("x", work_factor=2)):
        first, second = recipient.wrap(key), recipient.wrap(key)
        assert isinstance(first, Stanza)
        assert first.type == second.type
        assert first.args[0] != second.args[0]
        assert first.body != second.body


def test_keys_of_the_wrong_length_are_never_made() -> None:
    """A recipient value, once it exists, is usable."""
    with pytest.raises(RecipientRefused):
        X25519Recipient(bytes([9]) * 31)
    with pytest.raises(RecipientRefused):
        HybridRecipient(bytes([9]) * 1215)


def test_a_passphrase_does_not_show_in_a_traceback() -> None:
    """The text form of a passphrase recipient hides the passphrase."""
    assert "open sesame" not in repr(ScryptRecipient("open sesame"))
