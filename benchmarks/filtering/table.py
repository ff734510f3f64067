"""Figures as a table on a terminal."""

from collections.abc import Iterable, Sequence

from benchmarks.filtering.agreement import SHOWN, Difference
from benchmarks.filtering.bouts import Outcome


def columns(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as lines, the first column flush left and the others flush right."""
    cells = [tuple(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  " + "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip()
        for row in cells
    )


def outcomes(title: str, found: dict[str, Outcome], first: str) -> str:
    """Return what every tool took for one list, and how often that of the first."""
    yardstick = found[first].usage
    rows = [(title, "CPU s", "wall s", "MiB", "runs", "CPU", "wall")]
    for name, outcome in found.items():
        usage = outcome.usage
        if usage is None:
            rows.append((name, "failed", "", "", str(outcome.runs), "", ""))
            continue
        about = "\u2248" if outcome.scaled else ""
        ratios = ("", "")
        if yardstick and name != first:
            ratios = (_times(usage.cpu / yardstick.cpu), _times(usage.wall / yardstick.wall))
        figures = (f"{about}{usage.cpu:.3f}", f"{about}{usage.wall:.3f}", f"{usage.mib:.0f}")
        rows.append((name, *figures, str(outcome.runs), *ratios))
    return columns(rows)


def wanted(rows: Iterable[tuple[str, float, str, str]]) -> str:
    """Return measured figures next to what was aimed at: name, figure, unit, aim."""
    lines = [("aim", "measured", "wanted")]
    lines += [(name, f"{figure:.1f}{unit}", aim) for name, figure, unit, aim in rows]
    return columns(lines)


def differences(found: Iterable[Difference]) -> str:
    """Return how the tools' outputs differ from the first one's."""
    lines = []
    for each in found:
        if each.printed is None:
            lines.append(f"  {each.name}: failed")
            continue
        lines.append(f"  {each.name}: {each.printed:,} lines printed")
        for what, apart in (
            ("only it prints", each.only_theirs),
            ("it leaves out", each.only_ours),
        ):
            if apart:
                shown = ", ".join(apart[:SHOWN])
                lines.append(f"    {what} {len(apart):,}: {shown}")
    return "\n".join(lines)


def _times(ratio: float) -> str:
    return f"{ratio:.0f}x" if ratio >= 10 else f"{ratio:.1f}x"
