"""`portico scope`: the scope as a gate for scripts and people, a file at a time."""

import argparse
from importlib import import_module

VERBS = ("check", "lint", "convert")


def register(
    subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]", verb: str | None = None
) -> None:
    """Add the commands, or one of them; no module of another is loaded."""
    scope = subparsers.add_parser("scope", help="is this target in scope?")
    verbs = scope.add_subparsers(dest="verb", required=True)
    for name in (verb,) if verb else VERBS:
        import_module(f"{__name__}.{name}").register(verbs)
