"""Counts the rows of the seed policies that passing tests name in their docstrings.

The suite runs in two parts, so each part adds what it saw to one file (``--rows=FILE``); the last
one (``--all-rows``) fails when a row is missing.
"""

import re
import tomllib
from pathlib import Path
from typing import Final

import pytest

LISTED: Final = Path(__file__).parent / "vectors" / "seed-rows.toml"
_ROW: Final = re.compile(r"\bS[0-3]-[0-9]{1,2}\b")
_PROPERTY: Final = "seed-row"


def wanted() -> dict[str, str]:
    """Return every row with what it asks for, in few words."""
    policies = tomllib.loads(LISTED.read_text(encoding="utf-8"))
    return {f"{name}-{row}": what for name, rows in policies.items() for row, what in rows.items()}


def named(docstring: str | None) -> tuple[str, ...]:
    """Return the rows that a docstring names; one that does not exist is a mistake.

    Raises:
        ValueError: There is no such row.
    """
    found = tuple(dict.fromkeys(_ROW.findall(docstring or "")))
    unknown = [row for row in found if row not in wanted()]
    if unknown:
        raise ValueError(f"there is no row {', '.join(unknown)}")
    return found


class Counting:
    """Collects the rows whose tests passed; one whose test failed does not count.

    Attributes:
        passed: Rows of tests that passed.
        failed: Rows of tests that did not.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._file: str | None = config.getoption("--rows")
        self._all: bool = config.getoption("--all-rows")
        self.passed: set[str] = set()
        self.failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take note of the rows of a test."""
        rows = {str(value) for name, value in report.user_properties if name == _PROPERTY}
        if report.when == "call" and report.passed:
            self.passed |= rows
        elif not report.passed:
            self.failed |= rows

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Add this part to the file, and fail when the whole lacks a row."""
        if self._file is None:
            return
        file = Path(self._file)
        before = file.read_text(encoding="ascii").split() if file.exists() else []
        self.passed |= set(before)
        file.parent.mkdir(exist_ok=True)
        file.write_text("\n".join(sorted(self.covered)), encoding="ascii")
        if self._all and self.missing and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how many rows are covered, and which are not."""
        if self._file is None:
            return
        rows = wanted()
        line = f"Seed rows covered: {len(self.covered)} of {len(rows)}."
        terminalreporter.write_line(line)
        if self._all:
            for row in self.missing:
                terminalreporter.write_line(f"  {row} has no test that passed: {rows[row]}")

    @property
    def covered(self) -> set[str]:
        """The rows all of whose tests passed."""
        return self.passed - self.failed

    @property
    def missing(self) -> list[str]:
        """The rows that no test covers, in their order."""
        return [row for row in wanted() if row not in self.covered]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the two options."""
    group = parser.getgroup("seed rows")
    group.addoption("--rows", metavar="FILE", help="add the rows covered to FILE, and count them")
    group.addoption("--all-rows", action="store_true", help="fail when a row is not covered")


def pytest_configure(config: pytest.Config) -> None:
    """Count where all reports come together: not in the processes that share the work."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Counting(config), "seed-rows")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every test the rows that its docstring names; they travel with its report."""
    for item in items:
        if isinstance(item, pytest.Function):
            item.user_properties += [(_PROPERTY, row) for row in named(item.obj.__doc__)]
