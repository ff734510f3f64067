"""Drafting and signing a keyset."""

from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.errors import KeysetRefused
from portal.offline.identity import StaffIdentity, parse_card
from portal.offline.keyring import KeysetDraft, missing_recovery, parse_public_key
from portal.policy import statement
from portal.policy.keyset import Keyset


def test_a_keyset_is_put_together_and_signed(
    keyset: Keyset, root: Ed25519PrivateKey, ada: StaffIdentity, now: datetime
) -> None:
    """What was drafted is what a reader gets, signed by the root."""
    read = Keyset.verify(keyset.text, root=None, program="example", now=now)
    assert read.fingerprint == statement.fingerprint(root.public_key())
    assert [entry.name for entry in read.entries] == ["Ada", "The safe"]
    assert read.recipients[0] == str(ada.opening.recipient)
    assert (read.version, read.previous) == (1, None)


def test_a_draft_survives_its_file(keyset: Keyset) -> None:
    """Writing a draft and reading it changes nothing."""
    draft = KeysetDraft.after(keyset)
    assert KeysetDraft.parse(draft.text()) == draft


def test_the_next_keyset_follows(
    keyset: Keyset, root: Ed25519PrivateKey, server_key: Ed25519PrivateKey, now: datetime
) -> None:
    """The successor names the one before, and carries people and receipt key over."""
    later = now + timedelta(days=20)
    draft = KeysetDraft.after(keyset).adding(
        parse_card(StaffIdentity.generate("Bob").card_text()), role="reader"
    )
    draft = draft.removing("Ada").with_receipt_key(server_key.public_key(), now=later)
    text = draft.signed(root, days=30, now=later)
    read = Keyset.verify(text, root=keyset.fingerprint, program="example", now=later, newest_seen=1)
    assert (read.version, read.previous) == (2, keyset.sha256)
    assert [entry.name for entry in read.entries] == ["The safe", "Bob"]
    # receipts of the first month stay good
    assert read.receipt_key.valid_from == keyset.receipt_key.valid_from


def test_people_are_checked_as_they_come(keyset: Keyset, ada: StaffIdentity) -> None:
    """A second Ada, a used key, a classic key and an unknown name are refused."""
    draft = KeysetDraft.after(keyset)
    card = parse_card(ada.card_text())
    with pytest.raises(KeysetRefused, match="already"):
        draft.adding(card, role="reader")
    with pytest.raises(KeysetRefused, match="already"):
        draft.adding({**card, "name": "Eve"}, role="reader")
    classic = parse_card(StaffIdentity.generate("Carl", classic=True).card_text())
    with pytest.raises(KeysetRefused, match="classic"):
        draft.adding(classic, role="reader")
    with pytest.raises(KeysetRefused, match="not an age public key"):
        draft.adding({**card, "name": "Eve", "recipient": "age1"}, role="reader")
    with pytest.raises(KeysetRefused, match="not in it"):
        draft.removing("Eve")


def test_an_unfit_draft_is_not_signed(
    keyset: Keyset, root: Ed25519PrivateKey, ada: StaffIdentity, now: datetime
) -> None:
    """Without recovery, without a receipt key, or for too long, nothing is signed."""
    alone = KeysetDraft("example", "hybrid").adding(parse_card(ada.card_text()), role="handler")
    assert missing_recovery(alone)
    with pytest.raises(KeysetRefused, match="receipt key"):
        alone.signed(root, days=30, now=now)
    with pytest.raises(KeysetRefused, match="recovery"):
        KeysetDraft.after(keyset).removing("The safe").signed(root, days=30, now=now)
    with pytest.raises(KeysetRefused, match="30 days"):
        KeysetDraft.after(keyset).signed(root, days=31, now=now)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "x"}', '{"format": 1, "entries": 2}'])
def test_what_is_no_draft_is_refused(text: str) -> None:
    """Only a draft is one."""
    with pytest.raises(KeysetRefused):
        KeysetDraft.parse(text)


def test_a_receipt_key_is_read(server_key: Ed25519PrivateKey) -> None:
    """The server's public key is taken from its file, and nothing else passes for it."""
    text = statement.key_text(server_key.public_key()) + "\n"
    assert parse_public_key(text).public_bytes_raw() == server_key.public_key().public_bytes_raw()
    with pytest.raises(KeysetRefused):
        parse_public_key("hello")
