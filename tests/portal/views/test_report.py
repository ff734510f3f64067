"""The door: what a browser, a command or a hand brings, and what is refused."""

import html
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.cases.program import Program
from portal.cases.signer import Signer
from portal.cases.store import Store
from portal.cases.tables import chunks, envelopes, events, headers, reports
from portal.intake.token import Token
from portal.policy import statement
from tests.actors import HOUR, Researcher, Staff, seal
from tests.conftest import Clock
from tests.faults import FAULTS


def test_a_sealed_report_is_kept_and_receipted(
    researcher: Researcher, staff: Staff, store: Store, signer: Signer
) -> None:
    """The receipt is signed, names what was kept, and staff can open exactly that."""
    sent = researcher.sealed("The side door is open.")
    answer = researcher.send(sent)
    assert answer.status_code == 201
    claims = statement.verify(
        answer.json["receipt"], key=signer.key.public_key(), typ=statement.REPORT_RECEIPT
    )
    assert claims == answer.json["claims"]
    assert claims["report"] == answer.json["report"]
    ((row_id, envelope),) = store.envelopes(claims["report"])
    kept = b"".join(store.age_file(row_id, envelope))
    assert kept == sent
    assert staff.read(kept)["report.md"] == b"The side door is open."
    assert claims["envelopes"][0]["payload_sha256"] == envelope.payload_sha256


def test_the_receipt_can_be_shown_around(researcher: Researcher) -> None:
    """Neither the token nor anything derived from it stands in the receipt."""
    shown = researcher.send().text
    assert researcher.token.text not in shown
    assert researcher.token.lookup not in shown
    assert researcher.token.stored not in shown


def test_sending_twice_keeps_one(researcher: Researcher, store: Store, clock: Clock) -> None:
    """The same delivery again gets the same receipt, byte for byte, even a day later."""
    sent = researcher.sealed()
    first = researcher.send(sent)
    clock.advance(24 * HOUR)
    second = researcher.send(sent)
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json["receipt"] == first.json["receipt"]
    assert len(list(store.reports())) == 1


def test_a_token_holds_one_report(researcher: Researcher, store: Store) -> None:
    """Another report under the same token is refused; the first stays as it was."""
    researcher.send(researcher.sealed("first"))
    again = researcher.send(researcher.sealed("second"))
    assert again.status_code == 409
    assert again.json["error"]["code"] == "lookup-taken"
    assert len(list(store.reports())) == 1


def test_attachments_travel_beside_the_report(
    researcher: Researcher, staff: Staff, store: Store
) -> None:
    """A second envelope is kept under its own role and hashes."""
    files = seal(b"evidence" * 30_000, researcher.recipients())
    answer = researcher.send(None, files)
    assert [one["role"] for one in answer.json["claims"]["envelopes"]] == ["report", "attachments"]
    roles = {envelope.role for _, envelope in store.envelopes(answer.json["report"])}
    assert roles == {"report", "attachments"}
    assert staff.open(files) == b"evidence" * 30_000


BAD_FIELDS: dict[str, dict[str, Any]] = {
    "no look-up": {"lookup": None},
    "look-up too short": {"lookup": "ab"},
    "look-up in capitals": {"lookup": "A" * 64},
    "unknown kind": {"kind": "bribe"},
    "no policy version": {"policy": None},
    "policy that never was": {"policy": "99"},
    "keyset that never was": {"keyset": "99"},
    "length mismatch": {"report_length": "17"},
    "hash mismatch": {"report_sha256": "0" * 64},
    "no hash": {"report_sha256": None},
    "no file": {"report": None},
    "forged scope receipt": {"scope_receipt": "e30.e30.e30"},
}


@pytest.mark.parametrize("fault", BAD_FIELDS)
def test_a_bad_delivery_keeps_nothing(fault: str, researcher: Researcher, store: Store) -> None:
    """Each fault gets its own words and a hint, and nothing is stored."""
    answer = researcher.send(**BAD_FIELDS[fault])
    assert 400 <= answer.status_code < 500
    assert answer.json["error"]["message"]
    assert answer.json["error"]["hint"]
    assert list(store.reports()) == []


def kept_rows(store: Store) -> int:
    """Count everything that a delivery could leave behind."""
    with store.database.reading() as connection:
        return sum(
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (reports, envelopes, headers, chunks, events)
        )


