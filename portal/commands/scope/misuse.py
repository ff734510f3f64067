"""A command that cannot start ends as misused: never with the exit code of a ruling."""

import argparse
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
        except BrokenPipeError:
            raise  # the reader of our output has seen enough; the dispatcher knows
        except Exception as fault:
            if not complained(fault):  # a fault of ours: shown whole, and never as a ruling
                sys.excepthook(type(fault), fault, fault.__traceback__)
        return MISUSED

    return run


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
        message, hint = f"{fault.filename}: {fault.strerror}.", "Check its name."
    else:
        return False
    sys.stderr.write(f"portico: {visible.lines(message)}\n  {visible.lines(hint)}\n")
    return True
