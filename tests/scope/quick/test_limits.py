"""Exclusions on a part of a host, which most targets stay clear of."""

import pytest

from scope import Ruling, Scope

pytestmark = pytest.mark.thorough

PATHS = ["", "/", "/a", "/adm", "/admin", "/ADMIN/x", "/a/../admin", "/%61dmin", "/a/..;/admin",
         "//admin", "/x.js?q=1", "?debug", "#top", "\\admin", "/%25%32%35"]  # fmt: skip
RULES = ["*.x.example/admin", "x.example:8443", "*.x.example/*/y", "a.x.example/?debug", "/admin"]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("settings", [{}, {"strict_scheme": True}, {"out_always_wins": True}])
def test_a_part_that_is_excluded_leaves_the_rest_alone(
    rule: str, settings: dict[str, bool]
) -> None:
    """Every page and port of a host gets the ruling that it gets by itself."""
    scope = Scope.from_rules(["*.x.example", "x.example"], [rule], **settings)  # type: ignore[arg-type]
    sieve = scope.sieve()
    for host in ("x.example", "a.x.example", "b.a.x.example"):
        for lead in ("", "https://", "http://"):
            for port in ("", ":", ":443", ":8443"):
                for path in PATHS:
                    line = f"{lead}{host}{port}{path}"
                    assert sieve.ruling(line) is scope.check(line).ruling, line


def test_what_stays_clear_gets_no_whole_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under `! *.x.example/admin`, only a page that may be below /admin takes the careful way."""
    scope = Scope.from_rules(["*.x.example"], ["*.x.example/admin"])
    sieve = scope.sieve()
    careful: list[str] = []

    def ruling(text: str, **_: object) -> Ruling:
        careful.append(text)
        return scope.check(text).ruling

    monkeypatch.setattr(scope, "ruling", ruling)
    lines = ["a.x.example", "https://b.x.example/shop?x=1", "https://a.x.example/admin/1"]
    assert [sieve.ruling(line).value for line in lines] == ["in", "in", "out"]
    assert careful == lines[2:]


def test_a_permit_of_a_part_is_left_to_the_careful_way() -> None:
    """An exclusion that covers a part of a permitted part still counts."""
    scope = Scope.from_rules(["a.x.example/shop"], ["*.x.example/shop/admin"])
    for line in ("a.x.example", "https://a.x.example/shop", "https://a.x.example/shop/admin"):
        assert scope.sieve().ruling(line) is scope.check(line).ruling
