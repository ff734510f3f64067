r"""Many targets at once, one a line: which of them are plainly a host or URL, and of which host.

Each step works on the whole block, because a step for each line costs more than all of them. A line
is plain only when all that could make it mean another host, or none, is known to be absent from it;
the others are named, and somebody else reads them with care.
"""

import re
from collections.abc import Collection, Iterator

from scope.quick import marks
from scope.quick.glance import LONGEST_LABEL

PLAIN = b"abcdefghijklmnopqrstuvwxyz0123456789_-."
PRINTED = bytes(range(0x21, 0x7F))
WEB = ("https://", "http://")

_AT_END = re.compile(r"(?<!\r)\r+\n")
# An escape that appears when others are undone may hide layers of escapes, and so may `%25`. It
# takes two percent signs with at most one character between them, as in `%%32%35` and `%2%35`.
_LAYERS = re.compile("%(?:25|.?%)")


class Block:
    r"""Whole lines of a file, or of what comes down a pipe.

    >>> block = Block(b"https://a.example/x?y\r\nb.example\nC.example\n")
    >>> block.lines, block.hosts
    (['https://a.example/x?y', 'b.example', 'C.example'], ['a.example', 'b.example', 'C.example'])
    >>> sorted(block.doubtful())
    [2]

    Attributes:
        lines: The lines without their ends, one character for each byte.
        hosts: What stands where a plain line has its host.
    """

    __slots__ = ("_text", "hosts", "lines")

    def __init__(self, data: bytes) -> None:
        """Cut lines, of which each has its end."""
        text = data.decode("latin-1")
        self._text = _AT_END.sub("\n", text) if "\r" in text else text
        self.lines = self._text.split("\n")
        self.lines.pop()
        self.hosts = [
            line
            if "/" not in line
            else line.split("/", 3)[2]
            if line.startswith(WEB)
            else line.partition("/")[0]
            for line in self.lines
        ]

    def doubtful(self, fragments: Collection[str] = ()) -> Iterator[int]:
        """Yield the places of lines that are not plain, some more than once.

        A plain line has printed ASCII alone and at most one layer of escapes; for its host only
        small letters, digits, ``_``, ``-`` and dots; and in this a first label that is not empty,
        not too long and not foreign. The other labels are left to the caller.

        Args:
            fragments: Letters of which none may be in the host of a plain line; when there is one
                without letters, such as that of a rule on every host, no line is plain.
        """
        if "" in fragments:
            yield from range(len(self.lines))
            return
        heads = "\n".join(["", *self.hosts, ""])
        yield from marks.foreign(self._text, PRINTED, len(self.lines))
        yield from marks.foreign(heads[1:], PLAIN, len(self.lines))
        for letters in ("\n.", "xn--", *fragments):
            yield from marks.having(heads, letters)
        if "%" in self._text:
            layers = (found.start() for found in _LAYERS.finditer(self._text))
            yield from marks.numbered(f"\n{self._text}", layers)
        if max(map(len, self.hosts), default=0) > LONGEST_LABEL:
            long = ((at, host) for at, host in enumerate(self.hosts) if len(host) > LONGEST_LABEL)
            yield from (at for at, host in long if host.find(".") > LONGEST_LABEL)
