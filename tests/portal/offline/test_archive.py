"""Packing, padding, naming and unpacking: what goes in comes out, on both clients."""

import base64
import io
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.errors import ArchiveRefused
from portal.offline.archive import Archive, Member
from portal.offline.file_names import NAME_BYTES, flat_name, flat_names
from portal.offline.padding import FLOOR, padded_length, padme
from portal.offline.unpacking import MAX_FILES, MAX_REMARK_BYTES, is_archive, unpack

Browser = Callable[[dict[str, Any]], Any]
MTIME = 1_700_000_000


def packed(files: dict[str, bytes]) -> bytes:
    """Pack files as they come."""
    members = [Member.of_bytes(name, content) for name, content in files.items()]
    archive = Archive(members, MTIME)
    content = b"".join(archive.pieces())
    assert len(content) == archive.length
    return content


def by_tarfile(fmt: int, *members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    """Pack with the standard library, in any of its formats."""
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w", format=fmt) as tar:
        for info, content in members:
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return sink.getvalue()


def info(name: str, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    """Describe a member."""
    made = tarfile.TarInfo(name)
    made.type = kind
    return made


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(min_size=1, max_size=30).map(flat_name), st.binary(max_size=2000)))
def test_packed_then_unpacked_is_the_original(files: dict[str, bytes]) -> None:
    """Any files under safe names come back, whatever is in them."""
    unique = dict(zip(flat_names(files), files.values(), strict=True))
    with tempfile.TemporaryDirectory() as folder:
        unpack(io.BytesIO(packed(unique)), Path(folder))
        assert {each.name: each.read_bytes() for each in Path(folder).iterdir()} == unique


def test_the_browser_packs_the_same_bytes(browser: Browser) -> None:
    """The same files and time give the same archive in both clients, byte for byte."""
    files = {"report.json": b"{}", "grüße.txt": bytes(70_000), "empty": b"", "x": b"y" * 512}
    listed = [{"name": n, "data": base64.b64encode(c).decode()} for n, c in files.items()]
    theirs = base64.b64decode(browser({"job": "pack", "files": listed, "now": MTIME}))
    assert theirs == packed(files)
    unpacked = browser({"job": "unpack", "data": base64.b64encode(packed(files)).decode()})
    assert {each["name"]: base64.b64decode(each["data"]) for each in unpacked} == files


def test_system_tar_reads_it(tmp_path: Path) -> None:
    """`tar x` is all one needs; the fill disturbs nothing."""
    files = {"report.json": b"{}", "report.md": b"# hi\n" * 9000}
    done = subprocess.run(
        ["tar", "xf", "-"], input=packed(files), cwd=tmp_path, capture_output=True, check=True
    )
    assert done.stderr == b""
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == files
    assert {each.stat().st_mode & 0o777 for each in tmp_path.iterdir()} == {0o600}


def test_lengths_say_little(browser: Browser) -> None:
    """Short reports look alike, longer ones fall into few sizes, and both clients agree."""
    assert padded_length(1) == padded_length(9000) == FLOOR == 16384
    lengths = [0, 1, 2, 9, 511, 16384, 16385, 20_000, 100_001, 2**20 - 1, 2**20, 2**29 + 1]
    assert browser({"job": "padded", "lengths": lengths}) == [padded_length(n) for n in lengths]
    assert len({padme(length) for length in range(100_000, 200_000)}) < 40
    for length in range(2, 5000):
        assert length <= padme(length) <= length * 1.12 + 1


def test_a_changed_file_stops_the_packing(tmp_path: Path) -> None:
    """A file that grows or shrinks while it is read is not sent half."""
    path = tmp_path / "log"
    path.write_bytes(b"12345")
    for content in (b"1234", b"123456"):
        member = Member.of_file("log", path)
        path.write_bytes(content)
        with pytest.raises(ArchiveRefused, match="changed"):
            b"".join(Archive([member], MTIME).pieces())
        path.write_bytes(b"12345")


@pytest.mark.parametrize("name", ["", "a/b", "x" * 101, "é" * 51])
def test_a_name_that_does_not_fit_is_not_packed(name: str) -> None:
    """Names are flat and at most 100 bytes."""
    with pytest.raises(ArchiveRefused):
        packed({name: b""})


NAMES = [
    "../../etc/passwd",
    "C:\\Users\\x\\report.pdf",
    ".bashrc",
    "-rf",
    "~root",
    "con.txt",
    "COM1",
    "console.log",
    "a\x1b[31m.txt",
    "invoice\u202efdp.exe",
    "trailing. . ",
    "",
    "...",
    "é" * 80 + ".tar.gz",
    "x" * 200 + ".png",
    "Ünïcode ☃.txt",
    "a:b|c?.txt",
    "same.txt",
    "SAME.txt",
    "same.txt",
]


