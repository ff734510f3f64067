"""Filtering files and pipes, as a shell sees it."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from portal import cli
from portal.commands.scope import filter as filtering

pytestmark = pytest.mark.thorough

HEAVY = {  # what a filter has no time to load
    "alembic", "asyncio", "cryptography", "dataclasses", "flask", "http.client", "idna", "inspect",
    "json", "pathlib", "portal.age", "portal.errors", "requests", "scope.engine", "scope.rule",
    "scope.targets.target", "shutil", "socket", "sqlalchemy", "ssl", "tldextract", "typing",
    "urllib.parse", "urllib.request", "validators",
}  # fmt: skip
RULES = "*.shop.example\nshop.example/app\napi-*.b.com\n! dev.shop.example\n! *glued.com\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with rules and with two thousand targets of all kinds."""
    (tmp_path / "rules").write_text(RULES, encoding="utf-8")
    dice = random.Random(7)
    forms = [
        "a.shop.example", "https://b.shop.example/x?y", "dev.shop.example", "shop.example",
        "other.de", "api-1.b.com", "x.b.com", "not a target", "# note", "", "10.0.0.1",
        "shop.example:80/app\r",
        "xglued.com", "\u00fc.shop.example", "https://" + "c" * 70 + ".shop.example/" + "d" * 3000,
    ]  # fmt: skip
    lines = [dice.choice(forms) for _ in range(2500)]
    (tmp_path / "targets").write_bytes(
        "\n".join(lines).encode() + b"\n\xff\xfe\x00\nlast.shop.example"
    )
    return tmp_path


def filtered(folder: Path, *words: str, stdin: bytes | None = None) -> tuple[int, bytes, str]:
    """Run the filter as a process of its own; return exit code, output and complaints."""
    command = [sys.executable, "-m", "portal", "scope", "check", "--rules", str(folder / "rules")]
    done = subprocess.run([*command, *words], input=stdin, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr.decode()


@pytest.mark.parametrize(
    "form", [(), ("--format", "jsonl"), ("--only", "unknown", "--also", "out")]
)
def test_two_processes_say_what_one_says(folder: Path, form: tuple[str, ...]) -> None:
    """Byte for byte the same output and the same count, from a file or through a pipe."""
    targets = str(folder / "targets")
    one = filtered(folder, "--jobs", "1", "-i", targets, *form)
    assert filtered(folder, "--jobs", "2", "-i", targets, *form) == one
    piped = filtered(folder, *form, "-", stdin=(folder / "targets").read_bytes())
    assert piped == one
    assert one[0] == 0
    assert one[2].endswith("lines are no targets\n")


def test_standard_input_may_be_a_file(folder: Path) -> None:
    """A redirected file is read like a named one, from where it stands."""
    command = [sys.executable, "-m", "portal", "scope", "check", "--rules", str(folder / "rules")]
    with (folder / "targets").open("rb") as file:
        done = subprocess.run([*command, "-"], stdin=file, capture_output=True, check=True)
    assert done.stdout == filtered(folder, "-i", str(folder / "targets"))[1]


def test_an_empty_file_is_no_trouble(folder: Path) -> None:
    """Nothing in, nothing out."""
    (folder / "none").write_bytes(b"")
    assert filtered(folder, "-i", str(folder / "none")) == (0, b"", "")


def test_a_missing_file_is_misuse(folder: Path) -> None:
    """A gate that cannot read its targets never looks like a permission."""
    code, output, complaint = filtered(folder, "-i", str(folder / "gone"))
    assert (code, output) == (2, b"")
    assert "gone" in complaint


@pytest.mark.parametrize("jobs", ["0", "-1", "x", "1000", "\u0662"])
def test_only_a_number_of_processes_counts(folder: Path, jobs: str) -> None:
    """Nonsense is refused before anything is read."""
    assert filtered(folder, "--jobs", jobs, "a.shop.example", "b.shop.example")[0] == 2


def test_a_reader_who_leaves_ends_it_quietly(folder: Path) -> None:
    """As in `| head -1`: no complaint, with one process or two."""
    (folder / "many").write_bytes(b"https://a.shop.example/some/path\n" * 200_000)
    for jobs in ("1", "2"):
        command = (
            f"{sys.executable} -m portal scope check --rules {folder}/rules --jobs {jobs}"
            f" -i {folder}/many | head -1"
        )
        done = subprocess.run(["sh", "-c", command], capture_output=True, check=True, timeout=60)
        assert done.stdout == b"https://a.shop.example/some/path\n"
        assert done.stderr == b""


def test_a_line_comes_out_as_soon_as_it_came_in(folder: Path) -> None:
    """Behind a slow tool nothing is held back."""
    command = [
        sys.executable,
        "-m",
        "portal",
        "scope",
        "check",
        "--rules",
        str(folder / "rules"),
        "-",
    ]
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=usual) as running:
        assert running.stdin
        assert running.stdout
        running.stdin.write(b"a.shop.example\n")
        running.stdin.flush()
        assert running.stdout.readline() == b"a.shop.example\n"
        running.stdin.close()
        assert running.wait(timeout=30) == 0


