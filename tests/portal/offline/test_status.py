"""How a report stands, for a terminal: as much as the page says, from whatever a portal answers."""

from typing import Any

import pytest

from portal.offline.status import told

STANDING: dict[str, Any] = {
    "report": "7k2m9-qx4dw",
    "program_name": "Example",
    "state_label": "Received",
    "zone": "Europe/Amsterdam",
    "events": [],
    "deadlines": [],
    "not_promised": ["assessment", "fix"],
    "publication": {"state": "none", "told": ["Nobody has proposed a date.", "Silence\x1b[2J."]},
    "data": {"state": "asked", "told": ["Staff ask you to delete it."]},
}


def test_what_lies_ahead_is_told() -> None:
    """What no date is promised for, publication and held data, without anything that acts."""
    lines = list(told(STANDING))
    assert "  No date is promised for: assessment, fix." in lines
    start = lines.index("Publication")
    assert lines[start + 1 : start + 3] == ["  Nobody has proposed a date.", "  Silence\ufffd[2J."]
    assert lines[-2:] == ["Data you hold", "  Staff ask you to delete it."]


@pytest.mark.parametrize("odd", [None, 7, "text", [], {"told": 7}, {"told": []}])
def test_an_odd_portal_is_no_reason_to_stop(odd: object) -> None:
    """An older or broken portal leaves lines out, and the rest is told."""
    lines = list(told({**STANDING, "publication": odd, "data": odd, "not_promised": odd}))
    assert "State: Received" in lines
    assert "Publication" not in lines
    assert "Data you hold" not in lines
