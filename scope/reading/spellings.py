"""Other ways to write hosts, blocks and paths, turned into the one that the rest reads.

    a[.]shop[.]example, hxxps://…     written so that nobody clicks on it
    10.1.x.x, 10.1.0.0 255.255.0.0    blocks
    /users/:id                        a free segment
    <a.example>, __a.example__        marks of other notations round a host
    a.example:80,443                  one host, several ports
    a1 - a9.example                   hosts that count up

An exclusion in one of these that was not understood would exclude nothing.
"""

import re
from collections.abc import Iterator

from scope.reading.finding import UNCLEAR

MOST_PORTS = 1024  # in one list; more are left to a person

_DOT = re.compile(r"\[\.\]|\(\.\)|\{\.\}|[\[(]dot[\])]", re.IGNORECASE)
_DEFUSED = re.compile(r"(?<![\w*])h(?:xx|\*\*|tx|xt)p(?=s?://)", re.IGNORECASE)
_LINE = re.compile(r"<br\s?/?>", re.IGNORECASE)
_MORE_PORTS = re.compile(r"(?<=[\w\]])(:\d{1,5})((?:\s?(?:[,|;&+]|and)\s?\d{1,5})+)\Z")
_NETMASK = re.compile(r"\b(\d{1,3}(?:\.\d{1,3}){3})\s(255(?:\.\d{1,3}){3})\b")
_BETWEEN = re.compile(
    r"\b(\d{1,3}(?:\.\d{1,3}){3})\s?(?:\.{2,3}|[\u2026\u2014~]|to|through|thru)\s?"
    r"(\d{1,3}(?:\.\d{1,3}){3})\b"
)
_LETTERED = re.compile(
    r"(?<![\w.])\d{1,3}(?:\.[xX]){3}(?![\w.])|(?<![\w.])\d{1,3}\.\d{1,3}(?:\.[xX]){2}(?![\w.])"
    r"|(?<![\w.])\d{1,3}(?:\.\d{1,3}){2}\.[xX](?![\w.])"
)
_PARAMETER = re.compile(r"(?<=[\w*-]/):[A-Za-z_]\w{0,40}(?=[/?#\s]|\Z)")
_PORTS = re.compile(r"(.{0,300}):(\d{1,5}(?:-\d{1,5})?(?:,\d{1,5}(?:-\d{1,5})?)*)(/\S*)?")
_WRAPPED = re.compile(
    r"[<\[{]\s?(?P<inner>[\w*-]+(?:\.[\w*-]+)+(?:[:/?#][^<>\[\]{}|\s]*)?)\s?[>\]}]"
)
_MARKED = re.compile(r"(?P<mark>__|~~)(?P<inner>[^_~\s](?:.*[^_~\s])?)(?P=mark)")
_TWICE = re.compile(r"\Ahttps?://(?=https?://)", re.IGNORECASE)
_ANY_SCHEME = re.compile(r"\A(?:\*|https?\*:)//(?=[^/])", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]{0,300})\]\((\S{1,2000})\)")
_LETTER = re.compile(rf"[\w*{UNCLEAR}-]{{0,63}}\?[\w*?-]{{0,63}}\.[\w.*-]{{2,200}}\Z")
_COUNTED = re.compile(
    r"([\w-]{0,60}?)(\d{1,6})((?:[.-][\w.-]{1,200})?)\s(?:-|\u2013|to|through)\s"
    r"([\w-]{0,60}?)(\d{1,6})([.-][\w.-]{1,200})"
)


