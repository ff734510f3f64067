"""What each IPv4 address gets: the same between two neighbouring edges of blocks in the rules."""

from bisect import bisect_right
from collections.abc import Callable, Iterable

from scope.quick.side import Side
from scope.ruling import Ruling

TYPE_CHECKING = False  # as in `typing`, which the filter has no time to load
if TYPE_CHECKING:
    from scope.places.addresses import Addresses


class Spans:
    """Rulings of addresses.

    Attributes:
        edges: Where blocks begin, and the first addresses behind them, in rising order.
    """

    __slots__ = ("_found", "_limited", "_ruling", "_sides", "edges")

    def __init__(
        self,
        sides: tuple[Side, Side],
        blocks: "Iterable[tuple[Addresses, bool]]",
        ruling: Callable[[str], Ruling],
    ) -> None:
        """Prepare for the addresses in rules.

        Args:
            sides: The included and the excluded rules.
            blocks: The addresses of rules that were read in full, and whether these decide alone.
            ruling: Gives the ruling of any target.
        """
        self._sides = sides
        self._ruling = ruling
        self._found: dict[int, Ruling] = {}
        edges: set[int] = set()
        limited = []
        for block, simple in blocks:
            spans = [(low, high + 1) for low, high in block.spans] if block.version == 4 else []
            edges.update(edge for span in spans for edge in span)
            limited += [] if simple else spans
        self.edges = sorted(edges)
        self._limited = frozenset(
            at for low, end in limited for at in range(self._place(low), self._place(end))
        )

    def ruling(self, text: str) -> Ruling | None:
        """Return the ruling of an address in dotted decimal; None when it takes more than that."""
        included, excluded = (text in side.addresses for side in self._sides)
        if self.edges:
            return None if included or excluded else self._between(text)
        if excluded:
            return Ruling.OUT
        return Ruling.IN if included else Ruling.UNKNOWN

    def _between(self, text: str) -> Ruling | None:
        """Return the ruling of all addresses between the same two edges."""
        at = self._place(int.from_bytes(map(int, text.split(".")), "big"))
        if at in self._limited:
            return None
        found = self._found.get(at)
        if found is None:
            found = self._found[at] = self._ruling(text)
        return found

    def _place(self, value: int) -> int:
        """Count the edges up to an address."""
        return bisect_right(self.edges, value)
