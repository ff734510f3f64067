"""A ZAP context, as its desktop exports one to XML."""

from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from scope.formats import documents, whole_urls, zap_reading
from scope.formats.listing import Listing, Written

WHAT = "a ZAP context"
UNNAMED = "Scope"  # ZAP refuses a context without a name
TECHNOLOGIES = ("Db", "Language", "OS", "SCM", "WS")  # all that ZAP groups others under
_UNWRITABLE = dict.fromkeys(range(32)) | dict.fromkeys([0xFFFE, 0xFFFF])


def read(text: str) -> tuple[Listing, ...]:
    """Read a context that ZAP exported, or several in one file.

    Raises:
        FormatUnreadable: The file is no XML, declares types or entities, or has no context.
    """
    root = documents.from_xml(text, WHAT)
    found = root.findall("context") if root.tag == "configuration" else []
    if not found:
        raise documents.unreadable(WHAT, "it has no configuration with a context")
    return tuple(_listing(each) for each in found)


def write(listing: Listing) -> Written:
    """Write a scope as a context that ZAP imports."""
    found = whole_urls.context(listing)
    lines = [_element("name", listing.name or UNNAMED), "<desc/>", "<inscope>true</inscope>"]
    lines += [_element("incregexes", each) for each in found.include]
    lines += [_element("excregexes", each) for each in found.exclude]
    technologies = "".join(_element("include", each) for each in TECHNOLOGIES)
    body = "\n".join(f"        {line}" for line in [*lines, f"<tech>{technologies}</tech>"])
    text = f"<configuration>\n    <context>\n{body}\n    </context>\n</configuration>\n"
    return Written(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}', found.lost)


def _listing(context: Element) -> Listing:
    """Read one context; some tools put every expression into an element of its own."""
    sides = (
        [text for each in context.findall(name) for text in each.itertext() if text.strip()]
        for name in ("incregexes", "excregexes")
    )
    name = (context.findtext("name") or "").strip()
    return zap_reading.listing(name, *sides)


def _element(name: str, text: str) -> str:
    """Write one element; characters that XML cannot hold are left out."""
    kept = text.translate(_UNWRITABLE).encode("utf-8", "ignore").decode()
    return f"<{name}>{escape(kept)}</{name}>"
