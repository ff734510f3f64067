"""Rules for shapes: what an alternative of an expression says, in the words of a rule.

A shape that says less than any rule, such as a page without what is below it, still makes an
exclusion; as a permit it is left to a person.
"""

import re
from collections.abc import Iterable, Iterator

from scope.formats.marks import ANY, IN_LABEL, LABEL, MANY, MARKS, SEGMENT
from scope.formats.shapes import Shape
from scope.places import suffix
from scope.targets import address

UNSURE = "<any>"  # a placeholder: a person decides about what it may stand for

_FOUR = re.compile(r"[\d.*-]+(?:/\d+)?")


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
