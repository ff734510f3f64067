"""The desk as browsers know it: one host name, one origin, written as they write it."""

import pytest

from portal.desk.address import Address
from portal.errors import SettingMissing


@pytest.mark.parametrize(
    ("url", "origin", "host"),
    [
        ("https://desk.example.org", "https://desk.example.org", "desk.example.org"),
        ("https://Desk.Example.ORG:443", "https://desk.example.org", "desk.example.org"),
        ("https://desk.example.org:8443", "https://desk.example.org:8443", "desk.example.org"),
        ("http://localhost:8000", "http://localhost:8000", "localhost"),
        ("http://localhost:80", "http://localhost", "localhost"),
        ("https://bücher.example", "https://xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("https://[::1]:8000", "https://[::1]:8000", "::1"),
    ],
)
def test_an_address_is_read_as_browsers_write_it(url: str, origin: str, host: str) -> None:
    """However the operator typed it, the browser's own spelling is compared."""
    address = Address.at(url)
    assert (address.origin, address.host) == (origin, host)


@pytest.mark.parametrize("url", ["https://a.example", "http://localhost", "http://d.localhost:1"])
def test_browsers_make_passkeys_for_names(url: str) -> None:
    """On HTTPS, or on one's own machine."""
    Address.at(url).require_name()


@pytest.mark.parametrize("url", ["http://a.example", "https://192.0.2.1", "http://[::1]:8000"])
def test_browsers_make_none_elsewhere(url: str) -> None:
    """Not in the clear, and not for bare addresses; the error names the setting."""
    with pytest.raises(SettingMissing) as refused:
        Address.at(url).require_name()
    assert "staff_url" in refused.value.hint
