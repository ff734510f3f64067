"""The tools that are compared: ours, yardsticks that do less, and whatever peers are found."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.filtering import rulefiles
from benchmarks.filtering.process import Command
from benchmarks.filtering.rules import RuleSet

OURS, FILES = "portico", "portico, on a file"
LOOKUP, BARE = "read, look up, write", "bare interpreter"
PEERS_VARIABLE = "PORTICO_PEERS"  # folders to search before PATH, for what is not installed
SCRIPT = Path(__file__).with_name("lookup.py")

Prepare = Callable[[RuleSet, Path, Path], Command]


@dataclass(frozen=True, slots=True)
class Tool:
    """A filter that prints the targets that are in scope.

    Attributes:
        name: What tables call it.
        prepare: Writes its rule files into a folder and returns its command, given the rules, the
            folder, and the file that will be its standard input.
    """

    name: str
    prepare: Prepare


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool by somebody else.

    Attributes:
        name: What tables call it.
        home: The repository where it is to be had.
        commands: The names it may have on this machine.
        is_script: Whether it is a Python script, which tells two tools of one name apart.
        prepare: As for `Tool`, after the path of the program.
    """

    name: str
    home: str
    commands: tuple[str, ...]
    is_script: bool
    prepare: Callable[[str, RuleSet, Path], Command]

    def find(self) -> Tool | None:
        """Return it as a tool, if it is on this machine."""
        folders = [os.environ.get(PEERS_VARIABLE, ""), os.environ.get("PATH", "")]
        for folder in os.pathsep.join(folders).split(os.pathsep):
            for command in self.commands:
                path = shutil.which(command, path=folder) if folder else None
                if path and _is_script(path) is self.is_script:
                    return Tool(self.name, self._prepared(path))
        return None

    def _prepared(self, program: str) -> Prepare:
        return lambda rules, folder, _: self.prepare(program, rules, folder)


def ours() -> Tool:
    """Return our filter in one process."""
    return Tool(OURS, lambda rules, folder, _: _portico(rules, folder, "-"))


def ours_on_files() -> Tool:
    """Return our filter as it runs on a regular file: on as many processes as it sees fit."""
    return Tool(
        FILES,
        lambda rules, folder, lines: _portico(rules, folder, "--input", str(lines)),
    )


def lookup() -> Tool:
    """Return the least that any filter does: read a line, look it up, write it."""
    return Tool(
        LOOKUP,
        lambda rules, folder, _: Command(
            [sys.executable, str(SCRIPT), str(rulefiles.one_list(rules, folder))]
        ),
    )


def bare() -> Tool:
    """Return the interpreter alone."""
    return Tool(BARE, lambda *_: Command([sys.executable, "-c", "pass"]))


def _portico(rules: RuleSet, folder: Path, *lines: str) -> Command:
    file = rulefiles.one_list(rules, folder)
    return Command([sys.executable, "-m", "portal", "scope", "check", "--rules", str(file), *lines])


def _hacker_scoper(program: str, rules: RuleSet, folder: Path) -> Command:
    """Level 2 on both sides: an exact host does not cover what is below it."""
    include, exclude = rulefiles.two_lists(rules, folder)
    given = ["-ch", "-ins", str(include), "-oos", str(exclude), "-ie", "2", "-oe", "2"]
    return Command([program, *given])


def _tomnomnom(program: str, rules: RuleSet, folder: Path) -> Command:
    """It looks for ``.scope`` in the working folder."""
    rulefiles.expressions(rules, folder)
    return Command([program], folder)


def _nil0x42(program: str, rules: RuleSet, folder: Path) -> Command:
    return Command([sys.executable, program, "-s", str(rulefiles.one_list(rules, folder))])


def _checkscope(program: str, rules: RuleSet, folder: Path) -> Command:
    include, exclude = rulefiles.two_lists(rules, folder)
    return Command([program, "-s", "-f", str(include), "-o", str(exclude)])


def _is_script(path: str) -> bool:
    with open(path, "rb") as file:
        return file.read(2) == b"#!"


PEERS = (
    Peer(
        "hacker-scoper",
        "github.com/ItsIgnacioPortal/Hacker-Scoper",
        ("hacker-scoper",),
        False,
        _hacker_scoper,
    ),
    Peer(
        "nil0x42 inscope", "github.com/nil0x42/inscope", ("inscope", "inscope.py"), True, _nil0x42
    ),
    Peer("tomnomnom inscope", "github.com/tomnomnom/hacks", ("inscope",), False, _tomnomnom),
    Peer("checkscope", "github.com/vitorfhc/checkscope", ("checkscope",), False, _checkscope),
)
