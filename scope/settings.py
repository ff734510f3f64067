"""What a program may choose about the reading of its rules."""

from scope.errors import SettingRefused
from scope.frozen import Frozen

APEX = ("exclude", "include")

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

    Raises:
        SettingRefused: Another value than these (``bad-setting``); a slip would otherwise be read
            as the usual choice.
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
        if wildcard_apex not in APEX:
            raise _refused("wildcard_apex", wildcard_apex, " or ".join(map(repr, APEX)))
        for name, given in (("strict_scheme", strict_scheme), ("out_always_wins", out_always_wins)):
            if not isinstance(given, bool):
                raise _refused(name, given, "True or False")
        self._hold(
            wildcard_apex=wildcard_apex,
            strict_scheme=strict_scheme,
            out_always_wins=out_always_wins,
        )


def _refused(name: str, value: object, choices: str) -> SettingRefused:
    """Say which values a setting can have."""
    return SettingRefused(
        f"The setting {name} cannot be {str(value)[:80]!r}.", hint=f"Write {choices}."
    )
