"""Sealed, then opened: the promises of the whole room."""

import io
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import age
from portal.age import header, primitives
from portal.age.armor import ArmoredSink, ArmoredSource
from portal.age.errors import HeaderFailure, NoMatch, RecipientRefused
from portal.age.header import Stanza
from portal.age.identities import HybridIdentity, ScryptIdentity, X25519Identity
from portal.age.recipients import ScryptRecipient
from portal.age.sizes import CHUNK_BYTES

Seal = Callable[..., bytes]
Unseal = Callable[..., bytes]
EDGES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 200_000]


class Trickle(io.BytesIO):
    """A stream that, like a pipe, hands out fewer bytes than asked for."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Return at most a thousand bytes."""
        return super().read(min(size or 0, 1000))


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=500), stretch=st.sampled_from([1, 131, 263]), kind=st.booleans())
def test_sealed_then_opened_is_the_original(
    content: bytes, stretch: int, kind: bool, seal: Seal, unseal: Unseal
) -> None:
    """Whatever goes in comes out, for either kind of key and any length."""
    identity = HybridIdentity(bytes(32)) if kind else X25519Identity(bytes(32))
    plain = content * stretch
    assert unseal(seal(plain, [identity.recipient]), [identity]) == plain


@pytest.mark.parametrize("length", EDGES)
def test_lengths_around_a_chunk(
    length: int, classic: X25519Identity, seal: Seal, unseal: Unseal
) -> None:
    """Content that just fills a chunk, or just does not, comes back whole."""
    plain = bytes(length)
    assert unseal(seal(plain, [classic.recipient]), [classic]) == plain


def test_slow_streams_change_nothing(hybrid: HybridIdentity) -> None:
    """Content and files that arrive in small pieces are sealed and opened alike."""
    plain = bytes(range(256)) * 1000
    sealed, opened = io.BytesIO(), io.BytesIO()
    age.encrypt(Trickle(plain), [str(hybrid.recipient)], sealed)
    age.decrypt(Trickle(sealed.getvalue()), [hybrid.text], opened)
    assert opened.getvalue() == plain


def test_every_recipient_can_open(seal: Seal, unseal: Unseal) -> None:
    """One file, several people; a stranger gets nothing."""
    people = [HybridIdentity.generate() for _ in range(3)]
    file = seal(b"hello", [each.recipient for each in people])
    for each in people:
        assert unseal(file, [HybridIdentity.generate(), each]) == b"hello"
    with pytest.raises(NoMatch):
        unseal(file, [HybridIdentity.generate(), X25519Identity.generate(), ScryptIdentity("x")])
    with pytest.raises(NoMatch):
        unseal(file, [])


def test_a_passphrase_opens_what_it_sealed(seal: Seal, unseal: Unseal) -> None:
    """The right passphrase opens, another does not, and text beyond ASCII works."""
    file = seal(b"hello", [ScryptRecipient("grüße ☃", work_factor=6)])
    assert unseal(file, [ScryptIdentity("grüße ☃")]) == b"hello"
    with pytest.raises(NoMatch):
        unseal(file, [ScryptIdentity("gruesse")])


def test_nothing_is_written_for_mixed_recipients(
    classic: X25519Identity, hybrid: HybridIdentity
) -> None:
    """A refusal comes before the first byte."""
    sink = io.BytesIO()
    with pytest.raises(RecipientRefused):
        age.encrypt(io.BytesIO(b"x"), [classic.recipient, hybrid.recipient], sink)
    assert sink.getvalue() == b""


def rewrapped(file_key: bytes, stanzas: list[Stanza]) -> bytes:
    """Make a genuine header out of any stanzas."""
    text = header.unfinished(stanzas)
    return header.finished(text, primitives.header_mac(file_key, text))


def test_a_passphrase_beside_a_key_is_refused(classic: X25519Identity, unseal: Unseal) -> None:
    """The rule holds even for a key holder who would never look at the passphrase stanza."""
    file_key = bytes(16)
    passphrase = ScryptRecipient("x", work_factor=2).wrap(file_key)
    for stanzas in (
        [classic.recipient.wrap(file_key), passphrase],
        [passphrase, classic.recipient.wrap(file_key)],
        [passphrase, ScryptRecipient("y", work_factor=2).wrap(file_key)],
    ):
        with pytest.raises(HeaderFailure, match="mixes a passphrase"):
            unseal(rewrapped(file_key, stanzas) + bytes(32), [classic, ScryptIdentity("x")])


def test_grease_is_passed_over(classic: X25519Identity, seal: Seal, unseal: Unseal) -> None:
    """A stanza of an unknown type, made to keep readers honest, changes nothing."""
    file = seal(b"hello", [classic.recipient])
    head = header.read(io.BytesIO(file))
    file_key = classic.unwrap(head.stanzas)
    assert file_key is not None
    greased = rewrapped(file_key, [Stanza("q-grease", ("a", "b"), b"?" * 99), *head.stanzas])
    assert unseal(greased + file[len(head.raw) :], [classic]) == b"hello"


def test_armour_travels_along(hybrid: HybridIdentity) -> None:
    """A file sealed straight into armour opens straight out of it."""
    text, opened = io.BytesIO(), io.BytesIO()
    with ArmoredSink(text) as armour:
        age.encrypt(io.BytesIO(bytes(70_000)), [hybrid.recipient], armour)
    text.seek(0)
    age.decrypt(ArmoredSource(text), [hybrid], opened)
    assert opened.getvalue() == bytes(70_000)
