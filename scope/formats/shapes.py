"""What the alternatives of an expression say about a URL, those put together that belong together.

A tool's expression and a rule do not mean quite the same: a rule takes what lies below its path,
any port and any query. Alternatives that say so together become one shape, and so one rule
(`shape_rules`).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from operator import attrgetter

from scope.formats.marks import ANY, DEEP, IN_LABEL, MANY, MARKS, SOME
from scope.targets.repository import SHARED_CODE_HOSTS

PORTS = {"http": "80", "https": "443"}
WHOLE_SITE = frozenset({ANY, f"/{ANY}"})

_URL = re.compile(
    rf"(?:([A-Za-z0-9+.{re.escape(MARKS)}-]+)://)?([^/?#:\[]*|\[[^/?#\]]*\]?)(?::([^/?#]*))?(.*)",
    re.DOTALL,
)
_PLACE = attrgetter("scheme", "host", "path")
_SITE = attrgetter("host", "scheme", "port")


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
