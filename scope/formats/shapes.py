"""What the alternatives of an expression say about a URL, put together into rules.

A tool's expression and a rule do not mean quite the same: a rule takes what lies below its path,
any port and any query. Alternatives that say so together become one rule. One that says less,
such as a page without what is below it, still makes an exclusion; as a permit it is left to a
person.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter

from scope.formats.globs import ANY, DEEP, IN_LABEL, LABEL, MANY, MARKS, SEGMENT, SOME
from scope.places import suffix
from scope.targets import address
from scope.targets.target import SHARED_CODE_HOSTS

UNSURE = "<any>"  # a placeholder: a person decides about what it may stand for
PORTS = {"http": "80", "https": "443"}
WHOLE_SITE = frozenset({ANY, f"/{ANY}"})

_URL = re.compile(
    rf"(?:([A-Za-z0-9+.{re.escape(MARKS)}-]+)://)?([^/?#:\[]*|\[[^/?#\]]*\]?)(?::([^/?#]*))?(.*)",
    re.DOTALL,
)
_PLACE = attrgetter("scheme", "host", "path")
_SITE = attrgetter("host", "scheme", "port")
_FOUR = re.compile(r"[\d.*-]+(?:/\d+)?")


@dataclass(frozen=True, slots=True)
class Shape:
    """One alternative, in which marks stand for what is open.

    Attributes:
        host: A name, address or block; `ANY` alone for all of them.
        scheme: ``http`` or ``https``; empty for both.
        port: Digits; empty for all ports.
        path: With its query; `ANY` for the whole site.
        sure: A rule for it says no more than the expression.
    """

    host: str
    scheme: str = ""
    port: str = ""
    path: str = ANY
    sure: bool = True


def of_url(text: str, *, permits: bool) -> list[Shape]:
    """Cut one alternative of an expression for whole URLs.

    >>> of_url("https://shop.example:8443/v1*", permits=True)
    [Shape(host='shop.example', scheme='https', port='8443', path='/v1*', sure=True)]

    What is open in the host may reach into the path: an exclusion takes that too.
    """
    found = _URL.match(text)
    scheme, host, port, path = found.groups("") if found else ("", "", "", text)
    sure = bool(scheme) or host[:1] in (ANY, MANY)  # a URL opens with its scheme
    sure = sure and (scheme.isalpha() or set(scheme) <= set(MARKS))
    scheme = scheme.lower() if scheme.isalpha() else ""
    if host.endswith(ANY) and not path:
        return [Shape(host, scheme, "", ANY, sure)]
    shapes = [Shape(host, scheme, port, path, sure)]
    if not permits:
        rest = f":{port}{path}" if port else path
        ends = (at for at, mark in enumerate(host, 1) if mark in ANY + MANY + SOME)
        shapes += [Shape(host[:at], scheme, "", f"{ANY}{host[at:]}{rest}") for at in ends]
    return shapes


def merged(shapes: Iterable[Shape], *, default_ports: bool = False) -> list[Shape]:
    """Return shapes with those that belong together made one.

    Args:
        shapes: The alternatives of one expression.
        default_ports: Without a port, the scheme's own is meant, as in a URL.
    """
    found = {replace(each, host=each.host.strip("[]").replace(DEEP, ANY)) for each in shapes}
    if default_ports:
        ports = _grouped(found, _PLACE, "port")
        found = {_with_port(each, ports[_PLACE(each)]) for each in found}
    found = {_with_scheme(each, found) for each in found}
    found = {each for each in found if each.sure or replace(each, sure=True) not in found}
    found = {each for one in found if (each := _with_host(one, found))}
    ordered = sorted(found, key=lambda each: (each.host, each.scheme, each.port, each.path))
    tails = _grouped(found, _SITE, "path")
    settled = (_with_path(each, tails[_SITE(each)]) for each in ordered)
    return list(dict.fromkeys(each for each in settled if each))


def rule(shape: Shape, *, permits: bool) -> str | None:
    """Return the text of the rule for a shape; None when no rule could say it."""
    place, sure = _host(shape.host, permits=permits), shape.sure
    port = shape.port if shape.port.isdigit() else ""
    sure = sure and bool(port) is bool(shape.port)
    where = _path(shape.path, permits=permits)
    doubt = UNSURE if permits and not sure and UNSURE not in place + where else ""
    if address.parse(place) and (port or where or doubt):
        found = _in_url(place)
        if found is None:
            return None if permits else place
        place = found
    lead = f"{shape.scheme}://" if shape.scheme else ""
    if address.parse(f"{place}{where}") and where and not (lead or port):
        lead = "//"  # 192.0.2.1/24 alone would be a block
    if place == ANY and not lead and (where or port):
        if not permits and not port:
            return shape.path if re.fullmatch(r"\*/[^\x00-\x1f]*", shape.path) else where
        lead = "*://"  # a star with a path would be a path alone, and one with a port a word
    return f"{lead}{place}{f':{port}' if port else ''}{where or '/' * bool(doubt)}{doubt}"


def _grouped(
    found: Iterable[Shape], key: Callable[[Shape], tuple[str, ...]], name: str
) -> dict[tuple[str, ...], set[str]]:
    """Return what the shapes that are otherwise alike have in one place."""
    groups: dict[tuple[str, ...], set[str]] = {}
    for each in found:
        groups.setdefault(key(each), set()).add(getattr(each, name))
    return groups


def _with_port(shape: Shape, ports: set[str]) -> Shape:
    """Fill in the default port, unless a twin leaves the port open."""
    if "" in ports and ports & set(MARKS) and shape.port in ("", *MARKS):
        return replace(shape, port="")
    if shape.port or shape.path[:1] == ANY:
        return shape
    return replace(shape, port=PORTS.get(shape.scheme, ""))


def _with_scheme(shape: Shape, others: set[Shape]) -> Shape:
    """Leave the scheme out where a twin has the other one."""
    twins = {replace(shape, scheme=each) for each in PORTS}
    return replace(shape, scheme="") if twins <= others else shape


def _with_host(shape: Shape, others: set[Shape]) -> Shape | None:
    """Join ``text`` at the start of a label with the same at any depth."""
    deep = f"{ANY}.{IN_LABEL}"
    if shape.host.startswith(deep):
        twin = replace(shape, host=shape.host[2:])
        return replace(twin, host=ANY + twin.host[1:]) if twin in others else shape
    joined = shape.host.startswith(IN_LABEL) and replace(shape, host=f"*.{shape.host}") in others
    return None if joined else shape


def _with_path(shape: Shape, tails: set[str]) -> Shape | None:
    """Return a shape with the path of its rule; None when another shape says more."""
    path = shape.path
    if WHOLE_SITE & tails:
        return replace(shape, path="")
    if shape.host in SHARED_CODE_HOSTS and path.removesuffix(".git") in tails - {path}:
        return None
    base = re.split(r"[?#]", path, maxsplit=1)[0]
    if base != path:
        return None if {base, f"{base}*"} & tails else replace(shape, path=base, sure=False)
    if path.endswith("/*") and path[:-2] in tails:
        return None
    if path.endswith("*"):
        return shape
    sure = shape.sure and f"{path}/*" in tails
    return None if f"{path}*" in tails else replace(shape, sure=sure)


def _host(text: str, *, permits: bool) -> str:
    """Write a host; what a rule cannot say exactly is a star in exclusions."""
    if not permits:
        found = _thinned(ANY if each in MARKS else each for each in text) or ANY
        return UNSURE if _cut_short(text) and not address.parse(found) else found
    return _thinned(_host_parts(text)) or ANY


def _cut_short(text: str) -> bool:
    """Tell whether an excluded name is open where a rule needs an end.

    An expression without an anchor behind a whole name is taken to end there.
    """
    name = text.rstrip(MARKS)
    open_end = text[len(name) :]
    if not name or not open_end:
        return False
    whole = name.rpartition(MARKS[0])[2].lstrip("".join(MARKS) + ".")
    return set(open_end) != {ANY} or "." not in whole or not suffix.exists(whole)


def _host_parts(text: str) -> Iterator[str]:
    """Yield the characters of a permitted host, each mark as far as a rule can say it."""
    for at, mark in enumerate(text):
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        whole_label = after in (".", "") and before in (".", "")
        inside = at > 0 and (mark == IN_LABEL or (mark == LABEL and whole_label))
        if mark not in MARKS or mark == ANY:
            yield mark
        elif inside or (mark == MANY and at == 0 and after in (".", "")):
            yield ANY
        else:
            yield UNSURE


def _path(text: str, *, permits: bool) -> str:
    """Write a path in the same way."""
    written = []
    for at, mark in enumerate(text):
        plain = mark in (ANY, SEGMENT) or (mark == MANY and text[at - 1 : at] == "/")
        open_mark = ANY if plain or not permits else UNSURE
        written.append(open_mark if mark in MARKS else mark)
    found = _thinned(written)
    if found.startswith("*/") and not permits:
        return f"/*{found[2:]}"  # the star may stand for nothing, slash and all
    return found if found[:1] in ("/", "") else f"/{found}"


def _thinned(written: Iterable[str]) -> str:
    """Join characters; of several stars one is enough."""
    return re.sub(r"\*{2,}", "*", "".join(written))


def _in_url(text: str) -> str | None:
    """Write addresses so that a port or path can follow; None for an IPv6 block."""
    found = address.parse(text)
    if found is None or found.single:
        return f"[{text}]" if ":" in text else text
    if found.version == 6 or not found.whole or "-" in text.partition(".")[0]:
        return text if _FOUR.fullmatch(text) and "/" not in text else None
    low, high = found.spans[0]
    octets = zip(low.to_bytes(4, "big"), high.to_bytes(4, "big"), strict=True)
    written = [str(a) if a == b else "*" if (a, b) == (0, 255) else f"{a}-{b}" for a, b in octets]
    return ".".join(written) if "/" in text else text
