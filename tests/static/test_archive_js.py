"""Archives: written so that any `tar` reads them, read back with no tolerance at all."""

import base64
import io
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from portal.offline.file_names import flat_names

pytestmark = pytest.mark.thorough

Node = Callable[..., Any]

WRITE = """
const { archive } = await load("js/archive.js")
const { bytesOf } = await load("js/streams.js")
const entries = input.map(({ name, data }) => {
    const bytes = Buffer.from(data, "base64")
    return { name, size: bytes.length, stream: () => new Blob([bytes]).stream() }
})
const { length, stream } = archive(entries, { now: 1795338000 })
return { length, data: Buffer.from(await bytesOf(stream)).toString("base64") }
"""
READ = """
const { unarchive } = await load("js/unarchive.js")
return input.map((data) => {
    try {
        return { files: unarchive(new Uint8Array(Buffer.from(data, "base64"))).map(
            ({ name, bytes }) => [name, Buffer.from(bytes).toString("base64")]) }
    } catch (error) { return { code: error.code, reason: error.reason ?? String(error) } }
})
"""
FILES = {
    "report.json": b"{}\n",
    "empty.txt": b"",
    "block.bin": bytes(512),
    "émission 証拠.png": bytes(range(256)) * 300,
}


def text(data: bytes) -> str:
    """Base64, for the way into Node."""
    return base64.b64encode(data).decode("ascii")


def written(node: Node, files: dict[str, bytes]) -> bytes:
    """Pack files with the browser's archiver."""
    answer = node(WRITE, [{"name": name, "data": text(data)} for name, data in files.items()])
    data = base64.b64decode(answer["data"])
    assert len(data) == answer["length"], "the size must be known before the first byte"
    return data


def packed(*members: tuple[tarfile.TarInfo, bytes], fmt: int = tarfile.USTAR_FORMAT) -> bytes:
    """Pack members with Python's archiver, for the reader to judge."""
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w", format=fmt) as archive:
        for info, data in members:
            info.size = len(data) if info.isreg() else 0
            archive.addfile(info, io.BytesIO(data))
    return sink.getvalue()


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    """Describe a member of an archive."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def test_any_tar_reads_what_was_packed(node: Node) -> None:
    """Python's tarfile finds the same names, bytes and order, and plain files of nobody."""
    with tarfile.open(fileobj=io.BytesIO(written(node, FILES))) as archive:
        members = archive.getmembers()
        read = {one.name: (archive.extractfile(one) or io.BytesIO()).read() for one in members}
    assert list(read.items()) == list(FILES.items())
    assert {(one.mode, one.uid, one.gid, one.mtime, one.uname) for one in members} == {
        (0o600, 0, 0, 1795338000, "")
    }


