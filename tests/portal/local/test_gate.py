"""The gate of the local desk: one name, one link, one browser."""

from portal.local.gate import COOKIE, Gate


def test_no_two_desks_have_the_same_name() -> None:
    """A cookie of one is never shown to another, nor to any other server of this machine."""
    names = {Gate(8000).name for _ in range(20)}
    assert len(names) == 20
    assert all(name.startswith("desk-") and name.endswith(".localhost") for name in names)


def test_the_secret_is_in_the_part_of_the_link_that_is_never_sent() -> None:
    """So it is in no log and no header; and nothing shows it by accident."""
    gate = Gate(8000)
    sent, _, secret = gate.link.partition("#")
    assert sent == f"{gate.origin}/start"
    assert len(secret) == 43
    assert secret not in repr(gate)


def test_a_session_ends_for_good() -> None:
    """Signing out leaves nothing that a cookie could match."""
    gate = Gate(8000)
    session = gate.enter(gate.link.partition("#")[2])
    assert gate.knows(f"a=b; {COOKIE}={session}")
    gate.leave()
    assert not gate.knows(f"{COOKIE}={session}")
    assert not gate.knows(f"{COOKIE}=None")
    assert gate.enter("None") is None


def test_odd_cookies_are_nobody_s() -> None:
    """Whatever stands in the header."""
    gate = Gate(8000)
    gate.enter(gate.link.partition("#")[2])
    for odd in ("", ";;;", "=", f"{COOKIE}=", f'{COOKIE}="\u00e4"', "x" * 10_000, "a\x00=b"):
        assert not gate.knows(odd)


def test_host_headers_are_read_strictly() -> None:
    """Exactly one, with the port; case does not matter."""
    gate = Gate(8000)
    assert gate.is_here([f"{gate.name.upper()}:8000"])
    for wrong in ([], [f"{gate.name}:8000"] * 2, [gate.name], [f"{gate.name}:8001"], [""]):
        assert not gate.is_here(wrong)
