"""What of a target a command sends to the portal: the same as the browser does."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.offline.sent_target import sent_target

VECTORS = json.loads(
    (Path(__file__).parents[2] / "vectors" / "sent-targets.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: row["text"][:60])
def test_a_target_is_cut_down(row: dict[str, str | None]) -> None:
    """Scheme, host and port are sent, the path where asked for; what is unclear stays here."""
    text = str(row["text"])
    assert sent_target(text, uses_paths=False) == row["host"]
    assert sent_target(text, uses_paths=True) == row["path"]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aZ0.:/\\?#@;%=& \t\n[]-_\u00e9\u2028\ufeff", max_size=40))
def test_a_secret_after_the_host_is_never_sent(text: str) -> None:
    """Whatever surrounds it, nothing of a query, a fragment or a user name goes out."""
    for whole in (
        f"https://u{text}SECRET@h.example/",
        f"h.example?{text}SECRET",
        f"h.x#{text}SECRET",
    ):
        for uses_paths in (False, True):
            sent = sent_target(whole, uses_paths=uses_paths)
            if whole.startswith("https") and set(text) & set("/\\?#"):
                continue  # the authority ended before the @, so this is a path
            assert sent is None or "SECRET" not in sent
