"""What an event can carry, as options of `portico report event`."""

import argparse
from typing import Any, Final

from portal.cases.choices import BASES, WEIGHTS, YES_NO

_PLAIN: Final = (
    *("expected", "date", "of", "message", "event"),
    *("clock", "at", "regime", "stage", "answer", "basis"),
)


def offer(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("--expected", metavar="DATE", help="when a fix is expected, as 2027-01-31")
    add("--date", metavar="DATE", help="of publication, proposed or done, as 2027-01-31")
    add("--of", metavar="ID", help="the report that came first")
    add("--message", metavar="N", type=int, help="number of the message that says so")
    add("--event", metavar="N", type=int, help="number of the event to verify")
    add("--clock", metavar="ID", help="the clock to stop, or to let go on")
    add("--at", metavar="MOMENT", help="when it was, as 2026-11-22T09:30+01:00")
    add("--regime", metavar="ID", help="the law it is about, such as gdpr-33")
    add("--stage", metavar="ID", help="which notification it was, such as early-warning")
    add("--answer", choices=tuple(YES_NO), help="what was decided")
    add("--basis", choices=tuple(BASES), help="what allows passing it on")
    weights = ", ".join(WEIGHTS)
    add(
        "--factor",
        metavar="ID=WEIGHT",
        type=_factor,
        action="append",
        help=f"one thing a reward is measured by: {weights}; once for each",
    )
    add("--despite-held", action="store_true", help="end it though the reporter holds data")


def given(options: argparse.Namespace) -> dict[str, Any]:
    """Return what was given, as the event carries it."""
    named = {name: getattr(options, name) for name in _PLAIN}
    data = {name: value for name, value in named.items() if value is not None}
    if options.factor:
        data["factors"] = dict(options.factor)
    if options.despite_held:
        data["despite_held"] = True
    return data


def _factor(text: str) -> tuple[str, str]:
    name, separator, weight = text.partition("=")
    if not separator or weight not in WEIGHTS:
        raise argparse.ArgumentTypeError(f"write it as ID=WEIGHT, with {', '.join(WEIGHTS)}")
    return name, weight