def test_names_are_made_safe(browser: Browser) -> None:
    """Names from elsewhere become flat, visible, different, and the same in both clients."""
    safe = flat_names(NAMES)
    assert browser({"job": "names", "names": NAMES}) == safe
    assert len({name.lower() for name in safe}) == len(NAMES)
    for name in safe:
        assert 0 < len(name.encode()) <= NAME_BYTES
        assert not set(name) & set("/\\\x1b\u202e:|?")
        assert not name.startswith((".", "-", "~"))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_a_safe_name_stays_as_it_is(name: str) -> None:
    """Making a name safe twice changes nothing."""
    assert flat_name(flat_name(name)) == flat_name(name)


@pytest.mark.parametrize("fmt", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_archives_made_by_hand_are_read(fmt: int, tmp_path: Path) -> None:
    """A common tar's output is unpacked, remarks about dates and owners passed over."""
    member = info("./report.md")
    member.mtime = MTIME
    member.pax_headers = {"mtime": "1700000000.5"} if fmt == tarfile.PAX_FORMAT else {}
    content = by_tarfile(fmt, (member, b"# hello"), (info("shot.png"), b"png"))
    assert is_archive(content[:512])
    paths = unpack(io.BytesIO(content), tmp_path)
    assert [(each.name, each.read_bytes()) for each in paths] == [
        ("report.md", b"# hello"),
        ("shot.png", b"png"),
    ]


def linked(kind: bytes) -> bytes:
    """Pack a link that points out of the folder."""
    member = info("link", kind)
    member.linkname = "/etc/passwd"
    return by_tarfile(tarfile.USTAR_FORMAT, (member, b""))


GOOD = packed({"a": b"1" * 600})
HOSTILE = {
    "up": by_tarfile(tarfile.USTAR_FORMAT, (info("../x"), b"")),
    "absolute": by_tarfile(tarfile.USTAR_FORMAT, (info("/tmp/x"), b"")),
    "folder": by_tarfile(tarfile.USTAR_FORMAT, (info("a/b"), b"")),
    "prefix": by_tarfile(tarfile.USTAR_FORMAT, (info("d" * 90 + "/" + "f" * 90), b"")),
    "directory": by_tarfile(tarfile.USTAR_FORMAT, (info("a", tarfile.DIRTYPE), b"")),
    "symlink": linked(tarfile.SYMTYPE),
    "hardlink": linked(tarfile.LNKTYPE),
    "device": by_tarfile(tarfile.USTAR_FORMAT, (info("null", tarfile.CHRTYPE), b"")),
    "pipe": by_tarfile(tarfile.USTAR_FORMAT, (info("p", tarfile.FIFOTYPE), b"")),
    "dots": by_tarfile(tarfile.USTAR_FORMAT, (info(".."), b"")),
    "backslash": by_tarfile(tarfile.USTAR_FORMAT, (info("a\\b"), b"")),
    "escape": by_tarfile(tarfile.USTAR_FORMAT, (info("a\x1b[2J"), b"")),
    "twice": by_tarfile(tarfile.USTAR_FORMAT, (info("a"), b"1"), (info("a"), b"2")),
    "twice once safe": by_tarfile(tarfile.USTAR_FORMAT, (info("_a"), b"1"), (info(".a"), b"2")),
    "many": packed({f"f{number}": b"" for number in range(MAX_FILES + 1)}),
    "checksum": b"b" + GOOD[1:],
    "cut": GOOD[:900],
    "no end": GOOD[: 512 + 1024],
    "after the end": GOOD[:-1] + b"x",
    "negative size": GOOD[:124] + b"-0000000001\x00" + GOOD[136:],
    "long remark": by_tarfile(
        tarfile.USTAR_FORMAT, (info("x", tarfile.XHDTYPE), b" " * (MAX_REMARK_BYTES + 1))
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_archives_are_refused(name: str, tmp_path: Path) -> None:
    """Nothing is written outside the folder, and nothing but plain files inside it."""
    inner = tmp_path / "inner"
    inner.mkdir()
    with pytest.raises(ArchiveRefused) as caught:
        unpack(io.BytesIO(HOSTILE[name]), inner)
    assert caught.value.hint
    assert list(tmp_path.iterdir()) == [inner]
    assert all(each.is_file() and not each.is_symlink() for each in inner.iterdir())


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A file or link that is there already stays as it is."""
    outside = tmp_path / "outside"
    outside.write_text("mine")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "a").symlink_to(outside)
    with pytest.raises(ArchiveRefused, match="there already"):
        unpack(io.BytesIO(GOOD), inner)
    assert outside.read_text() == "mine"


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_damage_is_noticed_or_harmless(place: int, wound: bytes) -> None:
    """A damaged archive raises our own error or gives plain files; nothing else ever happens."""
    damaged = GOOD[:place] + wound + GOOD[place + len(wound) :]
    with tempfile.TemporaryDirectory() as folder:
        try:
            paths = unpack(io.BytesIO(damaged), Path(folder))
        except ArchiveRefused:
            return
        assert all(each.parent == Path(folder) for each in paths)
