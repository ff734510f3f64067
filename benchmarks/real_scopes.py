"""Every program in a folder of public dumps: how it was understood, and that nothing is lost.

    python -m benchmarks.real_scopes FOLDER

Prints a line for each program, and totals. Stops with 1 if an entry of a file has become neither
a rule nor a remark.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from scope.formats import FORMATS, Listing, read
from scope.formats.tally import Tally, tally, total

DUMPS = ("hackerone", "bugcrowd", "intigriti", "yeswehack", "federacy")
LINES = ("domains.txt", "wildcards.txt")  # flattened lists: one entry a line


def main(folder: Path) -> int:
    """Read every file that is there, and say how many entries were lost."""
    lost = 0
    for name in DUMPS:
        path = folder / f"{name}_data.json"
        if path.exists():
            lost += _of_dump(name, path.read_text(encoding="utf-8"))
    for file in LINES:
        if (folder / file).exists() and "domains" in FORMATS:
            lost += _of_lines(file, (folder / file).read_text(encoding="utf-8"))
    print(f"{lost} entries lost")
    return 1 if lost else 0


def _of_dump(name: str, text: str) -> int:
    """Read the programs of one platform; return how many entries were lost."""
    started = perf_counter()
    listings = read(name, text)
    took = perf_counter() - started
    tallies = [tally(listing) for listing in listings]
    lost = 0
    for program, listing, counted in zip(json.loads(text), listings, tallies, strict=True):
        missing = sorted(set(_entries(program)) - set(_accounted(name, listing)))
        print(
            f"  {_plain(counted.line())}",
            *(f"LOST {_plain(each)}" for each in missing),
            sep="\n    ",
        )
        lost += len(missing)
    entries = sum(len(list(_entries(program))) for program in json.loads(text))
    _print_total(name, tallies, entries, took)
    return lost


def _entries(program: dict[str, Any]) -> Iterator[str]:
    """Name the entries of a program by their places, without our readers."""
    for side in ("in_scope", "out_of_scope"):
        for number, _ in enumerate(program["targets"].get(side) or (), 1):
            yield f"{side} {number}"


def _accounted(name: str, listing: Listing) -> Iterator[str]:
    """Name the places that became rules or remarks."""
    for rule in (*listing.include, *listing.exclude):
        yield (rule.source or "").removeprefix(f"{name}: ")
    for remark in listing.remarks:
        yield remark.entry


def _of_lines(file: str, text: str) -> int:
    """Read a flattened list; return how many of its lines were lost."""
    started = perf_counter()
    listings = read("domains", text)
    took = perf_counter() - started
    wanted = {line.strip() for line in text.splitlines() if line.strip()}
    rules = (rule.pattern for each in listings for rule in (*each.include, *each.exclude))
    found = {*rules, *(remark.entry for each in listings for remark in each.remarks)}
    missing = sorted(wanted - found)
    for each in missing[:20]:
        print(f"    LOST {_plain(each)}")
    _print_total(file, [tally(listing) for listing in listings], len(wanted), took)
    return len(missing)


def _plain(text: str) -> str:
    """Return a line that cannot steer a terminal: programs choose their names themselves."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _print_total(name: str, tallies: list[Tally], entries: int, took: float) -> None:
    """Print one line for a file."""
    print(f"{name}: {len(tallies)} programs, {entries} entries, {took:.2f} s")
    print(f"{total(tallies, name).line()}\n")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
