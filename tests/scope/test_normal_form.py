"""Laws of the normal form: it stands for its target, whoever asks again."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scope import InvalidTarget, Ruling, Scope, Target, normalise

pytestmark = pytest.mark.thorough

law = settings(max_examples=200, deadline=None)

SCOPES = (
    Scope.from_rules(["shop.com", "*.shop.com"], ["shop.com/admin", "*/x", "a.shop.com:8443"]),
    Scope.from_rules(["shop.com/app", "*.shop.com/a/*"], ["*.b.shop.com"]),
    Scope.from_rules(["github.com/Shop/App", "github.com/b/"], ["github.com/shop/app/Admin"]),
    Scope.from_rules(["192.0.2.0/24", "2001:db8::/32"], ["192.0.2.9-12", "192.0.2.1/x"]),
    Scope.from_rules(["com.shop.app*", "com.shop.wallet", "id1234567"], ["io.shop.wallet"]),
    Scope.from_rules(["play.google.com/store", "apps.apple.com", "*.io", "*.wallet"]),
    Scope.from_rules(["*.app", "*.x"], ["*.shop.wallet"], wildcard_apex="include"),
    Scope.from_rules(["https://shop.com"], ["http://shop.com/b"], strict_scheme=True),
    Scope.from_rules(["shop.com/a?id", "shop.com/b"]),
)
PIECES = st.sampled_from(
    ["/", "//", "\\", ".", "..", "%2e", "%2F", "%5c", "%25", "%", "%u002e", "%u0061", "%c0%ae",
     "%C3%89", "%41", "%0", ";", ";x", "%3b", "a", "b", "A", "x", "app", "admin", "Admin", "App",
     "Shop", ".git", "%00", "%20", "\u00e9", "\uff0f", "\u2215", "\udcff", "*", "@", ":",
     "id1234567"]
)  # fmt: skip
HOSTS = st.sampled_from(
    ["shop.com", "Shop.COM.", "a.shop.com", "b.shop.com:8443", "github.com", "GitHub.com:443",
     "//192.0.2.1", "192.0.2.9", "192.0.2.12-14", "192.0.2.0/28", "0xC0.2.1", "[2001:db8::1]",
     "2001:db8::1", "com.shop.wallet", "Com.shop.wallet", "io.\u200bshop.wallet", "com.shop.app",
     "com.shop.wallet.", "*.com.shop.wallet", "*.0.2.1-3", "apps.apple.com/us/app/x/id1234567",
     "play.google.com/store/apps/details?id=com.a*b", "play.google.com/store/apps/details?id=a.b",
     "android:com.shop.wallet", "ios:com.shop", "id1234567", "\uff53hop.com", "shop\u3002com"]
)  # fmt: skip
LEADS = st.sampled_from(
    ["", "", "https://", "http://", "//", "\\\\", "@", "x@", "https://u:p@", "ftp://", "git@",
     "market://details?id="]
)  # fmt: skip
ENDS = st.sampled_from(["", "", "", "#", "#x", ":", ":443", ".", "\u200b"])
PATHS = st.lists(PIECES, max_size=9).map("".join)
STEPS = st.lists(
    st.sampled_from(
        ["/a", "/app", "/admin", "//", "/..", "/.", "%2F", "%2e", ";", "\\", "%", "%u0061"]
    ),
    max_size=7,
).map("".join)
TARGETS = (
    st.builds(lambda *parts: "".join(parts), LEADS, HOSTS, PATHS, ENDS)
    | st.builds("https://{}/{}".format, st.sampled_from(["shop.com", "github.com"]), PATHS)
    | st.builds("https://{}/{}".format, st.sampled_from(["shop.com", "github.com"]), STEPS)
    | st.text("cCoOmM.sShHoOpPwaletix*@#:/-0129 \u200b\u00ad\u3002%", max_size=24)
)
QUERIES = st.sampled_from(["?id", "?id=com.shop.wallet", "?x=1&id=2", "?", "?%69d=1"])


def read(text: str) -> Target | None:
    """Normalise a text; None when it is no target."""
    try:
        return normalise(text)
    except InvalidTarget:
        return None


@law
@given(TARGETS)
def test_a_normal_form_is_its_own(text: str) -> None:
    """Normalising twice is normalising once; what is a target stays one, with all its readings."""
    once = read(text)
    if once is not None:
        again = normalise(str(once))
        assert again == once
        assert str(again) == str(once)
        assert set(again.readings) == set(once.readings)


@law
@given(TARGETS)
@example("https://shop.com/app//../admin")
@example("https://shop.com/a//..%2Fb;/../x")
def test_a_normal_form_is_ruled_like_its_target(text: str) -> None:
    """Whoever pastes what a verdict or a receipt shows gets the same ruling again."""
    target = read(text)
    if target is not None and not target.query:
        for scope in SCOPES:
            assert scope.check(str(target)).ruling is scope.check(text).ruling


@law
@given(TARGETS, QUERIES)
def test_no_query_is_needed_to_refuse(text: str, query: str) -> None:
    """A normal form has no query, and where a permit asks for one, nothing becomes permitted."""
    target = read(text + query)
    for scope in SCOPES if target is not None else ():
        if scope.check(str(target)).ruling is Ruling.IN:
            assert scope.check(text + query).ruling is Ruling.IN
