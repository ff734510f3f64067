"""What the tests of the scope commands share: a file of rules, and a portal with files."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import kiosk
from tests.kiosk import Kiosk

RULES = """\
*.shop.example   # ours
shop.example/app
! legacy.shop.example
"""


@pytest.fixture
def rules(tmp_path: Path) -> str:
    """Write the rules file of a shop."""
    path = tmp_path / "rules.txt"
    path.write_text(RULES, encoding="utf-8")
    return str(path)


@pytest.fixture
def scope_json() -> str:
    """The scope of a shop as its portal serves it; the apex is meant, and a question asked."""
    return json.dumps(
        {
            "format": "portico-scope/1",
            "program": "shop",
            "name": "The Shop",
            "policy": {"version": 5, "sha256": "ab" * 32},
            "settings": {"wildcard_apex": "include"},
            "in": [{"id": "all", "pattern": "*.shop.example"}],
            "out": [
                {
                    "id": "beta",
                    "pattern": "beta.shop.example",
                    "unless": [{"id": "invited", "text": "Were you invited?"}],
                }
            ],
        }
    )


@pytest.fixture
def portal(scope_json: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kiosk]:
    """A portal with one program."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with kiosk.opened() as made:
        made.files["/shop/scope.json"] = scope_json
        made.front = "/shop/"
        yield made
