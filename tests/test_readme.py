"""The README keeps its word: its commands exist and its examples run."""

import contextlib
import doctest
import io
import re
import shlex
from pathlib import Path

import pytest

from portal import cli
from tests import pages
from tests.live import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = "\n".join(pages.scripts(README))
OPERATOR = README.partition("## Run your own")[2].partition("\n## ")[0]
# Lines of the operator's that are not run here, each with its reason.
LEFT_OUT = {
    "make wheel": "tests/journeys/test_wheel.py builds and installs it",
    "pip install dist/portico-*.whl": "so does that",
    "portico serve": "it would stay; tests/journeys serves",
}


def test_the_examples_in_python_run() -> None:
    """What the README shows at the Python prompt is what happens."""
    found = doctest.DocTestParser().get_doctest(README, {}, "README.md", None, 0)
    runner = doctest.DocTestRunner()
    runner.run(found)
    assert runner.summarize().attempted > 0
    assert runner.summarize().failed == 0


@pytest.mark.parametrize("line", pages.commands(README))
def test_every_portico_command_is_understood(line: str) -> None:
    """Each command line of the README is one that `portico` parses as written."""
    words = shlex.split(line)[1:]
    parser = cli.parser(words[0])
    with contextlib.redirect_stderr(io.StringIO()):
        assert parser.parse_args(words).run


@pytest.mark.thorough
def test_an_operator_can_follow_it_to_the_letter(tmp_path: Path) -> None:
    """Its lines, run in their order as they stand, end with a keyset in force and no complaint.

    Only the instance's folder lies elsewhere, and `LEFT_OUT` is left out. Between the blocks
    somebody carries receipt.pub to the staff's machine, as the text says.
    """
    instance, home = tmp_path / "instance", tmp_path / "home"
    home.mkdir()
    (home / "policies").symlink_to(ROOT / "policies")
    carry = f"[ ! -e {instance}/receipt.pub ] || cp {instance}/receipt.pub .\n"
    blocks = pages.scripts(OPERATOR)
    lines = [line for block in blocks for line in block.splitlines()]
    assert set(LEFT_OUT) <= set(lines)
    script = carry.join(blocks).replace("/srv/portico", str(instance))
    kept = [line for line in script.splitlines() if line not in LEFT_OUT]
    done = pages.run(["set -eux", *kept], home)
    assert done.returncode == 0, done.stderr
    assert "Version 1 of example's keyset is in force" in done.stdout
    assert "All is well." in done.stdout
    assert "0 abandoned uploads" in done.stdout


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
