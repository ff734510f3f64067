"""Public suffixes: the endings under which strangers register names.

The list is the one that the installed package `tldextract` carries along (publicsuffix.org, section
"Format"). Only that file is read: to import the package loads an HTTP client and takes ten times
as long as all the rest of a scope check. Nothing is ever fetched.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.machinery import PathFinder
from os import path

CARRIER = "tldextract"  # the package that brings the list
LIST = ".tld_set_snapshot"  # and the list's name in its folder
PRIVATE = "// ===BEGIN PRIVATE DOMAINS==="  # from here on, companies that lend to their customers
LONGEST_NAME = 253  # RFC 1035 section 2.3.4, less the length bytes of root and first label

SPECIAL_USE = frozenset({  # RFC 2606 and RFC 6761, and what private networks use in practice
    "alt", "corp", "example", "home", "internal", "invalid", "lan", "local", "localhost", "onion",
    "test",
})  # fmt: skip
PROBE = "probe"  # any label will do: it stands for the name a star leaves open


def public_suffix(name: str, *, private: bool) -> str:
    """Return the public suffix a name ends in, or "" when the list knows none.

    Of the rules that fit, the longest counts, unless it has a star and an exception takes it back.

    Args:
        name: A normalised name.
        private: Also honour suffixes that companies lend to their customers (``github.io``).

    >>> public_suffix("www.shop.co.uk", private=False)
    'co.uk'
    >>> public_suffix("me.github.io", private=True), public_suffix("db.corp", private=True)
    ('github.io', '')
    >>> public_suffix("www.city.kawasaki.jp", private=False)
    'kawasaki.jp'
    """
    if len(name) > LONGEST_NAME:  # the list has nothing to say
        return ""
    tail, foreign = name, "xn--" in name
    while tail:
        above = tail.partition(".")[2]
        shown, parent = (as_listed(tail), as_listed(above)) if foreign else (tail, above)
        if _counts(shown, private=private):
            return tail
        if _counts(f"*.{parent}", private=private):
            return above if f"!{shown}" in rules() else tail
        tail = above
    return ""


@lru_cache(maxsize=4096)
def is_shared(base: str) -> bool:
    """Tell whether strangers own names directly below ``base``.

    A top-level name that is not on the list counts as shared: the list's own default.

    >>> is_shared("com"), is_shared("github.io"), is_shared("shop.example"), is_shared("example")
    (True, True, False, True)
    """
    if "." not in base:
        return True
    found = public_suffix(f"{PROBE}.{base}", private=True)
    return found in (base, f"{PROBE}.{base}")


def stem(name: str) -> str | None:
    """Return a name without its public suffix; None when nothing is left or no suffix is known.

    Only suffixes of registries count here, not those that companies lend to customers.

    >>> stem("www.shop.co.uk"), stem("shop.github.io"), stem("co.uk"), stem("db.corp")
    ('www.shop', 'shop.github', None, None)
    """
    ending = f".{public_suffix(name, private=False)}"
    return name.removesuffix(ending) if len(ending) > 1 and name.endswith(ending) else None


def exists(name: str) -> bool:
    """Tell whether a name ends in a suffix that names can have, private networks included.

    >>> exists("shop.com"), exists("db.internal"), exists("node.js")
    (True, True, False)
    """
    return name.rpartition(".")[2] in SPECIAL_USE or stem(name) is not None


def exists_on_top(label: str) -> bool:
    """Tell whether names can end in a label that is not foreign; gives what `exists` gives.

    >>> exists_on_top("com"), exists_on_top("ck"), exists_on_top("corp"), exists_on_top("js")
    (True, True, True, False)
    """
    return label in SPECIAL_USE or _counts(label, private=False) or starred(label)


def starred(name: str) -> bool:
    """Tell whether all names one label below a name are public suffixes.

    >>> starred("kawasaki.jp"), starred("co.uk")
    (True, False)
    """
    return f"*.{name}" in rules()


def may_be_suffix(name: str) -> bool:
    """Tell whether a name is on the list, or falls under one of its stars; True when in doubt.

    >>> may_be_suffix("co.uk"), may_be_suffix("shop.com")
    (True, False)
    """
    return name in rules() or starred(name) or starred(name.partition(".")[2])


@cache  # every sieve asks, always for the same labels, and the answer takes milliseconds
def starting_with(labels: tuple[str, ...]) -> frozenset[str]:
    """Return the suffixes of registries that start with one of some labels.

    >>> "com.br" in starting_with(("com", "net")), "br.com" in starting_with(("com", "net"))
    (True, False)
    """
    registries = f"\n{_text().partition(PRIVATE)[0]}"
    starred = [rule.removeprefix("*.") for rule in _beginning(registries, "*.")]
    found = [rule for label in labels for rule in _beginning(registries, f"{label}.")]
    return frozenset((*found, *(f"{label}.{base}" for label in labels for base in starred)))


def _beginning(lines: str, start: str) -> Iterator[str]:
    """Go through the lines that begin in some way; to look at every line would take too long."""
    at = lines.find(f"\n{start}")
    while at >= 0:
        yield lines[at + 1 : lines.index("\n", at + 1)]
        at = lines.find(f"\n{start}", at + 1)


def _counts(rule: str, *, private: bool) -> bool:
    """Tell whether a rule is on the list, or on its part for registries."""
    company = rules().get(rule)
    return company is not None and (private or not company)


@cache
def rules() -> dict[str, bool]:
    """Return the rules as the list writes them, and whether each is a company's.

    Comments come along as they stand: their blanks and slashes are in no name, and to leave them
    out would take as long again.
    """
    registries, _, companies = _text().partition(PRIVATE)
    listed = dict.fromkeys(companies.split("\n"), True)
    listed.update(dict.fromkeys(registries.split("\n"), False))
    return listed


def _text() -> str:
    """Read the list from its package, a folder or an archive, without running the package.

    Raises:
        ModuleNotFoundError: The package is not installed.
    """
    spec = PathFinder.find_spec(CARRIER)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"The public suffix list comes with {CARRIER}.", name=CARRIER)
    read = getattr(spec.loader, "get_data")  # noqa: B009 - loaders of folders and archives have it
    return str(read(path.join(path.dirname(spec.origin), LIST)), "utf-8")


def as_listed(name: str) -> str:
    r"""Write the labels of a name in their own letters, as the list does.

    >>> as_listed("xn--55qx5d.cn")
    '\u516c\u53f8.cn'
    """
    return ".".join(map(_own_letters, name.split("."))) if "xn--" in name else name


def _own_letters(label: str) -> str:
    """Undo the ASCII form of one label (RFC 3492); one that is none stays as it is."""
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:
        return label
