r"""The formats in which scopes travel: those of platforms, of other tools, and our own.

>>> listing, = read("text", "*.shop.example\n! old.shop.example\n")
>>> write("text", [listing]).text
'*.shop.example\n! old.shop.example\n'
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from scope.errors import FormatUnreadable
from scope.formats.listing import Listing, Remark, Written

__all__ = ["FORMATS", "Format", "Listing", "Remark", "Written", "known", "read", "write"]

Reader = Callable[[str], tuple[Listing, ...]]
Writer = Callable[[Listing], Written]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is called, where its module is, and which ways it goes.

    Attributes:
        title: Its name for people.
        module: The module in this folder with ``read(text)`` and ``write(listing)``.
        reads: Whether it can be read.
        writes: Whether it can be written.
    """

    title: str
    module: str
    reads: bool = True
    writes: bool = True


FORMATS: Mapping[str, Format] = {
    "portico": Format("Our own JSON, as a portal serves it", "portico"),
    "burp": Format("Burp's target scope, JSON", "burp"),
    "zap-context": Format("A ZAP context, XML", "zap_context"),
    "zap-plan": Format("A plan of ZAP's automation framework, YAML", "zap_plan"),
    "hacker-scoper": Format("hacker-scoper's .inscope and .noscope", "hackerscoper"),
    "tomnomnom": Format("The .scope file of tomnomnom's inscope", "tomnomnom"),
    "inscope": Format("The SCOPE file of nil0x42's inscope", "inscope"),
    "domains": Format("A plain list of domains", "domains", writes=False),
    "text": Format("Plain text, one rule a line, ! excludes", "text"),
    "hackerone": Format("HackerOne: API, public dump or CSV", "hackerone"),
    "bugcrowd": Format("Bugcrowd: target groups or public dump", "bugcrowd"),
    "intigriti": Format("Intigriti: API or public dump", "intigriti"),
    "yeswehack": Format("YesWeHack: API or public dump", "yeswehack"),
    "federacy": Format("Federacy: API or public dump", "federacy", writes=False),
}


def read(name: str, text: str) -> tuple[Listing, ...]:
    """Return the scopes in a file, one for each program in it.

    Raises:
        FormatUnreadable: No such format, one that is only written, or a file that is not in it.
    """
    return cast("Reader", _function(name, "read"))(text)


def write(name: str, listings: Iterable[Listing]) -> Written:
    """Return one scope as a file.

    Raises:
        FormatUnreadable: No such format, one that is only read, or not exactly one scope given.
    """
    function, given = cast("Writer", _function(name, "write")), tuple(listings)
    if len(given) != 1:
        raise FormatUnreadable(
            f"There are {len(given)} programs, and a file takes one.",
            hint="Name the program.",
            code="which-program",
        )
    return function(given[0])


def known(way: str) -> str:
    """Return the formats that can be read or written, a line each under a heading, for people.

    Args:
        way: ``read`` or ``write``.
    """
    able = {
        name: one for name, one in FORMATS.items() if (one.reads if way == "read" else one.writes)
    }
    width = max(map(len, able))
    lines = (f"    {name:<{width}}  {one.title}" for name, one in able.items())
    return "\n".join([f"Formats to {way}:", *lines])


def _function(name: str, way: str) -> object:
    """Find the function that reads or writes a format; its module is loaded only now."""
    found = FORMATS.get(name)
    if found is None or not (found.reads if way == "read" else found.writes):
        raise FormatUnreadable(f"There is no format {name!r} to {way}.", hint=known(way))
    return getattr(import_module(f"scope.formats.{found.module}"), way)
