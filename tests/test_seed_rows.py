"""The count of the seed policies' rows can be relied on."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.seed_rows import Counting, named, wanted

ROWS = {"S0": 19, "S1": 24, "S2": 28, "S3": 23}


def counting(file: Path | None, *, every: bool = False) -> Counting:
    """Return a count as a run with these options has it."""
    options = {"--rows": str(file) if file else None, "--all-rows": every}
    return Counting(SimpleNamespace(getoption=options.get))  # type: ignore[arg-type]


def run(count: Counting, outcome: str, *rows: str, when: str = "call") -> None:
    """Report one test."""
    count.pytest_runtest_logreport(
        pytest.TestReport(
            nodeid="test",
            location=("test.py", 1, "test"),
            keywords={},
            outcome=outcome,  # type: ignore[arg-type]
            longrepr=None,
            when=when,  # type: ignore[arg-type]
            user_properties=[("seed-row", row) for row in rows],
        )
    )


def finish(count: Counting) -> int:
    """End a run in which everything passed so far, and return how it ended."""
    session = SimpleNamespace(exitstatus=pytest.ExitCode.OK)
    count.pytest_sessionfinish(session)  # type: ignore[arg-type]
    return int(session.exitstatus)


def test_the_list_is_whole() -> None:
    """There are 94 rows, counted per policy, without a gap."""
    expected = {f"{name}-{row}" for name, last in ROWS.items() for row in range(1, last + 1)}
    assert set(wanted()) == expected
    assert len(expected) == 94


def test_a_row_that_does_not_exist_is_a_mistake() -> None:
    """A slip of the pen in a docstring stops the run instead of covering nothing."""
    assert named("It holds (S1-16, S2-8).") == ("S1-16", "S2-8")
    with pytest.raises(ValueError, match="S1-99"):
        named("It holds (S1-99).")


def test_only_tests_that_pass_count(tmp_path: Path) -> None:
    """A row is covered when its tests ran and passed: no skipped, failed or broken one counts."""
    count = counting(tmp_path / "rows")
    run(count, "passed", "S0-1")
    run(count, "passed", "S0-2", when="setup")
    run(count, "skipped", "S0-3", when="setup")
    run(count, "passed", "S0-4")
    run(count, "failed", "S0-4")
    assert count.covered == {"S0-1"}


def test_two_parts_make_one_count(tmp_path: Path) -> None:
    """The second part goes on from the first, and fails only when the whole lacks a row."""
    file = tmp_path / "rows"
    first, second = counting(file), counting(file, every=True)
    run(first, "passed", *[row for row in wanted() if row != "S3-23"])
    assert finish(first) == pytest.ExitCode.OK
    run(second, "passed", "S3-23")
    assert finish(second) == pytest.ExitCode.OK
    file.unlink()
    third = counting(file, every=True)
    run(third, "passed", "S0-1")
    assert finish(third) == pytest.ExitCode.TESTS_FAILED
