"""Targets and their normal form."""

import pytest

from scope import InvalidTarget, normalise


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Shop.Example.", "shop.example"),
        ("HTTPS://Shop.Example", "https://shop.example"),
        ("https://shop.example/", "https://shop.example/"),
        ("https://shop.example:443/a", "https://shop.example/a"),
        ("http://shop.example:443", "http://shop.example:443"),
        ("shop.example:8443", "shop.example:8443"),
        ("shop.example:", "shop.example"),
        ("//shop.example/a", "shop.example/a"),
        ("https://shop.example/a/./b/../c//d?x#y", "https://shop.example/a/c/d"),
        ("https://shop.example/%7euser/%C3%a9/%2f%2a%25", "https://shop.example/~user/%C3%A9/%2F%2A%25"),
        ("https://shop.example/\u00e9 ".strip(), "https://shop.example/%C3%A9"),
        ("https://shop.example/%zz", "https://shop.example/%25zz"),
        ("https://shop.example?x=1", "https://shop.example/"),
        ("user@shop.example", "shop.example"),
        ("[2001:DB8::1]", "2001:db8::1"),
        ("[2001:DB8::1]:8443", "[2001:db8::1]:8443"),
        ("https://[2001:DB8::1]:443/x", "https://[2001:db8::1]/x"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("//192.0.2.1/24", "//192.0.2.1/24"),
        ("192.0.2.1/24", "192.0.2.0/24"),
        ("192.0.2.1 - 192.0.2.9", "192.0.2.1-192.0.2.9"),
        ("*.Shop.Example", "*.shop.example"),
        ("git@GitHub.com:Shop/App.git", "https://github.com/shop/app"),
        ("https://github.com/Caf%c3%89/App.git.GIT/Blob", "https://github.com/caf%C3%89/app/Blob"),
        ("https://github.com/A%20.git", "https://github.com/A%20.git"),
        ("https://github.com/..git/.git", "https://github.com/..git/.git"),
        ("https://shop.example/a//../b", "https://shop.example/a//../b"),
        ("https://shop.example/%u0061dmin", "https://shop.example/%25u0061dmin"),
        ("Com.Shop.wallet", "android:Com.Shop.wallet"),
        ("com.shop.wallet.", "//com.shop.wallet"),
        ("io.\u200bshop.wallet", "//io.shop.wallet"),
        ("//io.shop.wallet", "//io.shop.wallet"),
        ("https://play.google.com/store/apps/details?id=com.a*b", "https://play.google.com/store/apps/details"),
        ("Android:com.Shop.app", "android:com.Shop.app"),
        ("https://apps.apple.com/us/app/x/id123456789", "ios:123456789"),
    ],
)  # fmt: skip
def test_the_normal_form(text: str, normal: str) -> None:
    """One target has one spelling, and that spelling is its own normal form."""
    assert str(normalise(text)) == normal
    assert str(normalise(normal)) == normal


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("a b", "blank-inside"),
        ("word", "bare-word"),
        ("mailto:a@b.example", "no-host"),
        ("https://", "bad-host"),
        ("a..b", "bad-host"),
        ("a" * 64 + ".example", "host-too-long"),
        ("a." * 126 + "example", "host-too-long"),
        ("a.example:x", "bad-port"),
        ("a.example:" + "9" * 5000, "bad-port"),
        ("1.2.3", "bad-address"),
        ("https://[a.example]", "bad-brackets"),
        ("https://[::1", "bad-brackets"),
        ("https://a.example/%2525252525252541", "escaped-path"),
        ("*.1.2.3.4", "bad-host"),
        ("192.168.3.2-5#", "bad-address"),
        ("@192.0.2.12-14", "bad-address"),
        ("*.192.0.2.12-14", "bad-address"),
        ("https://192.0.2.12-14/", "bad-address"),
    ],
)
def test_a_text_that_is_no_target_says_why(text: str, code: str) -> None:
    """Every refusal has a stable code, a sentence, and a hint what to write instead."""
    with pytest.raises(InvalidTarget) as refusal:
        normalise(text)
    assert refusal.value.code == code
    assert refusal.value.message.endswith(".")
    assert refusal.value.hint.endswith(".")


def test_the_parts_of_a_target_can_be_read() -> None:
    """Scheme, host, port and path are there for the page and the receipt."""
    target = normalise("https://Shop.Example/a?x=1&y=2")
    assert (target.scheme, target.host, target.port, target.path) == (
        "https",
        "shop.example",
        443,
        "/a",
    )
    assert target.query == {"x", "y"}
    assert normalise("shop.example").port is None
