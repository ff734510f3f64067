"""Following a report: what the portal says about it, printed for people."""

from collections.abc import Iterator, Mapping
from typing import Any

from portal.offline import visible
from portal.offline.connection import Portal


def ask(portal: Portal, lookup: str) -> dict[str, Any]:
    """Return how a report stands.

    Args:
        portal: Where the report was sent.
        lookup: The token's look-up value, 64 hex digits; the token itself stays on this machine.

    Raises:
        NoSuchReport: Unknown, expired and deleted look the same.
        PortalRefused: See `Portal.ask`.
    """
    return portal.ask("/status", {"lookup": lookup})


def told(standing: Mapping[str, Any]) -> Iterator[str]:
    """Yield lines for a terminal, whatever the portal put into its answer."""
    name = standing.get("program_name") or standing.get("program")
    yield f"Report {visible.line(standing.get('report'))} to {visible.line(name)}"
    yield f"State: {visible.line(standing.get('state_label') or standing.get('state'))}"
    yield ""
    yield "What happened"
    for event in _objects(standing, "events"):
        yield f"  {visible.line(event.get('at'))}  {visible.line(event.get('label'))}"
        if event.get("note"):
            yield f"      {visible.line(event['note'])}"
    deadlines = list(_objects(standing, "deadlines"))
    if deadlines:
        yield ""
        yield "What is promised"
        for deadline in deadlines:
            due = deadline.get("due")
            when = f", by {visible.line(due)}" if due else ""
            label, state = visible.line(deadline.get("label")), visible.line(deadline.get("state"))
            yield f"  {label}: {state}{when}"
            if deadline.get("explanation"):
                yield f"      {visible.line(deadline['explanation'])}"


def _objects(standing: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    listed = standing.get(name)
    for each in listed if isinstance(listed, list) else []:
        if isinstance(each, dict):
            yield each