@pytest.mark.parametrize("name", FAULTS)
def test_a_wrong_file_keeps_nothing(
    name: str, researcher: Researcher, program: Program, store: Store
) -> None:
    """Through the door, each fault of a sealed file is refused in its own words."""
    fault, sound = FAULTS[name], seal(bytes(200_000), researcher.recipients())
    wrong = fault.change(sound, program.valid_keyset)
    answer = researcher.send(wrong, None, **fault.declared)
    assert answer.status_code == 422
    assert answer.json["error"]["code"] == "envelope-refused"
    assert fault.phrase in answer.json["error"]["message"]
    assert kept_rows(store) == 0


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault.by_hand])
def test_a_wrong_file_sealed_by_hand_keeps_nothing(
    name: str, researcher: Researcher, program: Program, store: Store
) -> None:
    """Without script the same faults get the same words, on a page."""
    fault, sound = FAULTS[name], seal(bytes(200_000), researcher.recipients())
    data = {"sealed": (io.BytesIO(fault.change(sound, program.valid_keyset)), "report.age")}
    answer = researcher.client.post("/example/report", data=data)
    assert answer.status_code == 422
    assert html.unescape(fault.phrase) in html.unescape(answer.get_data(as_text=True))
    assert kept_rows(store) == 0


def test_too_much_is_refused_with_the_limit(
    researcher: Researcher, app: Flask, store: Store
) -> None:
    """Beyond the limit nothing is kept, and the answer says so."""
    services = app.extensions["portico"]
    small = replace(services.config, max_delivery=2**18)
    app.extensions["portico"] = replace(services, config=small)
    answer = researcher.send(seal(bytes(2**18), researcher.recipients()))
    assert answer.status_code == 413
    assert answer.json["error"]["code"] == "too-large"
    assert kept_rows(store) == 0


def test_a_scope_receipt_of_another_program_is_refused(
    researcher: Researcher, publish: Callable[[str, Staff], Program], store: Store
) -> None:
    """A verdict counts for the program it was given for."""
    other = Researcher(researcher.client, publish("integratpark", Staff("hybrid")))
    receipt = other.check("https://app.integratpark.com").json["receipt"]
    answer = researcher.send(scope_receipt=receipt)
    assert answer.status_code == 422
    assert answer.json["error"]["code"] == "statement-refused"
    assert list(store.reports()) == []


def test_a_verdict_comes_along(researcher: Researcher, store: Store) -> None:
    """The ruling of a genuine scope receipt is kept with the report; the target is not."""
    receipt = researcher.check("https://api.example.com:8443").json["receipt"]
    claims = researcher.send(scope_receipt=receipt).json["claims"]
    assert claims["verdict"]["ruling"] == "in"
    (kept,) = store.reports()
    assert kept.verdict is not None
    assert kept.verdict.ruling == "in"


@pytest.fixture
def integratpark(client: FlaskClient, publish: Callable[[str, Staff], Program]) -> Researcher:
    """Someone reporting to Integratpark, whose policy refuses what is out of scope."""
    return Researcher(client, publish("integratpark", Staff("hybrid")))


def test_what_the_policy_refuses_is_refused(integratpark: Researcher, store: Store) -> None:
    """S0-4: both questions answered no: the marketing site is out, and the report is not taken."""
    asked = integratpark.check("www.integratpark.com").json["verdict"]
    answers = {question["id"]: False for question in asked["questions"]}
    assert len(answers) == 2
    receipt = integratpark.check("www.integratpark.com", **answers).json["receipt"]
    answer = integratpark.send(scope_receipt=receipt)
    assert answer.json["error"]["code"] == "out-of-scope"
    assert list(store.reports()) == []


def test_an_expired_keyset_closes_the_door(
    researcher: Researcher, store: Store, clock: Clock
) -> None:
    """After thirty days nobody could be sure who opens the report, so none is taken."""
    sent = researcher.sealed()
    clock.advance(31 * 24 * HOUR)
    answer = researcher.send(sent)
    assert answer.status_code == 400
    assert "copy your text" in answer.json["error"]["hint"]
    assert list(store.reports()) == []


