"""A command that cannot start ends as misused: never with the exit code of a ruling."""

import argparse
import errno
import sys
from collections.abc import Callable

from scope.errors import ScopeError

MISUSED = 2  # like an invalid target: a script must never take it for a permission

Command = Callable[[argparse.Namespace], int]


class Misuse(ScopeError):
    """Options that do not go together, or name what is not there; ``code`` is ``misuse``."""

    code = "misuse"


def guarded(command: Command) -> Command:
    """Return a command that says what is wrong and ends with `MISUSED` when it cannot start."""

    def run(options: argparse.Namespace) -> int:
        try:
            return command(options)
        except Exception as fault:
            if _is_of_output(fault):
                raise  # the dispatcher knows what to say
            if not complained(fault):  # a fault of ours: shown whole, and never as a ruling
                sys.excepthook(type(fault), fault, fault.__traceback__)
        return MISUSED

    return run


def _is_of_output(fault: Exception) -> bool:
    """Tell whether whoever reads our output has seen enough, or its disk is full."""
    return isinstance(fault, BrokenPipeError) or (
        isinstance(fault, OSError) and fault.errno == errno.ENOSPC
    )


def complained(fault: Exception) -> bool:
    """Tell the user about a fault that is theirs to put right; return whether it was one.

    What it takes is imported only now: a check that goes well needs none of it.
    """
    from portal.errors import PorticoError
    from portal.offline import visible

    if isinstance(fault, ScopeError | PorticoError):
        message, hint = fault.message, fault.hint
    elif isinstance(fault, UnicodeDecodeError):
        message, hint = "The rules file is not UTF-8.", "Save it as UTF-8."
    elif isinstance(fault, OSError):
        named = fault.filename if fault.filename is not None else "Reading or writing failed"
        message, hint = f"{named}: {fault.strerror}.", "Check its name."
    else:
        return False
    sys.stderr.write(f"portico: {visible.lines(message)}\n  {visible.lines(hint)}\n")
    return True
