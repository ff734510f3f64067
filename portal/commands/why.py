"""`--reason`: why something was done, as the audit log keeps it.

A command never insists on one, as the desk does: scripts of operators go on working, and whoever
can run them could leave the log without an entry anyway.
"""

import argparse

from portal.cases.steps import STEPS
from portal.desk import reasons


def offer(parser: argparse.ArgumentParser, *kinds: str) -> None:
    """Add the option, with the codes of these lists."""
    codes = dict.fromkeys(code for kind in kinds for code in reasons.CHOICES[kind].codes)
    told = f"why, for the audit log: {', '.join(codes)}"
    parser.add_argument("--reason", metavar="REASON", help=told)


def given(kind: str, reason: str | None) -> str | None:
    """Return the reason for a kind of act, if one was given.

    Raises:
        ReasonRefused: It is none of the list, which the hint names.
    """
    return reasons.parse(kind, reason, demanded=False)


def belongs_to(event: str) -> bool:
    """Tell whether an event carries its reason itself, for the reporter or the law to see."""
    step = STEPS[event]
    return "reason" in (*step.needs, *step.takes)
