"""Rules that take one look, held to the full reading."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scope import Rule, reading
from scope.places.names import Names
from scope.places.region import Region
from scope.quick import glance
from scope.reading import pattern
from scope.settings import Settings

TEXTS = st.text("ab.*-_/x1:2 \u00fc", max_size=14) | st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "https://", "http://", "ftp://", "HTTPS://", "*://"]),
    st.sampled_from(["", "*.", "*", "a*.", "**.", "-*.", "-", "*.-"]),
    st.sampled_from(["shop.com", "a.b.co", "com.shop.x", "10.0.0.1", "xn--a.com", "a_b.de", "de"]),
    st.sampled_from(["", "/", "/*", "/**", "/a", "/*/", ":80", "*", ".*", ".", "?x"]),
)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.booleans(), st.sampled_from(["exclude", "include"]))
@example("https://*.shop.com/**", False, "include")
@example("https://shop.com/", True, "exclude")
@example("https://shop.com/a", False, "exclude")
@example("http://shop.com:80", False, "exclude")
def test_a_whole_host_is_what_the_full_reading_says(text: str, strict: bool, apex: Any) -> None:
    """What one look calls a host, or all names below it, is just that when read in full."""
    found = glance.whole(text, strict_scheme=strict)
    if found:
        chosen = Settings(wildcard_apex=apex, strict_scheme=strict)
        plain = f"*.{found[1]}" if found[0] else found[1]
        assert pattern.read(text, chosen) == pattern.read(plain, chosen)
        assert reading.read(Rule(text), chosen).parts == pattern.read(plain, chosen)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_starred_name_is_read_as_one(text: str) -> None:
    """What one look calls a name with stars is one part, limited by nothing."""
    if glance.starred(text):
        (part,) = reading.read(Rule(text), Settings()).parts
        assert isinstance(part.wide.hosts, Names)
        assert part.wide == Region(part.wide.hosts)
        assert not part.doubt


@pytest.mark.parametrize(
    ("text", "address"),
    [("10.0.0.1", True), ("255.255.255.255", True), ("10.0.0.256", False), ("10.0.0.01", False),
     ("10.0.0", False), ("10.0.0.1.", False), ("10.0.0.1.2", False), ("1.2.3.\u0664", False)],
)  # fmt: skip
def test_an_address_has_four_numbers(text: str, address: bool) -> None:
    """Dotted decimal without leading zeros, and nothing else."""
    assert bool(glance.ADDRESS(text)) is address


def test_labels_have_their_length() -> None:
    """A label of 63 characters is one, of 64 is none."""
    assert glance.whole(f"{'a' * 63}.shop.com")
    assert not glance.whole(f"{'a' * 64}.shop.com")
    assert not glance.whole(f"{'a.' * 130}com")
