"""How a wrong value in a pack is explained: what is wrong, and what was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def wrong(message: str, hint: str) -> ValueError:
    """Return the error of a value that will not do; `hint_of` finds the hint on it again."""
    error = ValueError(message)
    error.add_note(hint)
    return error


def hint_of(error: ValueError) -> str:
    """Return the hint that an error carries, or a general one."""
    return " ".join(getattr(error, "__notes__", ())) or "Correct it as the reference says."


def did_you_mean(text: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a question that names the nearest known word; without one, the other text."""
    near = get_close_matches(text, list(known), n=1)
    return f"Did you mean {near[0]!r}?" if near else otherwise
