"""How the type of an entry steers the reading of its text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope import Rule, reading
from scope.formats import kinds
from scope.formats.kinds import Kind
from scope.settings import Settings


@pytest.mark.parametrize(
    ("kind", "text", "rule"),
    [
        (Kind.ANDROID, "com.shop.app", "android:com.shop.app"),
        (Kind.ANDROID, "de.shop.connected.row", "android:de.shop.connected.row"),
        (Kind.ANDROID, "android:com.shop.app", "android:com.shop.app"),
        (Kind.ANDROID, "com.shop.one; com.shop.two", "android:com.shop.one, android:com.shop.two"),
        (Kind.ANDROID, "https://com.shop.wallet", "android:com.shop.wallet"),
        (Kind.ANDROID, "www.shop.example", "www.shop.example"),
        (Kind.ANDROID, "Shop for Android", "Shop for Android"),
        (Kind.ANDROID, "com.shop.app and www.shop.com", "com.shop.app and www.shop.com"),
        (Kind.IOS, "1233271881", "ios:1233271881"),
        (Kind.IOS, "id1233271881", "ios:1233271881"),
        (Kind.IOS, "com.shop.app", "ios:com.shop.app"),
        (Kind.IOS, "1234", "1234"),
        (Kind.SITE, "com.shop.app", "com.shop.app"),
        (Kind.ANY, "1233271881", "1233271881"),
    ],
)
def test_apps_get_their_platform(kind: Kind, text: str, rule: str) -> None:
    """An app's id becomes a rule for that app; a host, a link and a title stay as they are."""
    assert kinds.steer(kind, text) == rule


@given(st.sampled_from(Kind), st.text(max_size=40) | st.sampled_from(["com.a.b", "12345678"]))
@settings(max_examples=200, deadline=None)
def test_what_is_written_reads_back(kind: Kind, text: str) -> None:
    """What was unsteered can be steered again, and steering twice is steering once."""
    steered = kinds.steer(kind, text)
    assert kinds.steer(kind, steered) == steered
    bare = kinds.unsteer(kind, steered)
    assert kinds.steer(kind, bare) == steered


@pytest.mark.parametrize("text", ["android:com.shop.app (beta)", "our android:com.shop.app"])
def test_what_would_not_read_back_stays(text: str) -> None:
    """A text that loses its platform with its prefix keeps the prefix."""
    assert kinds.unsteer(Kind.ANDROID, text) == text


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (Kind.SITE, "shop.example", None),
        (Kind.SITE, "192.0.2.1", None),
        (Kind.SITE, "android:com.shop.app", "is listed as a website, but names an app"),
        (Kind.ADDRESS, "shop.example", "is listed as an address, but names a host"),
        (Kind.IOS, "android:com.shop.app", "is listed as an iOS app, but names an app of another"),
        (Kind.WILDCARD, "*.shop.example", None),
        (Kind.WILDCARD, "shop.example", "is listed as a wildcard, but has no star"),
        (Kind.ANY, "android:com.shop.app", None),
        (Kind.SITE, "Our shop", None),
    ],
)
def test_a_contradiction_is_put_into_words(kind: Kind, text: str, said: str | None) -> None:
    """Type and text that name different things are noticed."""
    found = kinds.contradiction(kind, text, reading.read(Rule(text), Settings()).parts)
    assert found == said or (said is not None and found is not None and found.startswith(said))
