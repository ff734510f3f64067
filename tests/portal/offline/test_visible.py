"""Text from elsewhere, made harmless to look at."""

import pytest

from portal.offline import visible

HIDDEN = {
    "tags": range(0xE0000, 0xE0080),
    "Hangul fillers": (0x3164, 0x115F, 0x1160, 0xFFA0),
    "variation selectors": (
        *range(0xFE00, 0xFE10),
        *range(0xE0100, 0xE01F0),
        *range(0x180B, 0x1810),
    ),
    "direction": (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    "joiners": (0x034F, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x180E, 0x17B4, 0x17B5),
    "controls": (0x00, 0x07, 0x1B, 0x7F, 0x9B, 0x2028, 0x2029),
    "surrogates": (0xD800, 0xDFFF),
}


@pytest.mark.parametrize("points", HIDDEN.values(), ids=HIDDEN)
def test_what_cannot_be_seen_is_shown_to_be_there(points: range) -> None:
    """No character that hides, reorders or commands comes through; each leaves a mark."""
    for point in points:
        for shown in (visible.line(f"a{chr(point)}b"), visible.lines(f"a{chr(point)}b")):
            assert shown == "a\ufffdb", hex(point)


@pytest.mark.parametrize(
    "text", ["plain", "b\u00fccher \u4f60\u597d", "\u0430\u0301", "\U0001f600"]
)
def test_what_can_be_seen_stays(text: str) -> None:
    """Letters of any script and plain pictures are shown as they are."""
    assert visible.line(text) == text


def test_half_a_character_is_no_text() -> None:
    """Halves leave a mark, and everything that is text stays, seen or not."""
    assert visible.whole("a\udcff\ud800b") == "a\ufffd\ufffdb"
    assert visible.whole("\U0001f600\u200b\x07\n") == "\U0001f600\u200b\x07\n"
