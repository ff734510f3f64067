"""The addresses for programs: one verdict everywhere, thousands in order, slips named."""

import base64
import io
import json
import logging
from base64 import urlsafe_b64decode
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.cases.catalogue import Catalogue
from portal.cases.program import Program
from portal.cases.signer import Signer, target_hash
from portal.intake.batch import LONGEST_BODY, MOST_TARGETS
from portal.policy import statement
from tests.actors import Researcher, Staff
from tests.conftest import Clock

CHECK = "/api/v1/programs/example/scope/check"
BETA = """
[[scope.in]]
pattern = "beta.example.org"
id = "beta"
when = { resolves_to = ["192.0.2.0/24"] }

[[scope.in]]
pattern = "spring.example.org"
id = "spring"
when = { until = 2026-11-30 }
"""


@pytest.fixture
def conditional(catalogue: Catalogue, program: Program, clock: Clock) -> None:
    """The example policy with two rules that hold only sometimes."""
    catalogue.publish_policy(program.policy.source + BETA, actor="test", now=clock.now)


def ask(client: FlaskClient, **body: Any) -> TestResponse:
    """Ask about targets of the example program."""
    return client.post(CHECK, json=body)


def rulings(answer: TestResponse) -> list[str]:
    """Return the rulings of a batch, once its lines are seen to be in order."""
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["index"] for line in lines] == list(range(len(lines)))
    return [line["verdict"]["ruling"] for line in lines]


def test_one_target_gets_the_verdict_of_the_page(researcher: Researcher) -> None:
    """The checker's own door and this one say the same of every kind of target."""
    for target in ("www.shop.example.com", "nowhere.test", "not a target", "x" * 5000):
        said = ask(researcher.client, target=target)
        assert said.status_code == 200
        page = researcher.check(target).json
        assert said.get_json()["verdict"] == page["verdict"]
        assert said.get_json()["policy"] == page["policy"]


def test_one_target_gets_a_receipt(client: FlaskClient, program: Program, signer: Signer) -> None:
    """Signed unless it is not wanted; the nonce opens it."""
    said = ask(client, target="www.shop.example.com").get_json()
    key = signer.key.public_key()
    claims = statement.verify(said["receipt"], key=key, typ=statement.SCOPE_RECEIPT)
    nonce = urlsafe_b64decode(said["nonce"] + "==")
    assert claims["target_hash"] == target_hash(nonce, said["verdict"]["target"])
    plain = ask(client, target="www.shop.example.com", receipts=False).get_json()
    assert (plain["receipt"], plain["nonce"]) == (None, None)


def test_a_receipt_says_what_it_took_on_trust(
    client: FlaskClient, conditional: None, signer: Signer
) -> None:
    """A ruling that hangs on what the asker claims cannot pass for one that does not."""
    facts = {"ips": ["192.0.2.7"]}
    for asked, given in (
        ({}, None),
        ({"facts": facts}, ["ips"]),
    ):
        said = ask(client, target="beta.example.org", **asked).get_json()
        claims = statement.verify(
            said["receipt"], key=signer.key.public_key(), typ=statement.SCOPE_RECEIPT
        )
        assert claims.get("given") == given
        page = client.post("/verify", data={"statement": said["receipt"]}).text
        assert ("which nobody checked" in page) is bool(given)
        assert "192.0.2.7" not in page


def test_many_targets_get_a_line_each_in_order(client: FlaskClient, program: Program) -> None:
    """A line that is no target does not stop the rest, and nothing is signed unasked."""
    targets = ["www.shop.example.com", "not a target", "", "nowhere.test"] * 50
    answer = ask(client, targets=targets)
    assert answer.content_type == "application/x-ndjson"
    assert rulings(answer) == ["in", "invalid", "invalid", "unknown"] * 50
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert not [line for line in lines if line["receipt"] or line["nonce"]]
    assert rulings(ask(client, targets=["www.shop.example.com"])) == ["in"]


def test_receipts_of_a_batch_differ(client: FlaskClient, program: Program) -> None:
    """Each target has a nonce of its own; the same target twice cannot be seen to be the same."""
    answer = ask(client, targets=["www.shop.example.com"] * 3, receipts=True)
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert len({line["nonce"] for line in lines}) == 3
    assert len({line["receipt"] for line in lines}) == 3


def test_what_the_asker_knows_settles_a_condition(client: FlaskClient, conditional: None) -> None:
    """A fact may stand beside one target or hold for all; without it a person decides."""
    inside, outside = {"ips": ["192.0.2.7"]}, {"ips": ["198.51.100.1"]}
    beta = "beta.example.org"
    targets = [beta, {"target": beta, "facts": inside}, {"target": beta, "facts": outside}]
    assert rulings(ask(client, targets=targets)) == ["review", "in", "unknown"]
    assert rulings(ask(client, targets=targets, facts=inside)) == ["in", "in", "unknown"]
    assert ask(client, target=beta).get_json()["verdict"]["missing"] == ["ips"]


