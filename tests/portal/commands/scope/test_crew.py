"""Several processes at work, seen from the first."""

import os
import signal

import pytest

from portal.commands.scope import crew


def echo(piece: int) -> tuple[bytes, int]:
    """Make much of a piece: more than a pipe holds."""
    return bytes([piece]) * 100_000, piece


def no_process_is_left() -> bool:
    """Tell whether every process that was started has been waited for."""
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


@pytest.mark.parametrize("processes", [1, 2, 5])
def test_results_come_in_order(processes: int) -> None:
    """However many processes, piece by piece, and nobody is left behind."""
    assert [*crew.results(echo, 9, processes)] == [echo(piece) for piece in range(9)]
    assert no_process_is_left()


def test_a_dead_process_is_no_success() -> None:
    """A process that is killed in the middle of its work ends all of it, loudly."""

    def die(piece: int) -> tuple[bytes, int]:
        if piece == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return echo(piece)

    with pytest.raises(crew.WorkerLost, match="not complete"):
        list(crew.results(die, 9, 2))
    assert no_process_is_left()


def test_a_failing_process_is_no_success(capfd: pytest.CaptureFixture[str]) -> None:
    """An error in a process is an error of the whole, even at the very end."""

    def fail(piece: int) -> tuple[bytes, int]:
        if piece == 8:
            raise ValueError(piece)
        return echo(piece)

    with pytest.raises(crew.WorkerLost):
        list(crew.results(fail, 9, 2))
    assert no_process_is_left()


def test_a_failure_after_the_last_piece_is_no_success(monkeypatch: pytest.MonkeyPatch) -> None:
    """All output is there, and still the whole is only a success if every process is one."""
    labour = crew._labour

    def stumble(work: crew.Work, pieces: range, writing: int) -> None:
        labour(work, pieces, writing)
        raise KeyboardInterrupt

    monkeypatch.setattr(crew, "_labour", stumble)
    with pytest.raises(crew.WorkerLost):
        list(crew.results(echo, 3, 2))
    assert no_process_is_left()


def test_whoever_stops_listening_ends_the_work() -> None:
    """After a broken pipe no process goes on."""
    found = crew.results(echo, 200, 2)
    assert next(found) == echo(0)
    found.close()
    assert no_process_is_left()
