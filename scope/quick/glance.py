r"""Rules that take one look to understand: a host, ``*.host``, or a name with stars elsewhere.

Three quarters of all published rules on names are of the first two kinds, and in long lists all
but one in a hundred. Read in full they mean the same, and take twenty times as long.
"""

import re

from scope.targets.stores import REVERSED

LONGEST_NAME = 253  # RFC 1035 section 2.3.4, less the length bytes of root and first label
LONGEST_LABEL = 63

# What starts like an app's package name is left to the full reader; so are foreign letters, in
# ASCII form or not: they may be a second spelling of a name.
NO_APP = rf"(?!{'|'.join(rf'{each}[.]' for each in REVERSED)})"
_TOP = "[a-z][a-z0-9]+"
NAME = rf"(?:[a-z0-9_-]++\.)++{_TOP}"
WHOLE = re.compile(rf"(\*\.)?({NO_APP}{NAME})").fullmatch  # the host is the second group
_URL = re.compile(rf"https?://(\*\.)?({NO_APP}{NAME})(?:/\*{{0,2}})?").fullmatch
_STARRED = re.compile(
    rf"{NO_APP}(?=.*\*)(?=.*[a-z])(?:[a-z0-9_*-]+\.)+(?:{_TOP}\*?|[a-z0-9_-]*\*[a-z0-9_*-]*)"
).fullmatch
_SINGLE = re.compile(r"(?!-)(?:[a-z0-9_-]++\.)++[a-z][a-z0-9-]*+").fullmatch
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
ADDRESS = re.compile(rf"{_OCTET}(?:[.]{_OCTET}){{3}}").fullmatch


def whole(text: str, *, strict_scheme: bool = False) -> tuple[bool, str] | None:
    """Return the host that a rule means wholly, and whether it means the names below instead.

    >>> whole("*.shop.example"), whole("https://shop.example/"), whole("shop.example/app")
    ((True, 'shop.example'), (False, 'shop.example'), None)

    Args:
        text: The rule.
        strict_scheme: A scheme in the rule limits it, so that it means the host in part.
    """
    found = WHOLE(text) or (None if strict_scheme else _URL(text))
    return (found[1] is not None, found[2]) if found and proper(found[2]) else None


def proper(host: str) -> bool:
    """Tell whether a host that looks like a name is one, and has no second spelling."""
    short = len(host) <= LONGEST_LABEL or (
        len(host) <= LONGEST_NAME and max(map(len, host.split("."))) <= LONGEST_LABEL
    )
    return short and "xn--" not in host


def starred(text: str) -> bool:
    """Tell whether a rule is a name with stars and nothing else.

    >>> starred("api-*.shop.example"), starred("shop.*"), starred("10.0.*"), starred("*")
    (True, True, False, False)
    """
    return proper(text) and _STARRED(text) is not None


def apart(text: str) -> bool:
    """Tell whether a rule is about one name only, which is a host or an app, or else nothing.

    >>> apart("com.shop.wallet"), apart("xn--bcher-kva.example"), apart("shop example")
    (True, True, False)
    """
    return _SINGLE(text) is not None
