"""Following a report: what the portal says about it, printed for people."""

from collections.abc import Iterator, Mapping
from typing import Any

from portal.offline import promised, visible
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
    name, zone = standing.get("program_name") or standing.get("program"), standing.get("zone")
    yield f"Report {visible.line(standing.get('report'))} to {visible.line(name)}"
    yield f"State: {visible.line(standing.get('state_label') or standing.get('state'))}"
    yield ""
    yield "What happened"
    for event in promised.objects(standing.get("events")):
        yield f"  {promised.when(event.get('at'), zone)}: {visible.line(event.get('label'))}"
        if event.get("note"):
            yield f"      {visible.line(event['note'])}"
    dates = list(promised.told(standing.get("deadlines"), zone=zone))
    if dates:
        yield ""
        yield "What is promised"
        yield from dates
    silent = standing.get("not_promised")
    if isinstance(silent, list) and silent:
        yield f"  No date is promised for: {', '.join(map(visible.line, silent))}."
    yield from _outlook("Publication", standing.get("publication"))
    yield from _outlook("Data you hold", standing.get("data"))


def _outlook(title: str, stated: object) -> Iterator[str]:
    """Yield how something stands, in the portal's sentences."""
    told = stated.get("told") if isinstance(stated, dict) else None
    if isinstance(told, list) and told:
        yield ""
        yield title
        yield from (f"  {visible.line(one)}" for one in told)