def test_an_unknown_program_is_named_as_such(client: FlaskClient, program: Program) -> None:
    """There is no form and no door for a program that is not published."""
    data = {"sealed": (io.BytesIO(b"x"), "x.age")}
    for answer in (
        client.get("/nobody/report"),
        client.post("/nobody/report", data=data),
        client.post("/nobody/report", data={}),
        client.get("/nobody/keyset.jws"),
    ):
        assert answer.status_code == 404
        assert "nobody" in answer.get_data(as_text=True)


# --- without script -------------------------------------------------------------------------


def by_hand(researcher: Researcher, sealed: bytes) -> str:
    """Upload a file sealed by hand and return the page."""
    answer = researcher.client.post(
        f"/{researcher.program.slug}/report",
        data={"sealed": (io.BytesIO(sealed), "my report.age")},
        content_type="multipart/form-data",
    )
    assert answer.status_code in {200, 201}, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def issued(page: str) -> Token:
    """Find the token on the page."""
    import re

    groups = re.search(r'id="token-card".*?</p>\s*<p class="token">(.*?)</p>', page, re.DOTALL)
    assert groups
    return Token.parse(re.sub(r"<[^>]+>", "", groups[1]))


def test_a_file_sealed_by_hand_gets_a_token_from_the_server(
    researcher: Researcher, store: Store
) -> None:
    """Any content is taken, and the issued token shows the status and nothing more."""
    page = by_hand(researcher, seal(b"just a note", researcher.recipients()))
    token = issued(page)
    assert token.version == 1
    (kept,) = store.reports()
    assert kept.origin == "server-token"
    shown = researcher.client.post("/status", data={"token": token.text})
    assert kept.id in shown.get_data(as_text=True)


def test_a_lost_answer_can_be_had_again(researcher: Researcher, store: Store) -> None:
    """The same file within the hour replaces the token; the report stays one."""
    sealed = seal(b"just a note", researcher.recipients())
    first = issued(by_hand(researcher, sealed))
    second = issued(by_hand(researcher, sealed))
    assert len(list(store.reports())) == 1
    client = researcher.client
    assert client.post("/status", data={"token": first.text}).status_code == 404
    assert client.post("/status", data={"token": second.text}).status_code == 200


def test_after_a_look_up_the_token_stays(researcher: Researcher, store: Store) -> None:
    """Once the issued token was used, the same file makes another report."""
    sealed = seal(b"just a note", researcher.recipients())
    first = issued(by_hand(researcher, sealed))
    researcher.client.post("/status", data={"token": first.text})
    by_hand(researcher, sealed)
    assert len(list(store.reports())) == 2
    assert researcher.client.post("/status", data={"token": first.text}).status_code == 200


def test_choosing_no_file_is_explained(researcher: Researcher, store: Store) -> None:
    """An empty upload says what to do."""
    data = {"sealed": (io.BytesIO(b""), "")}
    answer = researcher.client.post("/example/report", data=data)
    assert answer.status_code == 400
    assert "Choose the .age file" in answer.get_data(as_text=True)


# --- the page -------------------------------------------------------------------------------


def test_the_page_is_the_same_for_everyone(client: FlaskClient, program: Program) -> None:
    """Two visitors get the same bytes, and the keys page names their hash."""
    import hashlib

    pages = {
        client.get("/example/report", headers={"User-Agent": agent}).data for agent in ("a", "b")
    }
    assert len(pages) == 1
    shown = client.get("/example/keys").get_data(as_text=True)
    digest = hashlib.sha256(pages.pop()).hexdigest()
    assert digest in "".join(shown.replace("<span>", "").replace("</span>", "").split())


def test_no_report_field_can_be_posted(client: FlaskClient, program: Program) -> None:
    """Promise 1: what has a name is the file sealed by hand, and what the server may know of it."""
    import re

    page = client.get("/example/report").get_data(as_text=True)
    assert re.findall(r'<(?:input|textarea|select|button)[^>]*\sname="([^"]+)"', page) == [
        "sealed",
        "kind",
        "exposed",
        "exploited",
    ]


def test_what_sealing_by_hand_needs_is_there(client: FlaskClient, program: Program) -> None:
    """The recipients come as a file for `age -R`, the questions as a report to fill in."""
    assert program.keyset is not None
    recipients = client.get("/example/recipients.txt").get_data(as_text=True)
    lines = [line for line in recipients.splitlines() if not line.startswith("#")]
    assert tuple(lines) == program.keyset.recipients
    assert "# Report to" in client.get("/example/report.md").get_data(as_text=True)
