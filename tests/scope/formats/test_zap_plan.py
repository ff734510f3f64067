"""Plans of ZAP's automation framework."""

from collections.abc import Callable

import pytest
import yaml

from scope import Rule, Ruling
from scope.errors import FormatUnreadable
from scope.formats import Listing, read, write

Reads = Callable[[str, str], Listing]


def test_a_plan_is_read(listing: Reads) -> None:
    """What lies under its URLs is included as well as its paths."""
    found = listing("zap-plan", "zap-plan.yaml")
    assert (found.name, [each.pattern for each in found.include]) == (
        "Shop",
        ["https://shop.example:443", "https://pay.example:443"],
    )
    assert [each.pattern for each in found.exclude] == ["https://shop.example:443/logout*"]


def test_a_plan_has_sites_to_start_from() -> None:
    """Sites permitted by name stand under urls; without any, that is said."""
    listing = Listing("a: b", (Rule("shop.example"), Rule("pay.example:8443/v1"), Rule("*.a.com")))
    context = yaml.safe_load(write("zap-plan", [listing]).text)["env"]["contexts"][0]
    assert context["name"] == "a: b"
    assert context["urls"] == ["https://shop.example/", "https://pay.example:8443/v1/"]
    starless = write("zap-plan", [Listing("", (Rule("*.shop.example"),))])
    assert [each.code for each in starless.lost] == ["no-start"]


@pytest.mark.parametrize(
    "text", ["", "a", "env: [", "env: {}", "env:\n  contexts: {}", "[" * 5_000, "a: 2020-13-45"]
)
def test_another_file_is_refused(text: str) -> None:
    """No text makes the parser raise anything but our error."""
    with pytest.raises(FormatUnreadable):
        read("zap-plan", text)


def test_brackets_lie_as_deep_as_a_plan_needs() -> None:
    """Deep brackets slow the parser down with every further one, so they are refused early."""
    plan = '{{"env": {{"contexts": [{{"name": "shop", "includePaths": []}}]}}, "jobs": {}}}'
    (found,) = read("zap-plan", plan.format("[" * 60 + "]" * 60))
    assert found.name == "shop"
    with pytest.raises(FormatUnreadable):
        read("zap-plan", plan.format("[" * 70 + "]" * 70))


def test_aliases_do_not_multiply() -> None:
    """A file whose aliases would unfold to billions of entries is read at once."""
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{at}: &a{at} [*a{at - 1}, *a{at - 1}]" for at in range(1, 60)]
    plan = [*lines, "env:", "  contexts:", "    - includePaths: *a59"]
    assert read("zap-plan", "\n".join(plan))[0].include == ()


def test_a_start_that_is_spared_by_an_exclusion_stays_without_a_word() -> None:
    """In a plan of ours the starting points are permits already, and not a second time."""
    rules = Listing("shop", (Rule("https://api.old.shop.com"),), (Rule("*.old.shop.com"),))
    (again,) = read("zap-plan", write("zap-plan", [rules]).text)
    assert again.remarks == ()
    assert again.scope().check("https://api.old.shop.com").ruling is Ruling.IN
    assert again.scope().check("https://www.old.shop.com").ruling is Ruling.OUT
