"""What `portico open` says at its end: the portal was not there, and somebody has to tell it."""

from collections.abc import Collection, Iterable, Iterator

from portal.offline import visible
from portal.offline.manifest import Case

NAMED = 5  # commands that are written out; the others differ only in the report


def lines(cases: Iterable[Case], opened: Collection[str]) -> Iterator[str]:
    """Yield how to note the first opening of reports; nothing where the portal knows of one.

    Args:
        cases: The reports of the bundle.
        opened: Names of those that were opened here.
    """
    unknown = [
        visible.line(one.report)
        for one in cases
        if one.report in opened and one.main is not None and not _known(one)
    ]
    if not unknown:
        return
    yield "The portal cannot see that you opened them. Note it on the server; the reporter sees"
    yield "when staff first did:"
    for report in unknown[:NAMED]:
        yield f"  portico report event {report} open"
    if len(unknown) > NAMED:
        yield f"  and likewise for {len(unknown) - NAMED} more"


def _known(case: Case) -> bool:
    return any(event.get("name") == "opened" for event in case.events)
