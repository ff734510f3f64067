"""Sharing by header: the payload stays, and more people open the same content behind it."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import age
from portal.age import header as age_header
from portal.age.errors import NoMatch
from portal.age.identities import HybridIdentity, X25519Identity
from portal.errors import SharingRefused
from portal.offline.reshare import require_opens, rewrap
from tests.actors import seal

KINDS = st.sampled_from([X25519Identity, HybridIdentity])


@pytest.mark.thorough
@settings(max_examples=40, deadline=None)
@given(
    content=st.binary(max_size=70_000),
    kind=KINDS,
    people=st.integers(1, 4),
    rounds=st.integers(1, 3),
)
def test_shared_then_opened_is_the_original(
    content: bytes, kind: type[X25519Identity], people: int, rounds: int
) -> None:
    """However often a file is shared, each of its people opens the same content behind it."""
    known = [kind.generate()]
    sealed = seal(content, (str(known[0].recipient),))
    header = age_header.read(io.BytesIO(sealed)).raw
    payload = sealed[len(header) :]
    for _ in range(rounds):
        known = [*known, *(kind.generate() for _ in range(people))]
        header = rewrap(header, known[-people - 1 :], [str(one.recipient) for one in known])
        require_opens(header, io.BytesIO(payload), known[-1:])
    for identity in known:
        plain = io.BytesIO()
        age.decrypt(io.BytesIO(header + payload), [identity.text], plain)
        assert plain.getvalue() == content


def test_a_header_that_does_not_hold_is_found_out() -> None:
    """Left out of it, of another file, or with a payload that was altered."""
    ada, grace = X25519Identity.generate(), X25519Identity.generate()
    to = [str(ada.recipient)]
    one, two = seal(b"one", tuple(to)), seal(b"two", tuple(to))
    header = age_header.read(io.BytesIO(one)).raw
    with pytest.raises(SharingRefused):
        rewrap(header, [ada], [str(grace.recipient)])
    with pytest.raises(NoMatch):
        rewrap(header, [grace], to)
    made = rewrap(header, [ada], to)
    require_opens(made, io.BytesIO(one[len(header) :]), [ada])
    altered = one[len(header) : -1] + bytes([one[-1] ^ 1])
    for payload in (two[len(header) :], altered, altered[:-1], b""):
        with pytest.raises(SharingRefused):
            require_opens(made, io.BytesIO(payload), [ada])
