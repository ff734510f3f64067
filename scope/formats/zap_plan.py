"""A plan of ZAP's automation framework: the contexts in its ``env``.

Everything under the ``urls`` of a context is included too, and ZAP reads them as expressions, in
which a dot takes any character. A last exclusion therefore takes whatever ``includePaths`` does
not.
"""

import json
from collections.abc import Iterator, Mapping

from scope.formats import documents, whole_urls, zap_reading
from scope.formats.carried import Carried
from scope.formats.listing import Listing, Remark, Written
from scope.formats.zap_context import UNNAMED
from scope.places.addresses import Addresses
from scope.places.names import Names
from scope.places.region import Region

NO_START = Remark(
    "no-start",
    "",
    "ZAP wants a URL to start from and no rule names one: put one under urls.",
)


WHAT = "a plan of ZAP's automation framework"


def read(text: str) -> tuple[Listing, ...]:
    """Read the contexts of a plan.

    Raises:
        FormatUnreadable: The file is no YAML, or has no contexts.
    """
    found: object = documents.from_yaml(text, WHAT)
    for name in ("env", "contexts"):
        found = found.get(name) if isinstance(found, Mapping) else None
    if not isinstance(found, list) or not found:
        raise documents.unreadable(WHAT, "it has no env with contexts")
    return tuple(_listing(each) for each in found if isinstance(each, Mapping))


def write(listing: Listing) -> Written:
    """Write a scope as a plan with one context and no jobs."""
    found = whole_urls.context(listing)
    starts = list(dict.fromkeys(_starts(found.carried)))
    lines = ["env:", "  contexts:", f"    - name: {_quoted(listing.name or UNNAMED)}"]
    lines += _listed("urls", starts)
    lines += _listed("includePaths", found.include)
    lines += _listed("excludePaths", [*found.exclude, _all_but(found.include)])
    text = "\n".join([*lines, "jobs: []"])
    return Written(f"{text}\n", found.lost if starts else (*found.lost, NO_START))


def _listing(context: Mapping[str, object]) -> Listing:
    """Read one context; everything under its ``urls`` is included."""
    starts, included, excluded = (
        _texts(context.get(name)) for name in ("urls", "includePaths", "excludePaths")
    )
    last = _all_but(tuple(included))
    # Where what is not in includePaths is excluded, as in our own plans, urls include nothing more.
    under = [] if last in excluded else [f"{each}.*" for each in starts]
    name = " ".join(_texts([context.get("name")]))
    return zap_reading.listing(
        name, [*under, *included], [each for each in excluded if each != last]
    )


def _texts(found: object) -> list[str]:
    """Return the texts of a list, half characters made whole."""
    listed = found if isinstance(found, list) else []
    return [each.encode("utf-8", "replace").decode() for each in listed if isinstance(each, str)]


def _starts(carried: Carried) -> Iterator[str]:
    """Yield the sites that are permitted by name."""
    for permit in carried.permits:
        region = permit.region
        host = _one_host(region)
        starred = region.paths is not None and "*" in region.paths.text
        if host and not starred:
            port = f":{region.port}" if region.port not in (None, 443) else ""
            where = f"{region.paths.text}/" if region.paths else "/"
            yield f"{region.scheme or 'https'}://{host}{port}{where}"


def _one_host(region: Region) -> str:
    """Return the host of a region if it is one; empty otherwise."""
    hosts = region.hosts
    if isinstance(hosts, Names):
        return hosts.text if hosts.single else ""
    single = isinstance(hosts, Addresses) and hosts.single and hosts.version == 4
    return str(hosts) if single else ""


def _all_but(included: tuple[str, ...]) -> str:
    """Return the expression for every URL that the includes do not take."""
    return "^" + "".join(f"(?!{each.removeprefix('^')})" for each in included) + ".*$"


def _listed(name: str, texts: "list[str] | tuple[str, ...]") -> list[str]:
    """Write a list under its name."""
    head = f"      {name}:"
    return [f"{head} []"] if not texts else [head, *(f"        - {_quoted(one)}" for one in texts)]


def _quoted(text: str) -> str:
    """Write a text as YAML; what JSON quotes, YAML 1.2 reads alike."""
    shown = "".join(each if each.isprintable() else " " for each in text)
    return json.dumps(shown, ensure_ascii=False)
