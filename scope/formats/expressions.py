"""Parts of a scope as regular expressions that Java, Go and Python read alike.

A permit becomes an expression that takes no more than it may, an exclusion one that takes no less
than it must. Tools match without regard to case, so where case matters the expression says so.
None of them opens with ``^`` or ends with ``$``: they are pieces of larger ones.
"""

import re

from scope.places.names import Names
from scope.targets.paths import Paths

LABEL = "[a-z0-9_-]+"
REST = "(?:[/?#].*)?"  # what lies below a path, or its query
ROUNDABOUT = (  # spellings under which a server might see another path than an expression does
    r"/(?:/|[^?#]*(?:%(?:[013-9a-f]|2[1-9a-f]|.?[^0-9a-f]|.?$)|//|(?:\.|%20)(?:[/?#]|$)"
    r"|[;\\]|[^!-~])).*"
)
FORMER = (  # as earlier files have it
    r"/(?:/|\.\.?(?:[/?#]|$)|[^?#]*(?:%(?:[013-7]|2[1-9a-f]|.?[^0-9a-f]|.?$)|//|/\.\.?(?:[/?#]|$)"
    r"|[;\\]|[^!-~])).*"
)

_SPECIAL = re.compile(r"([.^$*+?()\[\]{}|\\])")


def literal(text: str) -> str:
    r"""Return the expression that takes a text and nothing else.

    >>> print(literal("a.b*c"))
    a\.b\*c
    """
    return _SPECIAL.sub(r"\\\1", text)


def names(given: Names) -> str:
    r"""Return the expression for a set of names.

    >>> print(names(Names("*.shop.example")))
    (?:[a-z0-9_-]+\.)+shop\.example
    >>> print(names(Names("api-*.shop.example", wide=True)))
    api-[^/?#]*\.shop\.example

    A name that ends in ``.*`` takes any end, so it is for exclusions only.
    """
    if given.single:
        return literal(given.text)
    if given.wide:
        return _across(given)
    first, *others = given.text.split(".")
    below = ""
    if given.apex:
        below, first, others = f"(?:{LABEL}\\.)*", others[0], others[1:]
    elif first == "*":
        below, first, others = f"(?:{LABEL}\\.)+", others[0], others[1:]
    elif first.startswith("*"):
        below = f"(?:{LABEL}\\.)*"
    return below + r"\.".join(map(_label, [first, *others]))


def every_name() -> str:
    """Return the expression for every name that is not an address."""
    return rf"(?:{LABEL}\.)+[a-z][a-z0-9_-]*"


def paths(given: Paths, *, folded: bool = False) -> str:
    r"""Return the expression for a path and all that lies below it.

    >>> print(paths(Paths("/v1/*/x")), paths(Paths("/v1*", wide=True)))
    (?-i:/v1/[^/?#]*/x)(?:[/?#].*)? /v1.*(?:[/?#].*)?

    Args:
        given: The path.
        folded: On a code host, where the case of owner and repository does not matter and
            ``.git`` may follow its name.
    """
    star = ".*" if given.wide else "[^/?#]*"
    segments = [star.join(map(literal, each.split("*"))) for each in given.text.split("/")]
    if folded and len(segments) > 2:
        owner, others = "/".join(segments[:3]) + r"(?:\.git)?", segments[3:]
        return owner + _cased("".join(f"/{each}" for each in others), given) + REST
    text = "/".join(segments)
    return (text if folded else _cased(text, given)) + REST


def _cased(text: str, given: Paths) -> str:
    """Make a permit tell capitals from small letters."""
    return f"(?-i:{text})" if re.search("[A-Za-z]", text) and not given.wide else text


def _across(given: Names) -> str:
    """Write names whose stars run across dots."""
    text, end = given.text, ""
    if given.open_suffix:
        text, end = text.removesuffix(".*"), r"\.[^/?#]+"
    body = "[^/?#]*".join(map(literal, text.split("*"))) + end
    if not given.apex:
        return body
    base = "[^/?#]*".join(map(literal, text.removeprefix("*.").split("*"))) + end
    return f"(?:{body}|{base})"


def _label(text: str) -> str:
    """Write one label, in which stars stay."""
    return LABEL if text == "*" else "[a-z0-9_-]*".join(map(literal, text.split("*")))
