"""What a portal says about a thread is not believed to be what a portal says."""

from typing import Any

import pytest

from portal.errors import PortalRefused
from portal.offline.thread import gathering

SOUND = {"program": "example", "id": "7k2m9-qx4dw"}


def test_a_report_is_called_by_its_name() -> None:
    """Program and report come back as they are."""
    assert gathering.named(SOUND, "id") == ("example", "7k2m9-qx4dw")


@pytest.mark.parametrize(
    "odd",
    [
        {"id": None},
        {"id": ["7k2m9-qx4dw"]},
        {"id": "7k2m9-qx4dw\nstaff"},
        {"id": "zoë"},
        {"id": "../secret"},
        {"program": 3},
        {"program": "../etc"},
    ],
)
def test_a_name_that_could_be_something_else_is_refused(odd: dict[str, Any]) -> None:
    """Names end up in signed lines and in addresses, so nothing else passes for one."""
    with pytest.raises(PortalRefused):
        gathering.named({**SOUND, **odd}, "id")


@pytest.mark.parametrize("role", [[], {}, 7, None, "attachments"])
def test_odd_roles_are_passed_over(role: Any) -> None:
    """Whatever stands where a role should stand, the main file is looked for by its usual name."""
    assert gathering.main_role({"envelopes": [{"role": role}]}) == "report"
    assert gathering.main_role({"envelopes": [{"role": role}, {"role": "sealed"}]}) == "sealed"


def test_odd_versions_are_no_keysets() -> None:
    """Whatever is no number names no keyset, and nothing is asked for."""
    odd: tuple[object, ...] = ([], {}, "1", None, 1.5)
    assert gathering.keysets(None, "example", odd, root="") == {}  # type: ignore[arg-type]
