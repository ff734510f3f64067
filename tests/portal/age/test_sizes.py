"""Lengths of payloads."""

import pytest

from portal.age.errors import PayloadFailure
from portal.age.sizes import CHUNK_BYTES, SHORTEST_PAYLOAD_BYTES, payload_length, plaintext_length


@pytest.mark.parametrize("length", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 10**9])
def test_lengths_go_there_and_back(length: int) -> None:
    """The length of the content follows from that of the payload."""
    assert plaintext_length(payload_length(length)) == length


def test_the_shortest_payload_is_an_empty_one() -> None:
    """A nonce and a tag is the least there can be."""
    assert payload_length(0) == SHORTEST_PAYLOAD_BYTES


@pytest.mark.parametrize("length", [-1, 0, 16, 31, *range(32 + 65536 + 1, 32 + 65536 + 17)])
def test_impossible_lengths_are_refused(length: int) -> None:
    """A payload whose last chunk would be empty or shorter than its tag cannot exist."""
    with pytest.raises(PayloadFailure):
        plaintext_length(length)
