"""Values that stay as they were made, for the few classes that every run of the filter loads.

A frozen data class says the same in fewer words. But to load what makes data classes takes longer
than to start the interpreter, and the filter promises to be done by then with a hundred targets.
"""

from collections.abc import Callable
from operator import attrgetter


class Frozen:
    """A value: compared by what it holds, and never changed.

    A class names its fields in ``__slots__`` and fills them in its ``__init__`` with `_hold`.
    """

    __slots__: tuple[str, ...] = ()

    _held: Callable[[object], object]

    def __init_subclass__(cls) -> None:
        first, *others = cls.__slots__
        cls._held = attrgetter(first, *others)

    def _hold(self, **fields: object) -> None:
        """Fill in the fields."""
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} stays as it was made.")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} stays as it was made.")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._held(self) == self._held(other)

    def __hash__(self) -> int:
        return hash(self._held(self))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__name__}({fields})"