@pytest.mark.parametrize("size", [0, 1, 511, 512, 513, 14_000, 15_872, 60_000, 200_000])
def test_archives_are_padded_with_zeros(node: Node, size: int) -> None:
    """The archive ends in zeros, up to a padded length of whole blocks."""
    data = written(node, {"a": b"x" * size})
    used = 512 + -(-size // 512) * 512
    assert len(data) >= max(16384, used + 1024)
    assert len(data) % 512 == 0
    assert not any(data[used:])


def test_reading_undoes_packing(node: Node) -> None:
    """What was packed comes back, name by name and byte by byte."""
    (answer,) = node(READ, [text(written(node, FILES))])
    assert answer["files"] == [[name, text(data)] for name, data in FILES.items()]


def test_python_and_browser_agree_on_plain_archives(node: Node) -> None:
    """A plain ustar archive written by Python is read by the browser."""
    (answer,) = node(READ, [text(packed((member("report.json"), b"{}")))])
    assert answer["files"] == [["report.json", text(b"{}")]]


def test_what_gnu_tar_packs_is_read(node: Node, tmp_path: Path) -> None:
    """Whoever seals by hand uses the `tar` of their system, as the page's own command says."""
    (tmp_path / "report.md").write_text("A door is open.")
    (tmp_path / "proof.bin").write_bytes(bytes(700))
    command = ["tar", "--format=gnu", "-cf", "-", "report.md", "proof.bin"]
    made = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    assert made[257:265] == b"ustar  \0"
    (answer,) = node(READ, [text(made)])
    assert answer["files"] == [
        ["report.md", text(b"A door is open.")],
        ["proof.bin", text(bytes(700))],
    ]


def without_magic(plain: bytes) -> bytes:
    """An archive of the oldest kind, its checksum put right."""
    header = bytearray(plain[:512])
    header[257:265] = bytes(8)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + plain[512:]


def hostile() -> dict[str, bytes]:
    """Archives that must never be unpacked, by what is wrong with them."""
    plain = packed((member("a"), b"text"))
    return {
        "it holds something other than a plain file": packed((member("d", tarfile.DIRTYPE), b"")),
        "it holds something other than a plain file ": packed(
            (member("l", tarfile.SYMTYPE, "/etc/passwd"), b"")
        ),
        "it holds something other than a plain file  ": packed(
            (member("h", tarfile.LNKTYPE, "a"), b"")
        ),
        "a file name in it could leave its folder": packed((member("../a"), b"")),
        "a file name in it could leave its folder ": packed((member("b/a"), b"")),
        "a file name in it could leave its folder  ": packed((member(".."), b"")),
        "it hides bytes between files  ": packed((member(f"{'x' * 50}/{'y' * 90}"), b"")),
        "it is not in the ustar format": without_magic(plain),
        "it holds something other than a plain file   ": packed(
            (member("ü" * 80), b""), fmt=tarfile.PAX_FORMAT
        ),
        "it holds a twice": packed((member("a"), b"1"), (member("a"), b"2")),
        "it holds A twice": packed((member("a"), b"1"), (member("A"), b"2")),
        "it does not end on a block": plain[:-1],
        "a is cut off": plain[:512],
        "its end mark is missing": plain[:1024],
        "it hides bytes between files": plain[:-1] + b"x",
        "it hides bytes between files ": plain[:600] + b"x" + plain[601:],
        "a header in it is damaged": b"b" + plain[1:],
        "a number in it is not written in octal": plain[:148] + b"12345678" + plain[156:],
    }


def test_strange_archives_are_refused(node: Node) -> None:
    """Folders, links, long names, doubles, cuts and hidden bytes are refused, with the reason."""
    cases = hostile()
    for reason, answer in zip(
        cases, node(READ, [text(one) for one in cases.values()]), strict=True
    ):
        assert answer == {"code": "archive-refused", "reason": reason.strip()}, reason


def test_a_file_that_changes_while_read_stops_the_sealing(node: Node) -> None:
    """An archive whose header lies is never produced: shorter and longer files are refused."""
    script = """
    const { archive } = await load("js/archive.js")
    const { bytesOf } = await load("js/streams.js")
    const refused = []
    for (const size of [3, 5]) {
        const stream = () => new Blob(["four"]).stream()
        const packed = archive([{ name: "a.txt", size, stream }], { now: 0 })
        await bytesOf(packed.stream).catch((error) => refused.push(error.message))
    }
    return refused
    """
    assert node(script) == ["The file a.txt changed while it was being read."] * 2


def test_names_become_flat_safe_and_different(node: Node) -> None:
    """Folders, controls, reversals, device names, hidden and doubled names do no harm."""
    script = """
    const { flatNames } = await load("js/file-names.js")
    return flatNames(input)
    """
    names = [
        "../../etc/passwd",
        "C:\\temp\\log.txt",
        "log.txt",
        "LOG.TXT",
        ".bashrc",
        "-rf",
        "",
        "..",
    ]
    assert node(script, names) == [
        "passwd", "log.txt", "log-2.txt", "LOG-3.TXT", "_bashrc", "_rf", "file", "file-2",
    ]  # fmt: skip
    odd = ["a\u202egnp.exe", "con.txt", "a:b*c?.png", "tab\there", "x" * 300 + ".tar.gz", "é" * 99]
    flat = node(script, odd)
    assert flat[:4] == ["a_gnp.exe", "_con.txt", "a_b_c_.png", "tab_here"]
    assert all(len(name.encode()) <= 100 for name in flat)
    assert flat[4].endswith("x.gz")


def test_both_languages_give_files_the_same_names(node: Node) -> None:
    """The browser and the command line name packed files alike, whatever they were called."""
    script = """
    const { flatNames } = await load("js/file-names.js")
    return input.map((names) => flatNames(names))
    """
    letters = st.text(
        st.one_of(
            st.sampled_from("ab.-~/\\ :*?\u202e\u200b\u00e9\u0301\u3000CONcon1_"),
            st.characters(codec="utf-8"),
        ),
        max_size=40,
    )
    names = st.builds(lambda text, times: text * times, letters, st.sampled_from([1, 1, 9]))

    @settings(max_examples=4, phases=[Phase.generate], deadline=None)
    @given(st.lists(st.lists(names, max_size=4), min_size=150, max_size=150))
    def law(rows: list[list[str]]) -> None:
        assert node(script, rows) == [list(flat_names(names)) for names in rows]

    law()


def test_a_name_that_is_cut_ends_in_nothing_a_system_drops(node: Node) -> None:
    """Near 100 bytes, with blanks, dots and marks at the cut, both languages still agree."""
    script = """
    const { flatNames } = await load("js/file-names.js")
    return input.map((names) => flatNames(names))
    """
    edge = st.text("aa .\u3000\u00e9\U0001f600-", max_size=8)
    names = st.builds(
        lambda length, edge, ending: "x" * length + edge + ending,
        st.integers(84, 104),
        st.builds(lambda text, times: text * times, edge, st.integers(1, 4)),
        st.sampled_from(["", "a", ".txt", " .txt", "..tar.gz", ".far too long an ending"]),
    )

    @settings(max_examples=4, phases=[Phase.generate], deadline=None)
    @given(st.lists(names, min_size=80, max_size=80))
    def law(drawn: list[str]) -> None:
        doubled = [[name, name] for name in drawn]
        flat = node(script, doubled)
        assert flat == [list(flat_names(names)) for names in doubled]
        for name in {name for names in flat for name in names}:
            assert len(name.encode()) <= 100
            assert not name.endswith((" ", "."))

    law()
