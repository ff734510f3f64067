"""The command `portico`: finds the module that knows a command, and nothing more."""

import argparse
import errno
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

TYPE_CHECKING = False  # as in `typing`, which a scope check has no time to load
if TYPE_CHECKING:
    from typing import Any

# Which modules know a command. No other is imported: a scope check loads no web framework.
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "demo": ("demo",),
    "init": ("instance",),
    "serve": ("instance",),
    "doctor": ("doctor",),
    "tick": ("instance",),
    "policy": ("policy",),
    "keyset": ("keyset",),
    "keygen": ("keygen",),
    "staff": ("staff",),
    "report": ("cases",),
    "export": ("cases",),
    "scope": ("scope",),
    "submit": ("reporter",),
    "status": ("status",),
    "receipt": ("receipts",),
    "open": ("opening",),
    "audit": ("audit",),
    "desk": ("desk",),
    "reply": ("replying",),
    "drill": ("drill",),
}

WIDTH = 100  # characters in a line of help
MAKE_ROOM = "Make room on the disk it goes to, or send it elsewhere."

USAGE = """\
usage: portico COMMAND ...

For a first look
  demo        a throw-away portal with keys and five programs, served here

For researchers
  scope       is this target in scope?
  submit      seal a report and send it
  status      see how a report stands, read and write messages
  receipt     check a receipt

For staff, on their own machine
  keygen      make an identity, or a root key
  keyset      put together and sign whose keys reports are sealed to
  open        open an exported bundle or an .age file
  desk        the desk's pages on this machine, where reports may be opened
  reply       answer a reporter from this machine
  drill       try the recovery key on a bundle

For the operator, on the server ($PORTICO_DIR names the instance)
  init        make an instance
  serve       serve it
  policy      write, check and publish policy packs; pause a program
  staff       invite people to the desk, change roles, let people go
  report      list reports, record events
  export      take sealed reports away
  audit       sign, export and check the log of all acts
  doctor      say what is missing or about to expire
  tick        tidy up; run it daily

`portico COMMAND --help` says more about each.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused, 2 misused."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _dispatch(words)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has seen enough
        _drop_output()
        return 0
    except OSError as fault:
        if fault.errno != errno.ENOSPC:
            raise
        _drop_output()
        sys.stderr.write(f"portico: The output is cut short: {fault.strerror}.\n  {MAKE_ROOM}\n")
        return 2  # whatever the command found out: nobody may have been able to read it
    return code


def _drop_output() -> None:
    """Let what is still to be written go nowhere; Python would try again, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _dispatch(words: list[str]) -> int:
    if not words or words[0] in {"-h", "--help", "help"}:
        sys.stdout.write(USAGE)
        return 0
    if words[0] not in COMMANDS:
        sys.stderr.write(f"portico: there is no command “{words[0]}”.\n\n{USAGE}")
        return 2
    return _run(parser(words[0], *words[1:2]).parse_args(words))


def parser(command: str, verb: str = "") -> argparse.ArgumentParser:
    """Return the parser of one command, with all its options.

    Args:
        command: Its name.
        verb: The only verb that is wanted, where a command has a module for each; all by default.
    """
    made = _Parser(prog="portico")
    subparsers = made.add_subparsers(dest="command", required=True)
    for name in COMMANDS[command]:
        module = import_module(f"portal.commands.{name}")
        if verb in getattr(module, "VERBS", ()):
            module.register(subparsers, verb)
        else:
            module.register(subparsers)
    return made


class _Parser(argparse.ArgumentParser):
    """A parser whose help keeps its lines, and has a width of its own.

    To ask for that of the terminal, as is usual, loads what packs and unpacks archives.
    """

    def __init__(self, **options: "Any") -> None:  # noqa: ANN401 - those of its base
        super().__init__(**{"formatter_class": _formatter, **options})

    def parse_known_args(self, args: "Any" = None, namespace: "Any" = None) -> "Any":  # noqa: ANN401 - those of its base
        """Refuse what a command does not take, and show the usage of that very command.

        Left to its base, what is too much is found by the first parser, which knows no command.
        """
        found, extra = super().parse_known_args(args, namespace)
        if extra:
            self.error(f"not understood: {' '.join(extra)} (see {self.prog} --help)")
        return found, extra


def _formatter(prog: str) -> argparse.HelpFormatter:
    return argparse.RawDescriptionHelpFormatter(prog, width=WIDTH)


def _run(options: argparse.Namespace) -> int:
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        return 130
    except Exception as fault:
        if not _told(fault):
            raise
        return 1


def _told(fault: Exception) -> bool:
    """Say what is wrong, if a person can put it right; return whether it was that.

    What it takes is imported only now: a command that goes well needs none of it.
    """
    from portal.age.errors import AgeError
    from portal.errors import PorticoError
    from portal.offline import visible

    if not isinstance(fault, PorticoError | AgeError):
        return False
    # Both may quote files, arguments and answers of others; a list of faults has its lines.
    message, hint = visible.lines(fault.message), visible.lines(fault.hint)
    sys.stderr.write(f"portico: {message}\n  {hint}\n")
    return True
