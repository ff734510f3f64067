"""Lets those of many targets pass whose ruling was asked for."""

from collections.abc import Callable, Collection, Iterator
from itertools import compress

from scope.quick.batch import Block
from scope.quick.sieve import Sieve, text_of
from scope.quick.slot import CODES
from scope.ruling import Ruling

SIZE = 1 << 18  # bytes read at a time: less costs time, more costs memory and saves nothing


class Gate:
    r"""Takes whole lines, a target each, and gives back those that pass, in their order.

    >>> from scope import Ruling, Scope
    >>> gate = Gate(Scope.from_rules(["*.shop.example"]).sieve(), [Ruling.IN])
    >>> gate.passed(b"a.shop.example\n# mine\nother.example\nno target\n"), gate.invalid
    (b'a.shop.example\n', 1)

    Attributes:
        invalid: How many lines so far were no targets.
    """

    __slots__ = ("_shown", "_sieve", "_write", "invalid")

    def __init__(
        self, sieve: Sieve, shown: Collection[Ruling], write: Callable[[str], str] | None = None
    ) -> None:
        """Prepare to let targets pass.

        Args:
            sieve: Rules on them.
            shown: The rulings that pass.
            write: Gives what is shown of a target; None to repeat its line.
        """
        self._sieve = sieve
        self._shown = bytes(code in map(CODES.get, shown) for code in range(256))
        self._write = write
        self.invalid = 0

    def passed(self, data: bytes) -> bytes:
        """Return what is shown of some lines, of which each has its end."""
        block = Block(data)
        codes = self._sieve.codes(block)
        self.invalid += codes.count(CODES[Ruling.INVALID])
        lines = list(compress(block.lines, codes.translate(self._shown)))
        if self._write is not None:
            return encoded("".join(self._write(text_of(line)) for line in lines))
        return "\n".join([*lines, ""]).encode("latin-1")

    def one(self, text: str) -> bytes:
        """Return what is shown of one target."""
        ruling = self._sieve.ruling(text)
        self.invalid += ruling is Ruling.INVALID
        if not self._shown[CODES[ruling]]:
            return b""
        return encoded(f"{text}\n" if self._write is None else self._write(text))


def encoded(text: str) -> bytes:
    """Return text as bytes; those that were no text when they came in, as they were."""
    return text.encode("utf-8", "surrogateescape")


def whole_lines(read: Callable[[int], bytes]) -> Iterator[bytes]:
    """Read to the end and yield whole lines, as many at a time as come in; the last gets an end.

    A line may have any length. What has been read is not held back for more to come.
    """
    kept: list[bytes] = []
    while data := read(SIZE):
        end = data.rfind(b"\n") + 1
        if end:
            yield b"".join((*kept, data[:end]))
            kept.clear()
        kept.append(data[end:])
    if rest := b"".join(kept):
        yield rest + b"\n"
