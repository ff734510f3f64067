"""What there is to say about how a rule is written."""

import re
import unicodedata
from collections.abc import Iterator

from scope.reading.finding import Finding
from scope.targets import address

_ADDRESSES = re.compile(r"[0-9A-Fa-f:.*,/\s\u2013-]+")
_LABELS = re.compile(r"[^\s./:?#@()\[\]{}|,;*<>]+")
_LOOK_ALIKES = re.compile(  # letters of other scripts that look like Latin ones, and nothing else
    "[\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04bb\u0501\u051b\u051d"
    "\u03bf\u03b1\u03bd\u03c1\u03b9\u0585\u057d\u0578-]+"
)
_IN_NAMES = "\u00b7\u0375\u05f3\u05f4\u30fb\u3002\uff0e\uff61\uff0d"  # dots, hyphens
_HYPHEN = re.compile(r"(?:^|[./@])(-[\w-]+)(?=[.*])")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+-]*://([^/?#@:\s]+)(/\d{1,3})?/?(?=[:/?#\s]|\Z)")


def of_text(pattern: str) -> Iterator[Finding]:
    """Look at how a rule is written."""
    if "#" in pattern and "##" not in pattern:
        yield Finding("fragment")
    if " " not in pattern.strip():
        yield from (Finding("label-hyphen", label) for label in _HYPHEN.findall(pattern))
    for label in dict.fromkeys(_LABELS.findall(pattern)):
        if label.isascii():
            continue
        if len(_scripts(label)) > 1 or _LOOK_ALIKES.fullmatch(label):
            yield Finding("mixed-scripts", label)
        if any(unicodedata.category(sign)[0] in "PZ" and sign not in _IN_NAMES for sign in label):
            yield Finding("odd-sign", label)
    if _ADDRESSES.fullmatch(pattern.strip()):
        yield from _of_addresses(pattern.strip())
    yield from _of_url(pattern.strip())


def _of_addresses(text: str) -> Iterator[Finding]:
    """Compare a block or range with its plain form."""
    found = address.parse(text)
    if found is None or not found.whole or found.single:
        return
    plain = str(found)
    low, dash, high = (each.strip() for each in text.replace("\u2013", "-").partition("-"))
    if dash and high.isdigit():
        high = f"{low.rpartition('.')[0]}.{high}"
    first, last = address.parse(low), address.parse(high)
    if dash and first and last and first.spans > last.spans:
        yield Finding("reversed-range", plain)
    named = address.parse(text.partition("/")[0]) if "/" in text else None
    if named and named.spans[0][0] != found.spans[0][0]:
        yield Finding("host-bits", plain)


def _of_url(text: str) -> Iterator[Finding]:
    """Look at the host of a URL that is an address, or an old spelling of one."""
    found = _URL.match(text)
    host = found[1].rstrip(".") if found else ""
    old = address.legacy(host) if host else None
    if found and found[2] and address.parse(host + found[2]):
        yield Finding("url-block", host + found[2])
    if old and old != host:
        yield Finding("old-address", old)


def _scripts(label: str) -> set[str]:
    """Return the scripts of a label's letters, by the first word of their Unicode names."""
    names = (unicodedata.name(letter, "?") for letter in label if letter.isalpha())
    return {name.partition(" ")[0] for name in names} - {"FULLWIDTH"}