def test_the_day_is_known(client: FlaskClient, conditional: None, clock: Clock) -> None:
    """The portal has a clock: a rule with a last day needs nobody to tell it the date."""
    spring = "spring.example.org"
    assert ask(client, target=spring).get_json()["verdict"]["ruling"] == "in"
    later = ask(client, target=spring, facts={"date": "2026-12-01"})
    assert later.get_json()["verdict"]["ruling"] == "unknown"
    clock.advance(timedelta(days=9))
    assert ask(client, target=spring).get_json()["verdict"]["ruling"] == "unknown"


def test_answers_settle_questions(
    client: FlaskClient, publish: Callable[[str, Staff], Program]
) -> None:
    """The questions of a conditional exclusion are answered for every target of a batch."""
    publish("integratpark", Staff("hybrid"))
    place = "/api/v1/programs/integratpark/scope/check"
    target = "www.integratpark.com"
    said = client.post(place, json={"target": target}).get_json()["verdict"]
    no = {question["id"]: False for question in said["questions"]}
    answer = client.post(place, json={"targets": [target], "answers": no})
    assert (said["ruling"], rulings(answer)) == ("review", ["out"])
    receipt = client.post(place, json={"target": target, "answers": no}).get_json()["receipt"]
    claims = receipt.split(".")[1]
    assert json.loads(base64.urlsafe_b64decode(claims + "=="))["given"] == ["answers"]


def test_an_answer_to_no_question_is_refused(
    client: FlaskClient, publish: Callable[[str, Staff], Program]
) -> None:
    """Dropped in silence it would look like one that was heard; the hint names the questions."""
    publish("integratpark", Staff("hybrid"))
    for place in ("/api/v1/programs/integratpark/scope/check", "/integratpark/scope"):
        body = {"target": "www.integratpark.com", "answers": {"no-such": True}}
        answer = client.post(place, json=body)
        error = answer.get_json()["error"]
        assert (answer.status_code, error["code"]) == (400, "inquiry-refused")
        assert "'no-such'" in error["message"]
        assert error["hint"].startswith("They ask: ")
        odd = client.post(place, json={**body, "answers": {"no-such": "yes"}})
        assert odd.status_code == 400


def test_a_slip_gets_a_json_error(client: FlaskClient, program: Program) -> None:
    """A misspelt question is not answered as if it had not been asked; the place is named."""
    for body in (b"", b"[]", b"\xff", b"[" * 60_000, b'{"targets": ["a", 5]}', b'{"target": 5}'):
        answer = client.post(CHECK, data=body, content_type="application/json")
        assert answer.status_code == 400
        assert answer.get_json()["error"]["code"] == "inquiry-refused"
        assert answer.get_json()["error"]["hint"]


def test_a_form_is_no_question(client: FlaskClient, program: Program) -> None:
    """What a foreign page could make a browser post is not read."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", None):
        answer = client.post(CHECK, data=b'{"target": "a.example"}', content_type=kind)
        assert answer.status_code == 400
        assert "Content-Type" in answer.get_json()["error"]["hint"]


def test_there_is_an_end_to_what_is_taken(client: FlaskClient, program: Program) -> None:
    """Too many bytes, targets or values are refused before they cost anything."""
    crowd = json.dumps({"targets": ["a"] * (MOST_TARGETS + 1)}).encode()
    bomb = b'{"targets":[' + b"[]," * 1_000_000 + b"[]]}"
    flood = b'{"target":"' + b"a" * LONGEST_BODY + b'"}'
    for body in (crowd, bomb, flood):
        answer = client.post(CHECK, data=body, content_type="application/json")
        assert answer.status_code == 413
        assert answer.get_json()["error"]["code"] == "too-large"
    chunked = client.post(
        CHECK,
        input_stream=io.BytesIO(flood),
        environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
        content_type="application/json",
    )
    assert chunked.status_code == 413


def test_an_unknown_program_is_told_in_json(client: FlaskClient, program: Program) -> None:
    """A program gets no page, whatever it says that it accepts."""
    for slug in ("nobody", "Example", "..%2fexample", "a%0d%0ab"):
        place = f"/api/v1/programs/{slug}/scope/check"
        answer = client.post(place, json={"target": "a"}, headers={"Accept": "text/html"})
        assert answer.status_code == 404
        assert answer.get_json()["error"]["hint"]


def test_a_hostile_target_stays_text(client: FlaskClient, program: Program) -> None:
    """Nothing in an answer can break its line, or pass for anything but JSON."""
    hostile = ["a\nb", 'http://x/"}\n{"index":9}', "</script>\u2028\u202e", "\x1b[31m"]
    answer = ask(client, targets=hostile)
    assert answer.data.isascii()
    assert len(rulings(answer)) == len(hostile)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_no_target_is_logged(
    app: Flask,
    client: FlaskClient,
    program: Program,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not when all is well, not when it is odd, and not when something breaks in the middle."""
    caplog.set_level(logging.DEBUG)
    secret = "secret-target.example"
    assert ask(client, target=secret).status_code == 200
    assert ask(client, targets=[secret] * 3, facts={"cnames": [secret]}).data
    assert ask(client, target=secret, wrong=secret).status_code == 400

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(secret)

    monkeypatch.setattr("portal.views.api.check", broken)
    assert ask(client, target=secret).status_code == 500
    assert "RuntimeError" in caplog.text
    assert "secret-target" not in caplog.text
