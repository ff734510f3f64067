"""Public suffixes: the endings under which strangers register names.

The list is the one bundled with `tldextract`; nothing is ever fetched.
"""

from functools import cache, lru_cache
from typing import Any

SPECIAL_USE = frozenset({  # RFC 2606 and RFC 6761, and what private networks use in practice
    "alt", "corp", "example", "home", "internal", "invalid", "lan", "local", "localhost", "onion",
    "test",
})  # fmt: skip
PROBE = "probe"  # any label will do: it stands for the name a star leaves open


def public_suffix(name: str, *, private: bool) -> str:
    """Return the public suffix a name ends in, or "" when the list knows none.

    Args:
        name: A normalised name.
        private: Also honour suffixes that companies lend to their customers (``github.io``).

    >>> public_suffix("www.shop.co.uk", private=False)
    'co.uk'
    >>> public_suffix("me.github.io", private=True), public_suffix("db.corp", private=True)
    ('github.io', '')
    """
    if len(name) > 253:  # longer than any name; the list has nothing to say
        return ""
    return str(_extractor().extract_str(name, include_psl_private_domains=private).suffix)


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


@cache
def _extractor() -> Any:  # noqa: ANN401 - tldextract is imported only when first needed
    """Build the extractor from the bundled list: no cache folder, no address to fetch from."""
    import tldextract  # its import takes 150 ms, which a scope of plain hosts should not pay

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
