"""`portico policy pause | close | reopen`: whether a program takes reports."""

import argparse
from collections.abc import Mapping
from typing import Final

from portal.cases.program_states import State
from portal.policy.clocks import utc_now

# What each verb does, and what is said when it is done.
_VERBS: Final[Mapping[str, tuple[State, str, str]]] = {
    "pause": ("paused", "take no new reports for a while", "takes no new reports for now"),
    "close": ("closed", "take no new reports any more", "takes no new reports any more"),
    "reopen": ("open", "take reports again", "takes reports"),
}


def add_states(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the three verbs to those of ``portico policy``."""
    for name, (state, about, said) in _VERBS.items():
        verb = verbs.add_parser(name, help=f"let a program {about}")
        verb.add_argument("slug", metavar="SLUG")
        verb.set_defaults(run=_put, state=state, said=said)


def _put(options: argparse.Namespace) -> int:
    # Only these verbs need the server's database.
    from portal.cases import program_states
    from portal.commands import opened
    from portal.commands.publishing import OPERATOR

    with opened.instance() as instance:
        changed = program_states.put(
            instance.database, options.slug, options.state, actor=OPERATOR, now=utc_now()
        )
    print(f"{options.slug} {options.said}{'' if changed else ', as before'}.")
    if changed and options.state != "open":
        print("Tokens go on working: what was sent before is answered as it was.")
    return 0
