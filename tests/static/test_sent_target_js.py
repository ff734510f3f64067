"""What of a target leaves the page: the same as commands send."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "sent-targets.json").read_text(encoding="utf-8")
)
CUT = """
const { sentTarget } = await load("js/sent-target.js")
const cut = (text, usesPaths) => {
    try {
        return sentTarget(text, { usesPaths })
    } catch (error) {
        if (error.code !== "target-unclear") throw error
        return null
    }
}
return input.map((text) => ({ text, host: cut(text, false), path: cut(text, true) }))
"""


def test_a_target_is_cut_down(node: Callable[..., Any]) -> None:
    """Scheme, host and port are sent, the path where rules need it; what is unclear stays here."""
    assert node(CUT, [row["text"] for row in VECTORS]) == VECTORS
