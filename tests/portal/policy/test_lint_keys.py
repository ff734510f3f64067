"""Advice about keys: nothing can be sealed without them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.policy.keyset import Keyset, issue
from portal.policy.lint import Keys, Remark, lint
from portal.policy.pack import Policy

SMALLEST = "[program]\nslug = 'tiny'\nname = 'Tiny'\n"
CONTACT = "[[contact]]\nkind = 'mail'\naddress = 'a@shop.com'\n"
READERS = "[readers]\nroles = ['security officer', 'CEO']\n"


@pytest.fixture
def keyset(claims: dict[str, Any], root: Ed25519PrivateKey) -> Keyset:
    """A signed set with a security officer and a recovery key."""
    return Keyset.read(issue(claims, root=root), root=None)


def remarks(pack: str, keys: Keys | None) -> dict[str, Remark]:
    """Return the remarks on a pack by their codes."""
    return {one.code: one for one in lint(Policy.parse(pack), keys_held=keys)}


def test_a_pack_looked_at_alone_is_taken_to_get_its_keys(now: datetime) -> None:
    """S1-24: without a contact the form is the channel, so there is a notice and no error."""
    found = remarks(SMALLEST, None)
    assert found["no-contact"].level == "notice"
    assert not {"keyset-missing", "keyset-expired", "unreachable"} & found.keys()


def test_keys_that_are_missing_or_over_close_the_form(keyset: Keyset, now: datetime) -> None:
    """That is a warning, because the contacts still work."""
    missing = remarks(SMALLEST + CONTACT, Keys(None, now))
    assert missing["keyset-missing"].level == "warning"
    late = remarks(SMALLEST + CONTACT, Keys(keyset, now + timedelta(days=31)))
    assert late["keyset-expired"].level == "warning"
    assert f"{keyset.expires:%Y-%m-%d}" in late["keyset-expired"].message
    assert "unreachable" not in missing.keys() | late.keys()
    assert not {"keyset-missing", "keyset-expired"} & remarks(SMALLEST, Keys(keyset, now)).keys()


def test_neither_a_contact_nor_the_form_is_an_error(keyset: Keyset, now: datetime) -> None:
    """S1-24: only where nobody can be reached in any way is it an error."""
    for held in (Keys(None, now), Keys(keyset, now + timedelta(days=31))):
        assert remarks(SMALLEST, held)["unreachable"].level == "error"
    assert "unreachable" not in remarks(SMALLEST, Keys(keyset, now))


def test_a_reader_without_a_key_is_an_error(keyset: Keyset, now: datetime) -> None:
    """S3-3: whom the policy promises as a reader needs a key to read with."""
    remark = remarks(SMALLEST + READERS, Keys(keyset, now))["reader-without-key"]
    assert (remark.level, remark.line) == ("error", 5)
    assert "CEO" in remark.message
    assert "security officer" not in remark.message
    officer = READERS.replace(", 'CEO'", "")
    assert "reader-without-key" not in remarks(SMALLEST + officer, Keys(keyset, now))
