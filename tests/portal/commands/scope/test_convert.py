"""`portico scope convert`: one tool's scope for another."""

import argparse
import io
import json
from pathlib import Path

import pytest

from portal.commands import scope as command
from scope.formats import FORMATS

PROGRAMS = json.dumps(
    [
        {"name": name, "targets": {"in_scope": [{"type": "url", "endpoint": f"{name}.example"}]}}
        for name in ("shop", "pay\x1b[2J")
    ]
)


def run(*words: object) -> int:
    """Run the command as the dispatcher does."""
    parser = argparse.ArgumentParser()
    command.register(parser.add_subparsers(required=True))
    options = parser.parse_args(["scope", "convert", *map(str, words)])
    code = options.run(options)
    assert isinstance(code, int)
    return code


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A platform's file with two programs."""
    path = tmp_path / "programs.json"
    path.write_text(PROGRAMS, encoding="utf-8")
    return path


def test_rules_become_another_tools_file(rules: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The file goes to standard output, and what it could not hold to standard error."""
    assert run("--to", "burp", rules) == 0
    shown = capsys.readouterr()
    assert len(json.loads(shown.out)["target"]["scope"]["include"]) == 2
    assert shown.err.startswith("not carried, or not wholly: roundabout-path: ")


def test_the_format_is_told_by_the_content(
    rules: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """There and back again without naming what is read."""
    for form in ("burp", "zap-context", "zap-plan", "portico"):
        output = tmp_path / form
        assert run("--to", form, "-o", output, rules) == 0
        capsys.readouterr()
        assert run("--to", "text", output) == 0
        assert "*.shop.example" in capsys.readouterr().out


def test_standard_input_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A dash stands for what comes through a pipe."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"^a\\.example$\n")))
    assert run("--from", "tomnomnom", "--to", "text", "-") == 0
    assert capsys.readouterr().out == "a.example\n"


@pytest.mark.parametrize("words", [["--to", "burp"], ["--to", "text", "--program", "other"]])
def test_of_many_programs_one_is_named(
    words: list[str], programs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a name the programs are listed, harmless to a terminal, and nothing is written."""
    assert run(*words, programs) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "shop" in shown.err
    assert "\x1b" not in shown.err


def test_one_of_many_is_converted(programs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The program that was named is written."""
    assert run("--to", "text", "--program", "shop", programs) == 0
    assert "shop.example" in capsys.readouterr().out


def test_a_report_says_how_much_was_understood(
    programs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line for each program, and its remarks under it."""
    assert run("--report", programs) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("shop: 1 rule, 1 understood\n")
    assert "\x1b" not in shown.out


def test_two_files_are_written_and_read_as_two(
    rules: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one stream hacker-scoper would take exclusions for permissions, so it gets no stream."""
    assert run("--to", "hacker-scoper", rules) == 2
    assert capsys.readouterr().out == ""
    assert run("--to", "hacker-scoper", "-o", tmp_path / "shop.inscope", rules) == 0
    assert "legacy" in (tmp_path / "shop.noscope").read_text(encoding="utf-8")
    capsys.readouterr()
    assert run("--to", "text", tmp_path / "shop.noscope") == 0
    assert capsys.readouterr().out.splitlines() == [
        "*.shop.example",
        "shop.example/app",
        "! legacy.shop.example",
    ]


@pytest.mark.parametrize(
    ("words", "content", "said"),
    [
        ([], "a.example\n", "Say it with --to"),
        (["--to", "nothing"], "a.example\n", "Formats to write:"),
        (["--to", "domains"], "a.example\n", "Formats to write:"),
        (["--to", "text", "--from", "nothing"], "a.example\n", "Formats to read:"),
        (["--to", "text"], "^a\\.example$\n", "Say it with --from"),
        (["--to", "text", "--from", "burp"], "a.example\n", ""),
        (["--to", "text", "--from", "domains"], "a.example\n!b.example\n", "--from text"),
        (["--to", "text"], "\udcff", "UTF-8"),
    ],
)
def test_misuse_is_no_success(
    words: list[str], content: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing, unknown or doubtful format ends with 2 and says what to do."""
    path = tmp_path / "file"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert run(*words, path) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    message, *hint = shown.err.splitlines()
    assert message.startswith("portico: ")
    assert said in "\n".join(hint)


@pytest.mark.parametrize("way", [["--to", "nothing"], ["--from", "nothing", "--to", "text"], []])
def test_every_format_is_listed_with_its_title(
    way: list[str], rules: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever names none, or one there is not, can choose from the complaint."""
    assert run(*way, rules) == 2
    said = capsys.readouterr().err
    reading = "--from" in way
    for name, each in FORMATS.items():
        line = any(one.split() == [name, *each.title.split()] for one in said.splitlines())
        assert line is (each.reads if reading else each.writes)


def test_a_list_of_many_programs_domains_is_read_and_pointed_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As plain text it loses no line; which hosts it permits, and what leaves them out, is said."""
    path = tmp_path / "domains.txt"
    path.write_text("shop.example\ngithub.com\nx.com\n", encoding="utf-8")
    assert run("--to", "text", path) == 0
    shown = capsys.readouterr()
    assert shown.out == "shop.example\ngithub.com\nx.com\n"
    assert "permits all of github.com, x.com." in shown.err
    assert "--from domains" in shown.err
    assert run("--to", "text", "--from", "text", path) == 0
    assert capsys.readouterr().err == ""
    assert run("--to", "text", "--from", "domains", path) == 0
    assert capsys.readouterr().out == "shop.example\n"


def test_a_list_of_domains_is_reported_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Suffixes and shared hosts are named, also where the suffix list has other letters."""
    path = tmp_path / "domains.txt"
    path.write_text("shop.example\nxn--55qx5d.cn\n*.xn--55qx5d.cn\nt.me\n", encoding="utf-8")
    assert run("--report", "--from", "domains", path) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("program: 2 rules, 1 understood")
    assert [line.split(": ")[1:3] for line in shown[1:]] == [
        ["flattened", "A list of domains has lost paths, conditions and exclusions"],
        ["public-suffix", "xn--55qx5d.cn"],
        ["shared-host", "t.me"],
    ]
