"""Files of other tools as JSON, XML and YAML, taken apart with care.

Whatever a file holds, the only error is `FormatUnreadable`: sizes are bounded, and XML that
declares anything is refused before it is parsed.
"""

from xml.etree import ElementTree

from scope.errors import FormatUnreadable
from scope.formats import strict

LONGEST = 16 * 1024 * 1024  # characters of a file; a scope of 40,000 rules has a tenth of it
LONGEST_YAML = 512 * 1024  # characters; the parser takes some ten seconds for a million
DEEPEST = 64  # brackets within brackets in YAML; a plan of ours has none


def from_json(text: str, what: str) -> object:
    """Return the value that a JSON file holds.

    Args:
        text: The file.
        what: What it should be, for the message.

    Raises:
        FormatUnreadable: It is not JSON, too deep, or too long.
    """
    return strict.document(_bounded(text, what, LONGEST)).raw


def from_xml(text: str, what: str) -> ElementTree.Element:
    """Return the root of an XML file.

    Raises:
        FormatUnreadable: It is not XML, too long, or declares types or entities.
    """
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        raise unreadable(what, "it declares a document type or entities, which no scope needs")
    try:
        return ElementTree.fromstring(_bounded(text, what, LONGEST))  # noqa: S314 - see above
    except (ElementTree.ParseError, ValueError) as error:
        raise unreadable(what, "it is not XML") from error


def from_yaml(text: str, what: str) -> object:
    """Return the value that a YAML file holds, every scalar as text.

    Raises:
        FormatUnreadable: It is not YAML, too deep, or too long.
    """
    import yaml  # takes 30 ms to import, and few scopes are plans

    class Shallow(yaml.BaseLoader):
        """Refuses brackets in brackets early, each of which slows the parser down further."""

        def fetch_flow_collection_start(self, TokenClass: type) -> None:  # noqa: N803 - the parser's own name
            if self.flow_level >= DEEPEST:
                raise yaml.YAMLError
            super().fetch_flow_collection_start(TokenClass)

    try:
        return yaml.load(_bounded(text, what, LONGEST_YAML), Loader=Shallow)  # noqa: S506 - makes texts, lists and mappings only
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise unreadable(what, "it is not YAML") from error


def unreadable(what: str, why: str) -> FormatUnreadable:
    """Say that a file is not what it should be."""
    return FormatUnreadable(
        f"The file is not {what}: {why}.", hint="Check the file, or name its format with --from."
    )


def _bounded(text: str, what: str, longest: int) -> str:
    """Refuse a file that is longer than any scope."""
    if len(text) > longest:
        raise unreadable(what, f"it has more than {longest:,} characters")
    return text.removeprefix("\ufeff")
