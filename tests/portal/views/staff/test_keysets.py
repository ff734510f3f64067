"""Signed keysets for the desk, which may stand on another host name than the public pages."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from portal.cases.catalogue import Catalogue
from portal.cases.program import Program
from tests.actors import Staff
from tests.colleagues import Colleague
from tests.conftest import START

Hire = Callable[..., Colleague]
ADDRESS = "/staff/api/programs/example/keyset.jws"


def test_staff_get_the_set_in_force_and_older_ones(
    hire: Hire, program: Program, catalogue: Catalogue, staff: Staff, receipt_key: object
) -> None:
    """The text as the root signed it, byte for byte."""
    assert program.keyset is not None
    first = program.keyset
    changes = {"version": 2, "previous": first.sha256}
    second = staff.keyset("example", receipt_key, now=START, **changes)  # type: ignore[arg-type]
    catalogue.publish_keyset(second, "example", actor="test", now=START)
    ada = hire("Ada", example="reader")
    assert ada.get(ADDRESS).text == second
    assert ada.get(ADDRESS, version="1").text == first.text


@pytest.mark.parametrize("version", ["0", "007", "", "0x1", "-1", "1" * 10, "٣", "9"])
def test_what_is_no_version_is_refused(hire: Hire, program: Program, version: str) -> None:
    """With the reason."""
    answer = hire("Ada", example="reader").get(ADDRESS, version=version)
    assert answer.status_code in {400, 404}
    assert answer.json["error"]["hint"]


def test_strangers_and_other_programs_get_nothing(
    hire: Hire, program: Program, client: FlaskClient
) -> None:
    """Nobody without a session; and no program that is not theirs, which looks like none at all."""
    assert client.get(ADDRESS).status_code == 401
    bob = hire("Bob", other="admin")
    missing = bob.get("/staff/api/programs/nowhere/keyset.jws")
    theirs = bob.get(ADDRESS)
    assert (missing.status_code, theirs.status_code) == (404, 404)
    assert theirs.json["error"]["code"] == missing.json["error"]["code"]
