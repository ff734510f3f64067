"""Rulings alone, for millions of targets: most take two look-ups.

Three ways lead to a ruling, each taken only by what the one before leaves open. A block of lines is
looked at as a whole, and the slots of its plain hosts decide. One line is looked at by itself, with
all that a URL may add to a host. What remains gets a whole verdict, of which the ruling is kept.
"""

import re
from collections.abc import Callable, Iterator

from scope.errors import InvalidTarget
from scope.places.suffix import exists
from scope.quick import glance
from scope.quick.batch import Block
from scope.quick.side import Side
from scope.quick.slot import ASK, CODES, LATER, RULINGS, SKIPPED
from scope.quick.slots import Slots
from scope.quick.spans import Spans
from scope.quick.stake import Stake
from scope.ruling import Ruling
from scope.settings import Settings
from scope.targets.edges import EDGES
from scope.targets.stores import PACKAGES

TYPE_CHECKING = False  # as in `typing`, which the filter has no time to load
if TYPE_CHECKING:
    from scope.engine import Scope
    from scope.facts import Facts
    from scope.places.addresses import Addresses

# A target that cannot be invalid for what stands behind its host: a port, then anything printed
# with at most one layer of escapes. Five digits from 60000 on may be no port.
_LINE = re.compile(
    r"((?i:https?)://)?([A-Za-z0-9_.-]+)(:(?:[1-5]?[0-9]{1,4}|(?![/\\]{2})))?"
    r"([/?#\\](?:[!-$&-~]++|%(?!25)[0-9A-Fa-f]{2})*+)?"
).fullmatch
# A name and no address: its last label starts with a letter, or has one that no number has.
_HOST = re.compile(r"(?:[a-z0-9_-]{1,63}\.)*(?=[a-z]|[0-9a-f_-]*[g-wyz])[a-z0-9_-]{1,63}").fullmatch
_APP = re.compile(r"id[0-9]+").fullmatch  # as stores count them


class Sieve:
    """The rulings of one scope; several threads may ask at once.

    >>> from scope import Scope
    >>> Scope.from_rules(["*.shop.example"]).sieve().ruling("https://www.shop.example/a").value
    'in'
    """

    def __init__(
        self,
        sides: tuple[Side, Side],
        settings: Settings,
        scope: "Callable[[], Scope]",
        facts: "Facts | None" = None,
    ) -> None:
        """Prepare to rule.

        Args:
            sides: The included and the excluded rules.
            settings: How the program wants them read.
            scope: Gives the scope of these rules, which is asked only when it takes a verdict.
            facts: What is known of every target; None when nothing is.
        """
        self._scope = scope
        self._known: dict[str, Facts] = {} if facts is None else {"facts": facts}
        names: list[Stake] = []
        blocks: list[tuple[Addresses, bool]] = []
        if any(side.rest for side in sides):
            from scope.quick import odd  # with what it takes to read a rule in full

            names, blocks = odd.stakes(scope())
        self._slots = Slots(sides, settings, names)
        self._spans = Spans(sides, blocks, self._verdict)

    def ruling(self, text: str) -> Ruling:
        """Return the ruling of a target: always that of the scope's verdict."""
        code = self._code(text)
        return RULINGS[code - 1] if code != ASK else self._verdict(text)

    def codes(self, block: Block) -> bytearray:
        """Return a code for each line of a block: that of its ruling, or `SKIPPED`."""
        exact, below, hosts = self._slots.exact.get, self._slots.below, block.hosts
        codes = bytearray([exact(host) or below[host.partition(".")[2]] for host in hosts])
        for at in block.doubtful(self._slots.fragments):
            codes[at] = ASK
        for at in _places(codes, LATER):
            codes[at] = self._slots.code(hosts[at])
        for at in _places(codes, ASK):
            codes[at] = self._code_of_line(block.lines[at])
        return codes

    def _code_of_line(self, line: str) -> int:
        """Return the code of a line with one character for each byte."""
        code = self._code(line)
        if code != ASK:
            return code
        text = text_of(line)
        bare = text.strip(EDGES)
        if not bare or bare[0] == "#":
            return SKIPPED
        return CODES[self._verdict(text)]

    def _verdict(self, text: str) -> Ruling:
        """Return the ruling of a whole verdict."""
        return self._scope().ruling(text, **self._known)

    def _code(self, text: str) -> int:
        """Return the code of a target that is plain by itself; `ASK` for any other."""
        found = _LINE(text)
        if found is None:
            return ASK
        scheme, host, port, tail = found.groups()
        host = host.lower().removesuffix(".")
        if host[-1:].isdigit() and glance.ADDRESS(host):
            return ASK if tail and not scheme else self._code_of_address(host)
        if not _HOST(host) or len(host) > glance.LONGEST_NAME:
            return ASK
        if "." not in host and not scheme:
            return ASK if tail or port or _APP(host) else CODES[Ruling.INVALID]
        if host.startswith(PACKAGES) and not exists(host):
            return ASK
        code = self._code_of_foreign(host) if "xn--" in host else self._slots.code(host)
        return code if code != ASK else self._code_beside(host, scheme, port, tail)

    def _code_beside(
        self, host: str, scheme: str | None, port: str | None, tail: str | None
    ) -> int:
        """Return the code of a target that stays clear of exclusions on a part of its host."""
        code, limited = self._slots.beside(host)
        if code == ASK or not limited:
            return ASK
        from scope.quick import limits  # loaded long since, by what read these rules

        written = (scheme or "").lower().removesuffix("://")
        port = port[1:] if port else None
        clear = limits.clear(host, limited, scheme=written, port=port, tail=tail or "")
        return code if clear else ASK

    def _code_of_foreign(self, host: str) -> int:
        """Return the code of a host with foreign letters in ASCII; that has to be its one form."""
        from scope.targets.foreign import ascii_form  # few lists have any

        try:
            return self._slots.code_alone(host) if ascii_form(host) == host else ASK
        except InvalidTarget:
            return CODES[Ruling.INVALID]

    def _code_of_address(self, text: str) -> int:
        """Return the code of an IPv4 address."""
        ruling = None if self._slots.everywhere else self._spans.ruling(text)
        return CODES[ruling] if ruling else ASK


def _places(codes: bytearray, code: int) -> Iterator[int]:
    """Yield the places of a code, also of one that is filled in on the way."""
    at = codes.find(code)
    while at >= 0:
        yield at
        at = codes.find(code, at + 1)


def text_of(line: str) -> str:
    """Return a line as text; bytes that are none stay recognisable."""
    return line.encode("latin-1").decode("utf-8", "surrogateescape")
