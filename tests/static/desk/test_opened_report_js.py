"""Opening a report at the desk: what is compared with the portal's word."""

from collections.abc import Callable
from typing import Any

import pytest

Node = Callable[..., Any]

READ = """
const { readReport } = await load("js/desk/opened-report.js")
const root = "b".repeat(64)
const keys = { root, versions: async () => new Map() }
const report = { format: "portico/report/v1", program: "example", keyset: { version: 1, root },
                 ...input.sealed }
const files = [{ name: "report.json", blob: new Blob([JSON.stringify(report)]) }]
const opened = { files, payloadSha256: "5".repeat(64), plain: files[0].blob }
const shown = { id: "r1", program: "example", kind: "report", exposed: false, exploited: false,
                origin: "browser-token", keyset_version: 1, receipt: "", ...input.shown }
const { checks } = await readReport(opened, shown, keys)
return checks.filter(({ good }) => !good).map(({ words }) => words)
"""


@pytest.mark.parametrize(
    ("sealed", "shown", "warns"),
    [
        ({"kind": "report"}, {"kind": "question"}, True),
        ({"kind": "report", "exposed": True, "exploited": False}, {}, True),
        ({"kind": "quick", "exploited": True}, {"kind": "quick"}, True),
        ({"exposed": False}, {"exposed": True}, True),
        ({"kind": "quick", "exploited": True}, {"kind": "quick", "exploited": True}, False),
        ({}, {}, False),
    ],
)
def test_staff_see_when_the_portal_files_a_report_as_something_else(
    node: Node, sealed: dict[str, Any], shown: dict[str, Any], warns: bool
) -> None:
    """Kind and ticks decide clocks and queue, so what the reporter sealed is held beside them."""
    said = node(READ, {"sealed": sealed, "shown": shown})
    assert any("files it as another kind" in words for words in said) is warns


CAME = {"received_at": "2026-11-20T14:05+01:00"}
MAIL = {"origin": "mail", "received_at": "2026-11-20T13:05:00+00:00", "zone": "UTC", "events": []}


@pytest.mark.parametrize(
    ("sealed", "shown", "said"),
    [
        ({"mail": CAME}, {}, "says that it came by mail"),
        ({"mail": CAME}, MAIL | {"received_at": "2026-11-21T13:05:00+00:00"}, "at another time"),
        ({}, MAIL, "at another time"),
        ({"mail": CAME}, MAIL, ""),
        ({}, {}, ""),
    ],
)
def test_how_and_when_it_came_is_compared(
    node: Node, sealed: dict[str, Any], shown: dict[str, Any], said: str
) -> None:
    """Nobody passes for a mail, to be answered in the clear, and no portal moves a mail's clock."""
    words = " ".join(node(READ, {"sealed": sealed, "shown": shown}))
    assert said in words if said else "at another time" not in words and "by mail, and" not in words
