"""A command that cannot start ends as misused: never with the exit code of a ruling."""

import argparse
import sys
from collections.abc import Callable

from scope import ScopeError

MISUSED = 2  # like an invalid target: a script must never take it for a permission

Command = Callable[[argparse.Namespace], int]


def guarded(command: Command) -> Command:
    """Return a command that says what is wrong and ends with `MISUSED` when it cannot start."""

    def run(options: argparse.Namespace) -> int:
        try:
            return command(options)
        except ScopeError as refusal:
            sys.stderr.write(f"portico: {refusal.message}\n  {refusal.hint}\n")
        except UnicodeDecodeError:
            sys.stderr.write("portico: The rules file is not UTF-8.\n  Save it as UTF-8.\n")
        except BrokenPipeError:
            raise  # the reader of our output has seen enough; the dispatcher knows
        except OSError as error:
            sys.stderr.write(f"portico: {error.filename}: {error.strerror}.\n  Check its name.\n")
        return MISUSED

    return run
