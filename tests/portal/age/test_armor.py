"""ASCII armour."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.age.armor import BEGIN, END, MAX_BLANK_BYTES, ArmoredSink, ArmoredSource
from portal.age.errors import ArmorFailure


def armored(data: bytes) -> bytes:
    """Put armour around bytes."""
    sink = io.BytesIO()
    with ArmoredSink(sink) as armour:
        armour.write(data)
    return sink.getvalue()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.integers(1, 100), st.sampled_from([b"\n", b"\r\n"]))
def test_put_on_then_taken_off_is_the_original(data: bytes, step: int, end: bytes) -> None:
    """Any bytes come back, whatever the line end and however they are read."""
    source = ArmoredSource(io.BytesIO(armored(data).replace(b"\n", end)))
    assert b"".join(iter(lambda: source.read(step), b"")) == data


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300), st.integers(1, 100))
def test_lines_are_those_of_the_bytes_inside(data: bytes, limit: int) -> None:
    """Reading by line gives the lines of the age file, not those of its armour."""
    source, plain = ArmoredSource(io.BytesIO(armored(data))), io.BytesIO(data)
    while line := plain.readline(limit):
        assert source.readline(limit) == line
    assert source.readline(limit) == b""


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\n" * (MAX_BLANK_BYTES + 1),
        BEGIN,
        BEGIN + b"\n\n" + END,
        BEGIN + b"\nAA==\nAAAA\n" + END,
        BEGIN + b"\n" + b"A" * 68 + b"\n" + END,
        BEGIN + b"\n" + b"A" * 64 + b"\r\r\n" + END,
        BEGIN + b"\n" + b"A" * 60 + b"AB==\n" + END,
        BEGIN + b"\nAAAA\n" + END + b"\nx",
        BEGIN + b"\nAAAA\n" + END + b"\n" * (MAX_BLANK_BYTES + 2),
        BEGIN + b"\nAAAA" + END,
        b"x\n" + BEGIN + b"\nAAAA\n" + END,
    ],
)
def test_a_second_spelling_is_refused(text: bytes) -> None:
    """Whatever is not strict armour raises, in bounded time."""
    source = ArmoredSource(io.BytesIO(text))
    with pytest.raises(ArmorFailure):
        b"".join(iter(lambda: source.read(64), b""))


def test_an_interrupted_block_stays_unfinished() -> None:
    """When sealing fails half-way, the text does not look like a whole file."""
    sink = io.BytesIO()
    armour = ArmoredSink(sink)
    armour.__enter__().write(bytes(100))
    armour.__exit__(RuntimeError)
    assert sink.getvalue().startswith(BEGIN)
    assert END not in sink.getvalue()
