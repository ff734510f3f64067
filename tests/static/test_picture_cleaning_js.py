"""Pictures lose what they say beyond what they show, and nothing else."""

import base64
import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.thorough

Node = Callable[..., Any]

PICTURES = json.loads(
    (Path(__file__).resolve().parents[1] / "vectors" / "pictures.json").read_text("utf-8")
)
JPEG, PNG, WEBP = (base64.b64decode(PICTURES[kind]) for kind in ("jpeg", "png", "webp"))
SECRET = b"GPS 52.3702 4.8952 by Ada"

CLEAN = """
const { cleaned, remarkOn } = await load("js/picture-cleaning.js")
const answers = []
for (const [name, data] of input) {
    const file = new File([Buffer.from(data, "base64")], name, { type: "image/x" })
    try {
        const blob = await cleaned(file)
        const bytes = Buffer.from(await blob.arrayBuffer())
        answers.push({ data: bytes.toString("base64"), type: blob.type,
                       remark: remarkOn(file, blob), same: blob === file })
    } catch (error) { answers.push({ code: error.code, message: error.message }) }
}
return answers
"""


def cleaned(node: Node, *files: tuple[str, bytes]) -> list[dict[str, Any]]:
    """Clean files as the form does, one after the other."""
    listed = [[name, base64.b64encode(data).decode()] for name, data in files]
    return list(node(CLEAN, listed))


def segment(marker: int, body: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(orientation: int) -> bytes:
    """Exif data with an orientation and a secret, little-endian as cameras write it."""
    entries = struct.pack("<HHII", 0x010E, 2, len(SECRET), 38)
    entries += struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"Exif\0\0" + b"II*\0\x08\0\0\0" + struct.pack("<H", 2) + entries + b"\0" * 4 + SECRET


def chatty_jpeg(orientation: int = 1) -> bytes:
    """A picture with everything a camera or an editor may add."""
    extra = (
        segment(0xE1, exif(orientation))
        + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET)
        + segment(0xE2, b"MPF\0" + SECRET)
        + segment(0xE2, b"ICC_PROFILE\0\x01\x01" + SECRET)
        + segment(0xF7, SECRET)  # reserved: no decoder knows it
        + segment(0xEB, b"JP" + SECRET)
        + segment(0xED, b"Photoshop 3.0\0" + SECRET)
        + segment(0xFE, SECRET)
    )
    return JPEG[:20] + extra + JPEG[20:] + SECRET


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def chatty_png() -> bytes:
    """A picture with texts, a time, Exif, an unknown chunk and a tail."""
    names = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"prVt", b"caBX", b"iCCP", b"pHYs")
    extra = b"".join(chunk(name, b"Comment\0" + SECRET) for name in names)
    return PNG[:33] + extra + PNG[33:] + SECRET


def chatty_webp() -> bytes:
    """A picture with Exif, XMP, an unknown chunk, the flags for them, and a tail."""
    body = bytearray(WEBP[12:])
    body[8] |= 0x2C
    for name in (b"EXIF", b"XMP ", b"JUNK", b"ICCP"):
        body += name + struct.pack("<I", len(SECRET)) + SECRET + b"\0" * (len(SECRET) % 2)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + bytes(body) + SECRET


def test_hidden_data_is_gone_and_the_picture_stays(node: Node) -> None:
    """Exif, XMP, IPTC, C2PA, comments and tails go; what is left is the picture as it was."""
    chatty = [("a.jpg", chatty_jpeg()), ("a.png", chatty_png()), ("a.webp", chatty_webp())]
    for answer, plain in zip(cleaned(node, *chatty), (JPEG, PNG, WEBP), strict=True):
        assert base64.b64decode(answer["data"]) == plain
        assert answer["remark"] == "Hidden data was taken out"
        assert answer["type"] == "image/x"


def turned_png(orientation: int) -> bytes:
    """A picture that says which way is up as PNG does, beside a secret."""
    return PNG[:33] + chunk(b"eXIf", exif(orientation)[6:]) + PNG[33:]


def turned_webp(orientation: int) -> bytes:
    """The same as WebP does it."""
    body, data = bytearray(WEBP[12:]), exif(orientation)[6:]
    body[8] |= 0x08
    body += b"EXIF" + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + bytes(body)


def animated_webp() -> bytes:
    """One frame, with a secret beside its picture."""
    picture = WEBP[30:]  # behind the extended header
    secret = b"tail" + struct.pack("<I", len(SECRET)) + SECRET + b"\0" * (len(SECRET) % 2)
    frame = b"\0" * 6 + WEBP[24:30] + b"\0" * 4 + picture + secret
    body = b"VP8X" + struct.pack("<I", 10) + b"\x02" + WEBP[21:30]
    body += b"ANIM" + struct.pack("<I", 6) + b"\0" * 6
    body += b"ANMF" + struct.pack("<I", len(frame)) + frame
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def test_a_turned_photo_stays_turned(node: Node) -> None:
    """Of Exif, only which way is up is kept, and cleaning again changes nothing."""
    upright = b"MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0) + b"\0" * 4
    turned = [("a.jpg", chatty_jpeg(6)), ("a.png", turned_png(6)), ("a.webp", turned_webp(6))]
    for answer in cleaned(node, *turned):
        once = base64.b64decode(answer["data"])
        assert SECRET not in once
        assert once.count(upright) == 1
        (again,) = cleaned(node, ("again", once))
        assert base64.b64decode(again["data"]) == once


def test_the_frames_of_an_animation_hide_nothing(node: Node) -> None:
    """A frame is a picture of its own, and is cleaned like one."""
    (answer,) = cleaned(node, ("a.webp", animated_webp()))
    once = base64.b64decode(answer["data"])
    assert SECRET in animated_webp()
    assert SECRET not in once
    assert b"ANMF" in once
    (again,) = cleaned(node, ("a.webp", once))
    assert base64.b64decode(again["data"]) == once


def test_clean_pictures_and_other_files_are_left_alone(node: Node) -> None:
    """A clean picture keeps its bytes, and files of other kinds are not touched."""
    files = [("a.jpg", JPEG), ("a.png", PNG), ("a.webp", WEBP), ("a.txt", b"text"), ("b", b"")]
    answers = cleaned(node, *files)
    assert [base64.b64decode(answer["data"]) for answer in answers] == [data for _, data in files]
    assert [answer["same"] for answer in answers] == [False, False, False, True, True]
    assert [answer["remark"] for answer in answers[2:]] == ["Holds no hidden data", "", ""]


def test_talkative_formats_come_with_a_warning(node: Node) -> None:
    """Formats that often name people or places, and are not cleaned, say so by name."""
    names = ["a.pdf", "b.DOCX", "c.mp4", "d.heic", "e.svg"]
    answers = cleaned(node, *((name, b"x") for name in names))
    assert all(answer["remark"].startswith("May name its author") for answer in answers)


def test_damaged_pictures_are_not_passed_through(node: Node) -> None:
    """A picture that cannot be read to its end is refused, because nobody knows what it hides."""
    damaged = [
        ("a.jpg", JPEG[:-2]),
        ("b.jpg", JPEG[:30]),
        ("c.jpg", JPEG[:20] + b"\x00\x00" + JPEG[20:]),
        ("d.png", PNG[:-1]),
        ("e.png", PNG[:40]),
        ("f.png", PNG[:8] + b"\xff\xff\xff\xff" + PNG[12:]),
        ("g.webp", WEBP[:-1]),
        ("h.webp", WEBP[:12]),
    ]
    assert {answer.get("code") for answer in cleaned(node, *damaged)} == {"picture-damaged"}
