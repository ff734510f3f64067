"""Files that commands are given: read as text, or refused by name."""

from pathlib import Path

import pytest

from portal.errors import FileRefused
from portal.offline import reading


def test_text_is_read(tmp_path: Path) -> None:
    """UTF-8 is what text files hold."""
    (tmp_path / "a").write_text("déjà vu\n", encoding="utf-8")
    assert reading.text(tmp_path / "a") == "déjà vu\n"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("absent", "No such file"), ("folder", "Is a directory"), ("bytes", "line 3 is not UTF-8")],
)
def test_what_cannot_be_read_is_named_with_its_reason(
    name: str, reason: str, tmp_path: Path
) -> None:
    """The path, why, and for other encodings the line."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "bytes").write_bytes(b"a\nb\n\xe9\n")
    with pytest.raises(FileRefused, match=reason) as refusal:
        reading.text(tmp_path / name)
    assert str(tmp_path / name) in refusal.value.message
    assert refusal.value.hint
