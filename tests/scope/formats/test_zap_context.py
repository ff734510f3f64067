"""ZAP's contexts."""

from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from scope import Rule
from scope.errors import FormatUnreadable
from scope.formats import Listing, read, write

Reads = Callable[[str, str], Listing]


def test_an_exported_context_is_read(listing: Reads) -> None:
    """Whole-URL expressions become rules; the default port is the one that is meant."""
    found = listing("zap-context", "zap.context")
    assert found.name == "Shop"
    assert [each.pattern for each in found.include] == [
        "https://shop.example*",
        "https://pay.example:443",
        "http://old.example:8080/app/*",
    ]
    assert [each.pattern for each in found.exclude] == ["https://shop.example:443/logout*"]


def test_the_default_port_is_left_out() -> None:
    """ZAP never sees a default port in a URL, so the expression does not ask for it."""
    text = write("zap-context", [Listing("", (Rule("shop.example:443"),))]).text
    (found,) = ElementTree.fromstring(text.encode()).iter("incregexes")  # noqa: S314 - our own
    assert found.text == (
        "^(?:https://shop\\.example(?::443)?|http://shop\\.example:443)(?:[/?#].*)?$"
    )


def test_a_name_cannot_break_the_file() -> None:
    """Marks and control characters in a program's name do no harm."""
    text = write("zap-context", [Listing("<a>&\x00\ud800\n", (Rule("shop.example"),))]).text
    assert read("zap-context", text)[0].name == "<a>&"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<a/>",
        "<configuration/>",
        "<configuration><context>",
        '<!DOCTYPE a [<!ENTITY b "c">]><configuration><context/></configuration>',
        '<?xml version="1.0"?><!DOCTYPE a><configuration><context/></configuration>',
        "<a>" * 100_000,
    ],
)
def test_another_file_is_refused(text: str) -> None:
    """XML that declares anything is refused unread, and so is what is no context."""
    with pytest.raises(FormatUnreadable):
        read("zap-context", text)
