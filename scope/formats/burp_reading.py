"""Entries of Burp's target scope, read: expressions for each part of a URL, or prefixes of URLs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from scope.formats import foreign, guards, shapes
from scope.formats.aheads import opened
from scope.formats.foreign import Entry
from scope.formats.globs import Foreign, globs
from scope.formats.listing import Remark
from scope.formats.marks import ANY, SOME
from scope.formats.shapes import Shape
from scope.formats.wins import Found
from scope.rule import Rule
from scope.targets import address

PARTS = ("host", "port", "file")
SCHEMES = {"": "", "any": "", "http": "http", "https": "https"}
DISABLED = "The entry is switched off, so it is no rule."
ODD = "The entry is not made as Burp makes them, so it is no rule."

_PREFIX = re.compile(
    r"(?:(https?)://)?([^/?#:\[\]\s]+|\[[^\]]*\])(?::(\d{1,5}))?([/?#].*)?", re.IGNORECASE
)


def found(raw: object, source: str, *, permits: bool) -> Found:
    """Return what one entry gives.

    Args:
        raw: The entry, as JSON gave it.
        source: Where it stood.
        permits: It stood among those that include.
    """
    fields = raw if isinstance(raw, Mapping) else {}
    rules, remarks = _rules(fields, raw, source, permits=permits)
    texts = [each for name in PARTS if isinstance(each := fields.get(name), str) and each]
    spared = [] if permits else [one for each in texts for one in opened(each).spared]
    named = (each.removeprefix("^").removesuffix("$") for each in texts)
    return Found(tuple(rules), tuple(remarks), frozenset(named), frozenset(spared))


def _rules(
    fields: Mapping[str, Any], raw: object, source: str, *, permits: bool
) -> tuple[list[Rule], list[Remark]]:
    """Read one entry, unless it is off, a guard of our own making, or no entry."""
    entry = Entry(_shown(fields) or str(raw)[: foreign.LONGEST_NOTE], source, permits)
    if fields.get("enabled") is False:
        return [], [entry.remark("disabled", DISABLED)]
    if not permits and _is_guard(fields):
        return [], []
    if isinstance(fields.get("prefix"), str):
        return entry.rules(lambda: _prefixed(fields, permits=permits))
    texts = [fields.get(name) for name in (*PARTS, "protocol")]
    if not any(texts) or not all(isinstance(each, str | None) for each in texts):
        return ([], [entry.remark("odd-entry", ODD)]) if permits else entry.unread()
    return entry.rules(lambda: _matched(fields, permits=permits))


def _is_guard(fields: Mapping[str, Any]) -> bool:
    """Tell whether an entry only keeps expressions from being fooled, which rules need not."""
    host, path = (str(fields.get(name) or "") for name in ("host", "file"))
    return guards.is_guard(host.removesuffix("$"), path.removeprefix("^").removesuffix("$"))


def _matched(fields: Mapping[str, str], *, permits: bool) -> list[Shape]:
    """Read an entry of advanced scope control; an empty part fits everything."""

    def read(name: str) -> tuple[str, ...]:
        given = fields.get(name) or ""
        if not given:
            return (ANY,)
        return globs(foreign.bare(given, permits=permits), whole=False, permits=permits)

    protocol = (fields.get("protocol") or "").lower()
    if protocol not in SCHEMES and permits:
        raise Foreign
    host = fields.get("host") or ""
    hosts = (host,) if address.parse(host) else read("host")
    made = product(hosts, _ports(read("port")), read("file"))
    scheme = SCHEMES.get(protocol, "")
    return shapes.merged(Shape(host, scheme, port, path) for host, port, path in made)


def _ports(found: tuple[str, ...]) -> Iterator[str]:
    """Yield ports; one that is only described is open."""
    for each in found:
        yield "" if each == ANY else each if each.isdigit() else SOME


def _prefixed(fields: Mapping[str, object], *, permits: bool) -> Iterator[Shape]:
    """Read an entry of normal scope control: a text with which URLs begin."""
    found = _PREFIX.fullmatch(str(fields["prefix"]).strip())
    if not found:
        raise Foreign
    scheme, host, port, tail = found.groups("")
    scheme, begun = scheme.lower(), not (port or tail or host.startswith("["))
    if begun and not scheme and "https".startswith(host.lower()):
        raise Foreign  # every URL begins like that
    if begun and not permits and not address.parse(host):
        host += ANY  # the text may end within a name
    if permits and scheme and tail and not port:
        port = shapes.PORTS[scheme]  # the text names the default port by leaving it out
    page = re.split("[?#]", tail, maxsplit=1)[0]
    path = f"{page.replace(ANY, '%2A') if permits else page}{ANY}"
    whole = path in ("*", "/*")
    shape = Shape(host.strip("[]"), scheme, port, "" if whole else path, sure=page == tail)
    yield shape
    if fields.get("include_subdomains") is True and not address.parse(shape.host):
        yield replace(shape, host=f"*.{shape.host}")


def _shown(fields: Mapping[str, object]) -> str:
    """Write an entry in one line."""
    parts = (f"{name}={text}" for name, text in fields.items() if isinstance(text, str))
    return " ".join(parts)[: 4 * foreign.LONGEST_NOTE]
