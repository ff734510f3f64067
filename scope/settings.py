"""What a program may choose about the reading of its rules."""

from scope.frozen import Frozen

TYPE_CHECKING = False  # as in `typing`, which takes longer to load than this room's quick way
if TYPE_CHECKING:
    from typing import Literal


class Settings(Frozen):
    """What a program may choose about the reading of its rules.

    >>> Settings(strict_scheme=True)
    Settings(wildcard_apex='exclude', strict_scheme=True, out_always_wins=False)

    Attributes:
        wildcard_apex: Whether ``*.shop.example`` also means ``shop.example``.
        strict_scheme: Whether ``https://…`` in a rule leaves out ``http://``.
        out_always_wins: Whether an exclusion beats even a smaller included rule inside it.
    """

    __slots__ = ("wildcard_apex", "strict_scheme", "out_always_wins")  # noqa: RUF023 - as given

    wildcard_apex: "Literal['exclude', 'include']"
    strict_scheme: bool
    out_always_wins: bool

    def __init__(
        self,
        wildcard_apex: "Literal['exclude', 'include']" = "exclude",
        strict_scheme: bool = False,
        out_always_wins: bool = False,
    ) -> None:
        self._hold(
            wildcard_apex=wildcard_apex,
            strict_scheme=strict_scheme,
            out_always_wins=out_always_wins,
        )
