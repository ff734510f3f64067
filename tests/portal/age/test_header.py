"""What the public vectors do not notice about headers."""

import io

import pytest

from portal.age import header
from portal.age.errors import HeaderFailure
from portal.age.header import MAX_HEADER_BYTES, MAX_LINE_BYTES, MAX_STANZAS, Stanza

MAC = b"--- HK2NmOBN9Dpq0Gw6xMCuhFcQlQLvZ/wQUi/2scLG75s\n"
VERSION = b"age-encryption.org/v1\n"
SMALL = b"-> example.com/small\nAAAA\n"


def read(text: bytes) -> header.Header:
    """Read a header from bytes."""
    return header.read(io.BytesIO(text))


def test_the_payload_is_left_alone() -> None:
    """Reading a header takes not one byte of the payload, even from a pipe."""
    source = io.BytesIO(VERSION + SMALL + MAC + b"\n--- payload")
    head = header.read(source)
    assert head.raw == VERSION + SMALL + MAC
    assert source.read() == b"\n--- payload"


def test_a_header_says_how_the_file_was_sealed() -> None:
    """Types, arguments and bodies are there without any key."""
    head = read(VERSION + b"-> a b c\nAAAA\n-> x-grease\n\n" + MAC)
    assert head.stanzas == (Stanza("a", ("b", "c"), bytes(3)), Stanza("x-grease", (), b""))
    assert len(head.mac) == header.MAC_BYTES


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (VERSION + MAC, "no stanza"),
        (VERSION + SMALL + MAC.replace(b"--- ", b"---"), "last line"),
        (VERSION + SMALL + MAC.replace(b"--- ", b"---  "), "last line"),
        (VERSION + SMALL + b"---\n", "last line"),
        (VERSION + SMALL + b"\n" + MAC, "last line"),
        (VERSION + SMALL + MAC[:-1] + b"=\n", "last line"),
        (VERSION + SMALL + MAC[:-2] + b"t\n", "canonical"),
        (VERSION + SMALL + MAC[:-1], "cut short"),
        (VERSION + b"->\nAAAA\n" + MAC, "no stanza"),
        (VERSION + b"-> \nAAAA\n" + MAC, "arguments"),
        (VERSION + b"-> a \nAAAA\n" + MAC, "arguments"),
        (VERSION + b"-> a  b\nAAAA\n" + MAC, "arguments"),
        (VERSION + b"-> a\tb\nAAAA\n" + MAC, "arguments"),
        (VERSION + b"-> \xc3\xa9\nAAAA\n" + MAC, "arguments"),
        (VERSION + b"-> a\r\nAAAA\n" + MAC, "arguments"),
        (VERSION + b"-> a\nAA==\n" + MAC, "base64"),
        (VERSION + b"-> a\nAB\n" + MAC, "canonical"),
        (VERSION + b"-> a\nA\n" + MAC, "base64"),
        (VERSION + b"-> a\nAA A\n" + MAC, "base64"),
        (VERSION + b"-> a\n" + b"A" * 64 + b"\n" + MAC, "base64"),
        (VERSION + b"-> a\n" + b"A" * 65 + b"\n" + MAC, "64 columns"),
        (b"age-encryption.org/v2\n" + SMALL + MAC, "not an age v1 file"),
        (b"\n" + VERSION + SMALL + MAC, "not an age v1 file"),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\n", "not an age v1 file"),
        (VERSION[:-1], "not an age v1 file"),
        (VERSION[:-1] + b"\r\n" + SMALL + MAC, "not an age v1 file"),
        (bytes(5000), "not an age v1 file"),
        (b"", "not an age v1 file"),
        (VERSION, "cut short"),
    ],
)
def test_what_the_format_does_not_allow_is_refused(text: bytes, reason: str) -> None:
    """A second spelling of a header, however small the difference, is not taken."""
    with pytest.raises(HeaderFailure, match=reason) as caught:
        read(text)
    assert caught.value.hint


def test_a_line_has_a_limit() -> None:
    """A line that never ends is given up, without reading the rest."""
    source = io.BytesIO(VERSION + b"-> " + b"a" * 10_000_000)
    with pytest.raises(HeaderFailure, match="too long"):
        header.read(source)
    assert source.tell() == len(VERSION) + MAX_LINE_BYTES
    longest = b"-> " + b"a" * (MAX_LINE_BYTES - 4) + b"\n"
    assert len(read(VERSION + longest + b"\n" + MAC).stanzas) == 1
    with pytest.raises(HeaderFailure, match="too long"):
        read(VERSION + longest[:-1] + b"a\n\n" + MAC)


def test_stanzas_have_a_limit() -> None:
    """A file for more recipients than the limit is refused, one for exactly that many is not."""
    assert len(read(VERSION + SMALL * MAX_STANZAS + MAC).stanzas) == MAX_STANZAS
    with pytest.raises(HeaderFailure, match="stanzas"):
        read(VERSION + SMALL * (MAX_STANZAS + 1) + MAC)


def test_a_header_has_a_limit() -> None:
    """One stanza with an endless body is given up."""
    source = io.BytesIO(VERSION + b"-> a\n" + (b"A" * 64 + b"\n") * 1_000_000)
    with pytest.raises(HeaderFailure, match=str(MAX_HEADER_BYTES)):
        header.read(source)
    assert source.tell() <= MAX_HEADER_BYTES + MAX_LINE_BYTES


@pytest.mark.parametrize("length", [0, 1, 47, 48, 49, 95, 96, 97])
def test_a_body_is_wrapped_so_that_its_end_shows(length: int) -> None:
    """Whatever a body's length, writing and reading a stanza gives the stanza."""
    stanza = Stanza("t", ("x",), bytes(range(length)))
    text = header.finished(header.unfinished([stanza]), bytes(32))
    assert read(text).stanzas == (stanza,)
    assert len(stanza.text().split(b"\n")[-2]) < 64
