"""Reading `report.json`, whatever is in it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.errors import ArchiveRefused
from portal.offline import report_text
from portal.offline.document import FORMAT, MAX_BYTES, Document

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
MEMBERS = st.sampled_from(
    ["program", "policy", "keyset", "target", "fields", "conduct", "reporter", "attachments"]
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(MEMBERS, JSON))
def test_any_shape_is_read_and_shown(members: dict[str, object]) -> None:
    """A member of a shape nobody expected counts as absent; nothing breaks."""
    document = Document.parse(json.dumps({"format": FORMAT} | members).encode())
    assert report_text.render(document).startswith("# Vulnerability report")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b'{"format": "portico/report/v2"}', b"\xff", b"[" * 100_000],
)
def test_what_is_no_report_is_refused(content: bytes) -> None:
    """Another format, broken JSON and absurd nesting are named as such."""
    with pytest.raises(ArchiveRefused):
        Document.parse(content)


def test_an_endless_report_is_refused() -> None:
    """A report larger than any form allows is not even parsed."""
    with pytest.raises(ArchiveRefused):
        Document.parse(json.dumps({"format": FORMAT, "x": "y" * MAX_BYTES}).encode())