def test_a_filter_loads_little(folder: Path) -> None:
    """Hosts, URLs, addresses and patterns are ruled on without what a full verdict takes."""
    (folder / "rules").write_text(RULES.replace("shop.example/app\n", ""), encoding="utf-8")
    code = (
        "import sys; from portal.cli import main\n"
        f"main(['scope', 'check', '--rules', {str(folder / 'rules')!r}, '-'])\n"
        "sys.stderr.write('\\n'.join(sys.modules))"
    )
    lines = (
        b"a.shop.example\nhttps://b.shop.example/x?y=%41\ndev.shop.example\nother.de\n10.0.0.1\n"
    )
    lines += b"api-1.b.com\nxglued.com\nA.Shop.Example:8443\nhttp://10.0.0.2:80/\n"
    done = subprocess.run(
        [sys.executable, "-c", code], input=lines, capture_output=True, check=True
    )
    assert len(done.stdout.splitlines()) == 4
    assert not HEAVY & set(done.stderr.decode().split())


def test_the_number_of_processes_suits_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small files take one process, large ones those there are, and none takes without end."""
    monkeypatch.setattr(filtering, "_cpus", lambda: 64)
    assert filtering._processes(3, None) == 1
    assert filtering._processes(40, None) == 2
    assert filtering._processes(10_000, None) == filtering.MOST_PROCESSES
    assert filtering._processes(3, 64) == 3
    monkeypatch.delattr(os, "fork")
    assert filtering._processes(10_000, 8) == 1


def test_what_is_shown_in_full_has_a_verdict_each(folder: Path) -> None:
    """One object for each target, in their order, from several processes too."""
    found = filtered(folder, "--format", "jsonl", "--jobs", "2", "-i", str(folder / "targets"))[1]
    rows = [json.loads(line) for line in found.splitlines()]
    lines = [each.strip() for each in (folder / "targets").read_bytes().split(b"\n")]
    assert len(rows) == sum(1 for line in lines if line and not line.startswith(b"#"))
    assert rows[-1]["input"] == "last.shop.example"


def test_a_path_that_is_excluded_everywhere_reaches_every_line(folder: Path) -> None:
    """A rule on every host leaves no line to the quick way, and stops none."""
    (folder / "rules").write_text("*.shop.example\n! */admin\n", encoding="utf-8")
    lines = b"a.shop.example\nhttps://a.shop.example/admin/x\nhttps://a.shop.example/x\n10.0.0.1\n"
    expected = b"a.shop.example\nhttps://a.shop.example/x\n"
    assert filtered(folder, "-", stdin=lines) == (0, expected, "")


def test_a_fault_of_ours_is_no_ruling(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What nobody foresaw is shown, and ends with the code of misuse."""

    def fail(*_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(filtering, "run", fail)
    assert cli.main(["scope", "check", "--rules", str(folder / "rules"), "a.de", "b.de"]) == 2
    assert "ZeroDivisionError" in capsys.readouterr().err
