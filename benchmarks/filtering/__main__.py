"""`make bench-scope`: every set, every length, every tool, in one run."""

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks.filtering import agreement, aims, bouts, table, targets, tools
from benchmarks.filtering.bouts import Bout, Outcome
from benchmarks.filtering.rules import SIZES, rule_set
from benchmarks.filtering.tools import PEERS, PEERS_VARIABLE, Tool

LISTS_VARIABLE = "PORTICO_REAL_SCOPES"
COMPARED = {"a": 50_000, "b": 10_000, "c": 2_000}  # targets whose output is compared
COMPARING = 120.0  # seconds a tool may take for that

DESCRIPTION = f"""\
Measure the filter next to every peer on this machine: whole processes, same lists, same run.
{LISTS_VARIABLE} names a folder with the lists of the bounty-targets-data project; without it the
rules are invented. {PEERS_VARIABLE} names folders to search for peers before PATH.
"""


def main() -> None:
    """Measure, compare and print."""
    options = _options()
    peers = _peers()
    lists = os.environ.get(LISTS_VARIABLE)
    print(f"rules: {'real lists' if lists else 'invented'}; output of tools discarded")
    results: dict[tuple[str, int], dict[str, Outcome]] = {}
    with tempfile.TemporaryDirectory(prefix="portico-bench-") as folder:
        for name in options.sets:
            bout = _bout(name, max(options.lines), Path(folder), lists)
            for count in options.lines:
                results[name, count] = _measured(bout, count, peers, options)
            results[name, 100] = _started(bout, options)
            _compare(bout, peers)
    print("\n" + table.wanted(aims.rows(results)))


def _options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="make bench-scope", description=DESCRIPTION)
    parser.add_argument("--sets", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--lines", nargs="+", type=int, default=[100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each quick tool")
    parser.add_argument("--limit", type=float, default=20.0, help="CPU seconds of one run")
    return parser.parse_args()


def _peers() -> list[Tool]:
    """Find the peers, and say which are missing and where they are to be had."""
    found = []
    for peer in PEERS:
        tool = peer.find()
        if tool is None:
            print(f"not on this machine: {peer.name}, to be had at {peer.home}")
        else:
            found.append(tool)
    return found


def _bout(name: str, count: int, folder: Path, lists: str | None) -> Bout:
    """Write the longest list of targets for a rule set."""
    rules = rule_set(name, Path(lists) if lists else None)
    lines = folder / f"{name}.txt"
    targets.write(lines, rules, count)
    print(f"\nset {name}: {len(rules.include):,} rules in, {len(rules.exclude):,} out")
    return Bout(rules, lines, count)


def _measured(
    bout: Bout, count: int, peers: list[Tool], options: argparse.Namespace
) -> dict[str, Outcome]:
    """Let all tools take the first so many targets in turn, and print what they took."""
    part = bout if count == bout.count else Bout(bout.rules, bouts.head(bout.lines, count), count)
    entered = [tools.ours(), tools.ours_on_files(), tools.lookup(), *peers]
    found = bouts.held(part, entered, rounds=options.rounds, limit=options.limit)
    title = f"{bout.rules.name} x {count:,}"
    print("\n" + table.outcomes(title, found, tools.OURS), flush=True)
    for name, each in found.items():
        if each.scaled:
            print(f"    {name} took {each.lines:,} lines; \u2248 is scaled up from them")
    return found


def _started(bout: Bout, options: argparse.Namespace) -> dict[str, Outcome]:
    """Measure the start: a hundred targets, next to the interpreter alone."""
    part = Bout(bout.rules, bouts.head(bout.lines, 100), 100)
    entered = [tools.ours(), tools.lookup(), tools.bare()]
    found = bouts.held(part, entered, rounds=3 * options.rounds, limit=options.limit)
    print("\n" + table.outcomes(f"{bout.rules.name} x 100", found, tools.BARE), flush=True)
    return found


def _compare(bout: Bout, peers: list[Tool]) -> None:
    """Compare what the tools print, on everything and where they mean the same."""
    count = min(bout.count, COMPARED[bout.rules.name])
    part = Bout(bout.rules, bouts.head(bout.lines, count), count)
    alike = agreement.undisputed(part)
    for title, each in (("all targets", part), ("where all mean the same", alike)):
        print(f"\n  output, {title}: {each.count:,} targets")
        print(table.differences(agreement.differences(each, tools.ours(), peers, COMPARING)))


if __name__ == "__main__":
    main()
