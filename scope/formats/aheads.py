r"""The look-aheads that an expression opens with: what an exclusion leaves alone.

>>> opened(r"^(?!api\.old\.example$)[^/]*\.old\.example$")
Opened(spared=('api\\.old\\.example',), only='', rest='^[^/]*\\.old\\.example$')
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opened:
    """An expression without its look-aheads, and these.

    Attributes:
        spared: What must not stand there.
        only: What has to stand there besides; empty for nothing.
        rest: The expression that is left. It takes more than the whole did.
    """

    spared: tuple[str, ...]
    only: str
    rest: str


def opened(expression: str) -> Opened:
    """Take the look-aheads off an expression; one that does not end stays where it is."""
    text, spared, only = expression.removeprefix("^"), [], ""
    while text.startswith(("(?!", "(?=")):
        end = _closing(text)
        if end is None:
            break
        inner = text[3:end].removesuffix("$")
        if text[2] == "!":
            spared.append(inner)
        else:
            only = only or inner
        text = text[end + 1 :]
    return Opened(tuple(spared), only, f"^{text}" if expression.startswith("^") else text)


def _closing(text: str) -> int | None:
    """Return where the group closes that a text opens with."""
    depth, at = 0, 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == "[":
            end = text.find("]", at + 2)
            at = len(text) if end < 0 else end
        elif text[at] in "()":
            depth += 1 if text[at] == "(" else -1
            if depth == 0:
                return at
        at += 1
    return None