def plain(text: str) -> str:
    """Return a text with everything in it that has a plainer spelling spelled so.

    >>> plain("a[.]shop[.]example"), plain("10.1.x.x"), plain("10.1.0.0 255.255.0.0")
    ('a.shop.example', '10.1.*.*', '10.1.0.0/255.255.0.0')
    >>> plain("shop.example/users/:id/edit")
    'shop.example/users/*/edit'
    """
    text = _MORE_PORTS.sub(_ports_after, _LINE.sub(" ", text))
    text = _LINK.sub(_linked, _DEFUSED.sub("http", _DOT.sub(".", text)))
    wrapped = _WRAPPED.fullmatch(text) or _MARKED.fullmatch(text)
    text = _ANY_SCHEME.sub("*://", _TWICE.sub("", wrapped["inner"] if wrapped else text))
    text = _BETWEEN.sub(r"\1-\2", _NETMASK.sub(r"\1/\2", text))
    text = _LETTERED.sub(lambda found: re.sub("[xX]", "*", found[0]), text)
    return _PARAMETER.sub("*", text)


def with_gaps(asset: str) -> str:
    """Return an asset with a gap for each label of its host that no name could have.

    A question mark stands for a letter there, and a star beside foreign letters cannot be written
    in ASCII; where no other reading is left, a person decides.

    >>> with_gaps("a-?.shop.example") == f"{UNCLEAR}.shop.example", with_gaps("shop.example/?x")
    (True, 'shop.example/?x')
    """
    lead, slashes, rest = asset.rpartition("://") if "://" in asset else ("", "", asset)
    host, slash, path = rest.partition("/")
    wild = _LETTER.match(host)
    if not wild and (host.isascii() or "*" not in host):
        return asset
    labels = (UNCLEAR if _impossible(label) else label for label in host.split("."))
    return f"{lead}{slashes}{'.'.join(labels)}{slash}{path}"


def _impossible(label: str) -> bool:
    """Tell whether a label has a question mark, or a star and a foreign letter."""
    return "?" in label or ("*" in label and not label.isascii())


def each_port(word: str) -> tuple[str, ...]:
    """Return a word once for each of the ports that it lists; the word itself when it lists none.

    >>> each_port("shop.example:80,8000-8001/x")
    ('shop.example:80/x', 'shop.example:8000/x', 'shop.example:8001/x')
    """
    found = _PORTS.fullmatch(word)
    if not found or not set(",-") & set(found[2]) or found[1].count(":") > 1:
        return (word,)
    ports = tuple(_ports(found[2]))
    if not ports or len(ports) > MOST_PORTS:
        return (word,)
    return tuple(f"{found[1]}:{port}{found[3] or ''}" for port in ports)


def counted(text: str) -> tuple[str, ...]:
    """Return the hosts from one number to another; nothing when a text is no such span.

    >>> counted("a8 - a10.shop.example"), counted("a1.example to a2.example")
    (('a8.shop.example', 'a9.shop.example', 'a10.shop.example'), ('a1.example', 'a2.example'))
    """
    found = _COUNTED.fullmatch(text)
    if not found or found[1] != found[4] or found[3] not in ("", found[6]):
        return ()
    low, high = sorted((int(found[2]), int(found[5])))
    if high - low >= MOST_PORTS:
        return (f"{found[1]}{UNCLEAR}{found[6]}",)
    width = len(found[2]) if found[2].startswith("0") else 1
    return tuple(f"{found[1]}{str(at).zfill(width)}{found[6]}" for at in range(low, high + 1))


def _ports_after(found: re.Match[str]) -> str:
    """Write several ports behind a host with commas."""
    return ",".join((found[1], *re.findall(r"\d+", found[2])))


def _linked(found: re.Match[str]) -> str:
    """Return where a link leads, and what it shows unless that is the same place."""
    shown, place = found[1].strip(), found[2]
    same = shown.rpartition("://")[2].rstrip("/") == place.rpartition("://")[2].rstrip("/")
    return place if same else f"{shown} {place}"


def _ports(text: str) -> Iterator[int]:
    """Yield the ports of a list, those of a span one after the other."""
    for each in text.split(","):
        low, _, high = each.partition("-")
        first, last = sorted((int(low), int(high or low)))
        yield from range(first, min(last, first + MOST_PORTS) + 1)
