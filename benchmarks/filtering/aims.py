"""What the filter should reach, next to what was measured."""

from collections.abc import Iterator, Mapping

from benchmarks.filtering import tools
from benchmarks.filtering.bouts import Outcome
from benchmarks.filtering.process import Usage

Results = Mapping[tuple[str, int], Mapping[str, Outcome]]
Row = tuple[str, float, str, str]

PEER = "hacker-scoper"
FLOORS = {"a": 6, "b": 60, "c": 350}  # times our processor time that the peer takes
START = 4  # times the bare interpreter
EACH = 12  # times a line that is read, looked up once and written
MEMORY = 40  # MiB at a million lines
SIDE_BY_SIDE = 1.6  # times faster on a file than in one process


def rows(results: Results) -> Iterator[Row]:
    """Go through the aims that the results say something about."""
    for (name, count), found in results.items():
        ours, peer = _usage(found, tools.OURS), _usage(found, PEER)
        if ours and peer:
            title = f"{PEER} / portico, {name} x {count:,}"
            yield title, peer.cpu / ours.cpu, "x", f"at least {FLOORS[name]}x"
    yield from _own(results)


def _own(results: Results) -> Iterator[Row]:
    """Go through the aims that need no peer."""
    for (name, count), found in results.items():
        ours, start = _usage(found, tools.OURS), results.get((name, 100), {})
        first, least = _usage(start, tools.OURS), _usage(start, tools.LOOKUP)
        bare, lookup = _usage(start, tools.BARE), _usage(found, tools.LOOKUP)
        if count == 100 and name == "a" and ours and bare:
            yield "start, a x 100", ours.cpu / bare.cpu, "x", f"under {START}x the interpreter"
        if count < 1_000_000 or not ours:
            continue
        yield f"memory, {name} x {count:,}", ours.mib, " MiB", f"at most {MEMORY} MiB"
        if first and least and lookup:
            ratio = (ours.cpu - first.cpu) / (lookup.cpu - least.cpu)
            yield f"a line, {name} x {count:,}", ratio, "x", f"within {EACH}x a look-up"
        if files := _usage(found, tools.FILES):
            ratio = ours.wall / files.wall
            yield f"wall, one / several processes, {name}", ratio, "x", f"at least {SIDE_BY_SIDE}x"


def _usage(found: Mapping[str, Outcome], name: str) -> Usage | None:
    return found[name].usage if name in found else None
