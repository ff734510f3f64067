"""What is wrong with a pack, all of it at once, each with its line."""

from dataclasses import dataclass, field
from typing import Final

from portal.errors import PorticoError

Path = tuple[str | int, ...]
SHOWN: Final = 3  # faults that fit in one message; `PackRefused.faults` has them all


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that keeps a pack from being run.

    Attributes:
        line: Where it is, from 1.
        where: The key, as a path: ``scope.in[2].pattern``, counted from 0; empty for the whole.
        message: What is wrong, one sentence.
        hint: What to do about it, one sentence.
    """

    line: int
    where: str
    message: str
    hint: str


class PackRefused(PorticoError):
    """A policy pack with faults.

    Attributes:
        faults: All of them, in the order of their lines.
    """

    code = "pack-refused"
    status = 422

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = tuple(sorted(faults, key=lambda one: one.line))
        said = "; ".join(f"line {one.line}: {one.message}" for one in self.faults[:SHOWN])
        more = f" (and {len(faults) - SHOWN} more)" if len(faults) > SHOWN else ""
        super().__init__(
            f"The pack cannot be used. {said}{more}",
            hint="Run `portico policy check`, which lists every fault with its line.",
        )


@dataclass(slots=True)
class Notebook:
    """Collects faults while a pack is read, so that one reading finds them all.

    Attributes:
        lines: Line of every key of the pack, from `portal.policy.toml_lines`.
        faults: What was found so far.
    """

    lines: dict[Path, int]
    faults: list[Fault] = field(default_factory=list)

    def note(self, path: Path, message: str, hint: str) -> None:
        """Write down a fault at a key; a key that is not in the pack takes its table's line."""
        self.faults.append(Fault(self.line(path), dotted(path), message, hint))

    def line(self, path: Path) -> int:
        """Return the line of a key, or of the nearest table around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def settle(self) -> None:
        """End the reading.

        Raises:
            PackRefused: Something was noted.
        """
        if self.faults:
            raise PackRefused(tuple(self.faults))


def dotted(path: Path) -> str:
    """Write a path as people do: ``scope.in[2].pattern``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")
