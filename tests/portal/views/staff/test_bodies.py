"""What comes as JSON is read strictly: what no database keeps is refused, and nothing breaks."""

from collections.abc import Callable

import pytest

from tests.actors import Researcher
from tests.colleagues import Colleague

Hire = Callable[..., Colleague]

HALF = "\ud800"  # half of a surrogate pair: JSON can spell it, UTF-8 cannot
NUL = "a\x00b"  # PostgreSQL keeps no such text


@pytest.fixture
def address(researcher: Researcher) -> str:
    """Where a report to the example program is worked on."""
    return f"/staff/api/reports/{researcher.send().json['report']}"


@pytest.mark.parametrize("text", [HALF, NUL])
def test_text_that_no_database_keeps_is_refused(hire: Hire, address: str, text: str) -> None:
    """Wherever it stands, it is the sender's mistake and told as one."""
    ada = hire("Ada", example="handler")
    asked = {
        f"{address}/assign": {"to": text},
        f"{address}/events": {"name": "duplicate", "data": {"of": text}},
        f"{address}/approvals/a": {"granted": True, text: 1},
        "/staff/api/export": {"reports": [text]},
        "/staff/api/views/remove": {"name": text},
        "/staff/api/audit/export": {"actor": text},
    }
    for path, body in asked.items():
        assert ada.post(path, body).status_code in {400, 422}, path


def test_whole_characters_are_text(hire: Hire) -> None:
    """Signs that JSON spells with two halves are as good as any."""
    ada = hire("Ada", example="handler")
    kept = ada.post("/staff/api/views", {"name": "🔥 first", "filters": {}})
    assert [view["name"] for view in kept.json["views"]] == ["🔥 first"]
