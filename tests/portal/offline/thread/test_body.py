"""The body of a message: written one way, and read only in the form it has."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from portal.errors import ArchiveRefused
from portal.offline.thread.body import MAX_BYTES, Body, sha256
from portal.offline.thread.message import Heading
from portal.offline.thread.sealing import readable

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def test_bodies_are_written_as_in_the_vectors(vectors: dict[str, Any]) -> None:
    """Byte for byte, and read back to the same."""
    for one in vectors["bodies"]:
        body = Body.parse(one["content"].encode())
        assert body.content.decode() == one["content"]
        assert sha256(body.content) == one["sha256"]
        assert body.text == one["body"]["text"]


def test_half_a_character_is_replaced() -> None:
    """It could be neither written nor signed alike on both sides."""
    assert Body.parse(Body("message", "a\ud800b", AT).content).text == "a\ufffdb"


@pytest.mark.parametrize(
    "change",
    [
        {"format": "portico/message-body/v2"},
        {"kind": "poke"},
        {"kind": ["message"]},
        {"text": None},
        {"at": "2026-11-22"},
        {"at": "2026-11-22T09:30:00+00:00"},
        {"at": "2026-02-30T09:30:00Z"},
        {"at": "2026-11-22T24:00:00Z"},
        {"data": []},
        {"files": {}},
        {"files": {"length": 0, "sha256": "ab" * 32, "files": []}},
        {"files": {"length": 1, "sha256": "ab" * 32, "files": [{"name": "a"}]}},
        {"files": {"length": 1, "sha256": "no", "files": []}},
        {"more": 1},
    ],
)
def test_an_odd_body_is_refused(change: dict[str, Any]) -> None:
    """Signed or not: what cannot be understood is not shown as if it were."""
    raw = json.loads(Body("message", "Hello.", AT).content) | change
    with pytest.raises(ArchiveRefused):
        Body.parse(json.dumps(raw).encode())


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"3", b"\xff", b"[" * 5000, b'{"data": NaN}', b" " * (MAX_BYTES + 1)]
)
def test_what_is_no_body_is_refused(content: bytes) -> None:
    """Whatever it is, and however deep or long."""
    with pytest.raises(ArchiveRefused):
        Body.parse(content)


def test_the_readable_copy_leaves_out_what_stands_in_its_text() -> None:
    """The answers of a form are more than a word, and are in the text already."""
    body = Body("completion", "Steps\nOpen it.", AT, {"fields": {"steps": "x"}, "name": "me"})
    heading = Heading("7k2m9-qx4dw", "reporter", 1, "0" * 64, 1, sha256(body.content))
    text = readable(body, heading)
    assert "More answers to the form" in text
    assert "Open it." in text
    assert "`name`: `me`" in text
    assert "fields" not in text
