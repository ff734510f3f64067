"""Signing: the bytes under a signature are the same in every language, and no byte is free."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.errors import ArchiveRefused
from portal.offline.thread.message import HIGHEST, Heading, Message, sign


def test_headings_are_signed_as_in_the_vectors(vectors: dict[str, Any]) -> None:
    """Lines, link, signature and file, byte for byte."""
    for one in vectors["signing"]:
        heading = Heading(**one["heading"])
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(one["seed"]))
        signed = sign(heading, key=key)
        assert heading.lines.decode() == one["lines"]
        assert heading.link == one["link"]
        assert (signed.key, signed.signature) == (one["key"], one["signature"])
        assert signed.content.decode() == one["message_json"]
        assert Message.parse(signed.content) == signed
        assert signed.is_signed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"sequence": 2', '"sequence": 02'),
        ('"sequence": 2', '"sequence": 2.0'),
        ('"sequence": 2', '"sequence": true'),
        ('"sequence": 2', '"sequence": 0'),
        ('"sequence": 2', f'"sequence": {HIGHEST + 1}'),
        ('"keyset": 1', '"keyset": "1"'),
        ('"author": "reporter"', '"author": "Reporter"'),
        ('"author": "reporter"', '"author": ["reporter"]'),
        ("portico/message/v1", "portico/message/v2"),
        ('"report": "7', '"report": "-'),
        ('"previous": "', '"previous": "A'),
        ("}\n", "}"),
        ("}\n", "}\n\n"),
        ("{\n", '{\n  "more": 1,\n'),
    ],
)
def test_another_spelling_is_refused(vectors: dict[str, Any], before: str, after: str) -> None:
    """There is one way to write a message, so nothing can hide in how it is written."""
    text = vectors["signing"][1]["message_json"]
    assert before in text
    with pytest.raises(ArchiveRefused):
        Message.parse(text.replace(before, after, 1).encode())


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"null", b"\xff", b"[" * 5000, b"{}" + b" " * 5000]
)
def test_what_is_no_message_is_refused(content: bytes) -> None:
    """Whatever it is, and however deep or long."""
    with pytest.raises(ArchiveRefused):
        Message.parse(content)
