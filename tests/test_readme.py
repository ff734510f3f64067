"""The README keeps its word: its commands exist and its examples run."""

import contextlib
import doctest
import io
import re
import shlex
from pathlib import Path

import pytest

from portal import cli
from tests.live import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
COMMANDS = [line for line in SHELL.splitlines() if re.match(r"(\.venv/bin/)?portico ", line)]


def test_the_examples_in_python_run() -> None:
    """What the README shows at the Python prompt is what happens."""
    found = doctest.DocTestParser().get_doctest(README, {}, "README.md", None, 0)
    runner = doctest.DocTestRunner()
    runner.run(found)
    assert runner.summarize().attempted > 0
    assert runner.summarize().failed == 0


@pytest.mark.parametrize("line", COMMANDS)
def test_every_portico_command_is_understood(line: str) -> None:
    """Each command line of the README is one that `portico` parses as written."""
    words = shlex.split(line)[1:]
    parser = cli.parser(words[0])
    with contextlib.redirect_stderr(io.StringIO()):
        assert parser.parse_args(words).run


def test_every_make_target_exists() -> None:
    """Whatever the README says to make can be made, and is explained by `make help`."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    assert set(re.findall(r"^make ([a-z]+)$", SHELL, re.MULTILINE)) <= targets


def test_every_linked_file_exists() -> None:
    """No link of the README leads nowhere."""
    links = re.findall(r"\]\((?!http)([^)#]+)", README)
    assert links
    assert all(Path(ROOT, link).exists() for link in links)
