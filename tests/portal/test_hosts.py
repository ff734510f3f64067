"""Which host is whose: read from the settings, compared as hosts are."""

import pytest

from portal.errors import SettingMissing
from portal.hosts import host_name, read_hosts


def test_hosts_are_read_in_small_letters() -> None:
    """Names of hosts are blind to case, and a trailing dot says nothing."""
    assert read_hosts({"WWW.Shop.com": "shop", "a.org.": "other"}) == {
        "www.shop.com": "shop",
        "a.org": "other",
    }
    assert read_hosts({}) == {}


@pytest.mark.parametrize(
    "raw",
    [
        "shop",
        {"www.shop.com": 1},
        {"https://www.shop.com": "shop"},
        {"www.shop.com:443": "shop"},
        {"": "shop"},
        {"-a.com": "shop"},
        {"a_b.com": "shop"},
        {"www.shop.com": "shop", "WWW.shop.com": "other"},
        {"x" * 64 + ".com": "shop"},
    ],
)
def test_what_names_no_host_is_refused(raw: object) -> None:
    """A port, a scheme or a second claim on a host stops the start, and is named."""
    with pytest.raises(SettingMissing, match=r"hosts"):
        read_hosts(raw)


@pytest.mark.parametrize(
    "authority",
    ["www.shop.com", "WWW.SHOP.COM", "www.shop.com:8443", "www.shop.com.", "www.shop.com.:80"],
)
def test_a_request_names_its_host_in_many_ways(authority: str) -> None:
    """All of these are the same host."""
    assert host_name(authority) == "www.shop.com"
