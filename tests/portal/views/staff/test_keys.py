"""The desk's page of keys: who holds them, what changed, what is to be shared, what cannot wait."""

import base64
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal.age import header as age_header
from portal.cases.program import Program
from portal.offline.reshare import rewrap
from tests.actors import DAY, MINUTE, Researcher, Staff
from tests.colleagues import Colleague
from tests.conftest import Clock

Hire = Callable[..., Colleague]
Rotate = Callable[[], Program]
KEYS = "/staff/api/programs/example/keys"


@pytest.fixture
def reports(researcher: Researcher, stranger: Researcher) -> list[str]:
    """Two reports, one with a file."""
    first = researcher.send(researcher.sealed(), researcher.sealed("a file")).json["report"]
    return [first, stranger.send().json["report"]]


@pytest.fixture
def grown(reports: list[str], staff: Staff, rotate: Rotate, clock: Clock) -> Program:
    """The program after an analyst joined."""
    clock.advance(MINUTE)
    staff.join("analyst")
    return rotate()


@pytest.fixture
def ada(hire: Hire) -> Colleague:
    """A handler of the example program."""
    return hire("Ada", example="handler")


def keys(colleague: Colleague) -> Any:
    """Ask about the keys of the example program."""
    answer = colleague.get(KEYS)
    assert answer.status_code == 200, answer.text
    return answer.json


def names(holders: list[dict[str, Any]]) -> list[str]:
    """Return the names of key holders."""
    return [one["name"] for one in holders]


def test_the_set_in_force_is_told_without_secrets(
    ada: Colleague, program: Program, staff: Staff
) -> None:
    """Version, dates, root, receipt key and holders with roles and fingerprints."""
    told, keyset = keys(ada), program.keyset
    assert keyset
    assert told["keyset"]["version"] == 1
    assert told["keyset"]["fingerprint"] == keyset.fingerprint
    assert told["keyset"]["receipt_key"]["kid"] == keyset.receipt_key.kid
    first = told["keyset"]["entries"][0]
    assert (first["name"], first["role"]) == ("Handler", "handler")
    assert first["fingerprint"] == keyset.entries[0].fingerprint
    assert (told["alarms"], told["unshared"]) == ([], {"reports": 0, "files": 0})
    assert "SECRET" not in ada.get(KEYS).text


def test_what_a_new_colleague_lacks_is_counted_and_listed(
    ada: Colleague, grown: Program, reports: list[str], staff: Staff
) -> None:
    """Each file by the version it was sealed to; what was shared is not listed any more."""
    told = keys(ada)
    newest, first = told["versions"]
    assert (first["version"], first["files"], first["reports"]) == (1, 3, 2)
    assert (first["covers"], first["lacking"]) == (False, ["Analyst"])
    assert (newest["covers"], newest["files"]) == (True, 0)
    assert told["unshared"] == {"reports": 2, "files": 3}
    listed = ada.get(f"{KEYS}/unshared").json
    found = [(one["report"], one["role"]) for one in listed["files"]]
    assert (found, listed["next"]) == (
        sorted([(reports[0], "report"), (reports[0], "attachments"), (reports[1], "report")]),
        None,
    )
    assert grown.keyset
    sealed = ada.get(f"/staff/api/reports/{reports[1]}/envelopes/report").data
    old = age_header.read(io.BytesIO(sealed)).raw
    made = rewrap(old, [staff.identities["handler"]], grown.keyset.recipients)
    body = {"header": base64.b64encode(made).decode(), "keyset": 2}
    assert ada.post(f"/staff/api/reports/{reports[1]}/headers/report", body).status_code == 201
    assert keys(ada)["unshared"] == {"reports": 1, "files": 2}
    assert keys(ada)["versions"][0]["files"] == 1
    left = {one["report"] for one in ada.get(f"{KEYS}/unshared").json["files"]}
    assert left == {reports[0]}


def test_the_list_comes_in_parts(
    ada: Colleague, grown: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part says where the next begins; a place that is none is refused."""
    monkeypatch.setattr("portal.views.staff.keys.PAGE_SIZE", 1)
    seen, place = [], None
    while True:
        part = ada.get(f"{KEYS}/unshared", **({"after": place} if place else {})).json
        seen += [(one["report"], one["role"]) for one in part["files"]]
        place = part["next"]
        if place is None:
            break
    assert seen == sorted(set(seen))
    assert len(seen) == 3
    assert ada.get(f"{KEYS}/unshared", after="%").json["error"]["code"] == "body-refused"


def test_a_set_signed_anew_shares_nothing(
    ada: Colleague, reports: list[str], rotate: Rotate, clock: Clock
) -> None:
    """With the same people in it, every file opens for them already."""
    clock.advance(MINUTE)
    rotate()
    told = keys(ada)
    assert told["unshared"]["files"] == 0
    assert [one["covers"] for one in told["versions"]] == [True, True]
    assert told["versions"][0]["changes"]["added"] == []


def test_a_retired_key_needs_no_sharing_and_stays_in_the_history(
    ada: Colleague, grown: Program, staff: Staff, rotate: Rotate, client: Any
) -> None:
    """Whoever left is named with their fingerprint; the public page says so, too."""
    staff.leave("analyst")
    rotate()
    told = keys(ada)
    assert names(told["keyset"]["entries"]) == ["Handler", "Recovery"]
    assert names(told["versions"][0]["changes"]["retired"]) == ["Analyst"]
    assert [one["covers"] for one in told["versions"]] == [True, True, True]
    assert told["unshared"]["files"] == 0
    page = client.get("/example/keys").text
    assert "Retired: Analyst (analyst), key <code" in page
    assert "Added: Analyst (analyst), key <code" in page
    fingerprint = told["versions"][0]["changes"]["retired"][0]["fingerprint"]
    assert f"{fingerprint[:16]}…" in page
    assert "Receipts are signed with" in page
    for version in (1, 2, 3):
        assert f"keyset.jws?version={version}" in page


@pytest.mark.parametrize(
    ("days", "code"), [(22, None), (23, "keyset-expires"), (30, "keyset-expired")]
)
def test_the_end_is_told_in_time(
    hire: Hire, program: Program, clock: Clock, days: int, code: str | None
) -> None:
    """From seven days before; the page and the doctor say the same."""
    clock.advance(days * DAY + timedelta(seconds=1 if days == 22 else 0))
    told = keys(hire("Ada", example="reader"))
    assert [one["code"] for one in told["alarms"]] == ([code] if code else [])
    assert told["keyset"]["expired"] == (code == "keyset-expired")


def test_keys_of_other_programs_are_not_told(hire: Hire, program: Program, ada: Colleague) -> None:
    """Whoever has no role in a program learns nothing of it; strangers are asked to sign in."""
    eve = hire("Eve", iwelcome="admin")
    for path in (KEYS, f"{KEYS}/unshared"):
        assert eve.get(path).json["error"]["code"] == "no-such-program"
        assert eve.get(path.replace("example", "nobody")).status_code == 404
    ada.client.delete_cookie("portico-desk", path="/staff")
    assert ada.get(KEYS).status_code == 401


def test_the_page_is_the_same_for_everybody(client: Any, program: Program) -> None:
    """It holds nothing of any program; its script asks for the rest."""
    page = client.get("/staff/keys")
    assert page.status_code == 200
    assert client.get("/staff/keys/example").data == client.get("/staff/keys/other").data
    assert "Sharing gives access and never takes it away." in page.text
