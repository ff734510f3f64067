"""What a word that cannot be read may be a slip of the pen for.

An exclusion that nobody can read would exclude nothing. What it may have meant is left to a person,
so these guesses are generous: they never permit, and they never exclude for certain.

    a..b.example              a dot too many
    a.example%2eb             escapes where none belong
    10.0.300.1, 10.0.0        addresses with an octet too large, or one too few
    10.0.0.0/33               a block that is none
"""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from scope.places import suffix
from scope.places.addresses import BITS
from scope.targets import address

LONGEST = 300  # characters of a word; a name has at most 253
FEWEST_DIGITS = 8  # of an address as one number; 16777216 is 1.0.0.0

_END = re.compile(r"[/:?#\\]")
_ANY = re.compile(r"\\[dwDWS][+*?]?")  # what stands for any letter in an expression
_COUNTED = re.compile(r"\b([A-Za-z-]{1,60})\d{1,6}\.{2,3}\1\d{1,6}(?=[.-])")
_FOLDERS = re.compile(r"[\w-]{1,60}/(?:[\w*-]{1,60}/?){0,9}")
_PORT = re.compile(r"(?:(?:tcp|udp|ports?)[\s/:]?)?(\d{2,5})|(\d{2,5})/(?:tcp|udp)", re.IGNORECASE)
_APART = re.compile(r"\s+\.|\.\s+|\s+dot\s+", re.IGNORECASE)
_PLAIN = re.compile(r"[\w*-]+(?:\.[\w*-]+)+")
_DOTS = re.compile(r"\.{2,}")
_SOUND = re.compile(r"(?<=\.)[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}\Z")
_NUMBERS = re.compile(r"\d{1,10}(?:\.\d{1,10}){1,7}\.?")
_OLD = re.compile(r"(?i:0x[0-9a-f.x]{1,32})|0\d{0,11}(?:\.\d{1,11}){0,3}|\d+(?:\.\d+){1,3}")
_HEX = re.compile(r"\[?([0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,40})\]?(?:/\d{0,4})?")
_GROUP = 16  # bits between two colons
_NETWORK = 64  # bits that one network of IPv6 leaves to its hosts: RFC 4291 section 2.5.4


def guesses(word: str, *, alone: bool) -> tuple[str, ...]:
    """Return the assets that a word may stand for, none of them certain.

    >>> guesses("a..b.example", alone=True), guesses("10.0.300.1", alone=True)
    (('a.b.example', '*.b.example'), ('10.0.*',))

    Args:
        word: A word without blanks, not necessarily an asset.
        alone: The word is all there is, so a mere number may be an address.
    """
    text = word.strip("\"'`()<>,;!").removeprefix("^").removesuffix("$")
    if len(text) > LONGEST:
        return ()
    found = (*_names(text), *_addresses(text, alone=alone), *(_alone(text) if alone else ()))
    return tuple(dict.fromkeys(found))


def joined(text: str) -> tuple[str, ...]:
    """Return the host or port that a few words may stand for together.

    >>> joined("a. shop.com"), joined("a dot shop dot com"), joined("port 8080")
    (('a.shop.com',), ('a.shop.com',), (':8080',))
    """
    if len(text) > LONGEST:
        return ()
    if port := _PORT.fullmatch(text):
        return (f":{port[1] or port[2]}",)
    closed = _APART.sub(".", text)
    return (closed,) if closed != text and _PLAIN.fullmatch(closed) else ()


def host_of(word: str) -> str:
    """Return what stands in a word where a host would."""
    return _END.split(word.rpartition("://")[2], maxsplit=1)[0]


def _names(text: str) -> Iterator[str]:
    """Yield names that differ by a dot, an escape or a look-alike of a dot."""
    if "@" in text:  # where to write to
        return
    plain = unicodedata.normalize("NFKC", unquote(text))
    host = host_of(plain).removeprefix(".")
    if _PLAIN.fullmatch(host):
        yield from (host,) if plain != text and suffix.exists(_base(host)) else ()
        return
    joined = _DOTS.sub(".", host).strip(".")
    if _PLAIN.fullmatch(joined) and suffix.exists(_base(joined)):
        yield joined
    sound = _SOUND.search(host)
    if sound and sound.start() and not suffix.is_shared(sound[0].lower()):
        yield f"*.{sound[0]}"


def _alone(text: str) -> Iterator[str]:
    """Yield what a word may be that is all of a rule: an expression, a path, a name with commas."""
    loose = _ANY.sub("*", text).replace("\\", "")
    if "\\" in text and _PLAIN.fullmatch(loose) and suffix.exists(_base(loose)):
        yield loose
    counted = _COUNTED.sub(r"\1*", text)
    if counted != text:
        yield counted
    if "." not in text and "," in text:
        yield text.replace(",", ".")
    if _FOLDERS.fullmatch(text):
        yield f"/{text}"


def _base(host: str) -> str:
    """Return a name without the star before it, for a look at its suffix."""
    return host.removeprefix("*.").lower()


def _addresses(text: str, *, alone: bool) -> Iterator[str]:
    """Yield the address or block that numbers may stand for."""
    host = text.partition("/")[0].partition(":")[0]
    if alone and _OLD.fullmatch(host) and (old := address.legacy(host)):
        yield old
    if alone and host.isdigit() and len(host) >= FEWEST_DIGITS and (old := address.legacy(host)):
        yield old
    if _NUMBERS.fullmatch(host) and (alone or host.count(".") > 2) and not address.parse(text):
        yield from _octets(host.strip(".").split("."), block="/" in text)
    found = _HEX.fullmatch(text)
    if found and not address.parse(text) and (one := address.parse(found[1])):
        yield f"{found[1]}/{_length(one.spans[0][0])}"


def _octets(numbers: list[str], *, block: bool) -> Iterator[str]:
    """Yield the block of the octets that are sound; zeros at the end of a block are not."""
    sound = []
    for each in numbers[:3]:
        if len(each.lstrip("0")) > 3 or int(each) > 255:
            break
        sound.append(str(int(each)))
    while block and len(numbers) == 4 and len(sound) > 1 and sound[-1] == "0":
        del sound[-1]
    if sound:
        yield f"{'.'.join(sound)}.*"


def _length(number: int) -> int:
    """Return the length of the block that an IPv6 address may begin, by the zeros it ends in."""
    zeros = (number & -number).bit_length() - 1 if number else BITS[6]
    return BITS[6] - max(_NETWORK, zeros // _GROUP * _GROUP)
