"""`portico scope`: the scope as a gate for scripts and people, a file at a time."""

import argparse

from portal.commands.scope import check, lint


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    scope = subparsers.add_parser("scope", help="is this target in scope?")
    verbs = scope.add_subparsers(dest="verb", required=True)
    for each in (check, lint):
        each.register(verbs)
