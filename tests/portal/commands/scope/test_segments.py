"""A file in segments, of which each has the lines that begin in it."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.commands.scope import segments
from portal.commands.scope.segments import Segments


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text("ab\r", max_size=9), max_size=9), st.booleans(), st.integers(1, 12),
    st.integers(0, 5),
)  # fmt: skip
def test_the_segments_are_the_file(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], ended: bool, size: int, skip: int
) -> None:
    """Segments of any size, one after the other, are the file from where it stood."""
    data = "\n".join(lines).encode() + (b"\n" if ended else b"")
    path = tmp_path_factory.mktemp("file") / "lines"
    path.write_bytes(data)
    with path.open("rb") as file:
        os.lseek(file.fileno(), skip, os.SEEK_SET)
        cut = Segments(file.fileno(), size=size)
        found = [cut.lines(number) for number in range(len(cut))]
    rest = data[skip:]
    assert b"".join(found) == (rest if rest.endswith(b"\n") or not rest else rest + b"\n")
    assert all(not each or each.endswith(b"\n") for each in found)


def test_a_long_line_belongs_to_where_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The segments that a long line runs through have nothing of it."""
    monkeypatch.setattr(segments, "STEP", 3)
    path = tmp_path / "lines"
    path.write_bytes(b"a\n" + b"b" * 20 + b"\nc")
    with path.open("rb") as file:
        cut = Segments(file.fileno(), size=4)
        found = [cut.lines(number) for number in range(len(cut))]
    assert found == [b"a\n" + b"b" * 20 + b"\n", b"", b"", b"", b"", b"c\n"]


def test_a_file_that_becomes_shorter_ends_early(tmp_path: Path) -> None:
    """What is gone is not waited for."""
    path = tmp_path / "lines"
    path.write_bytes(b"aaaa\n" * 10)
    with path.open("rb") as file:
        cut = Segments(file.fileno(), size=20)
        path.write_bytes(b"aaaa\n")
        assert [cut.lines(number) for number in range(len(cut))] == [b"aaaa\n", b"", b""]
