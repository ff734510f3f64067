"""The checker: one verdict on the page, in JSON and in the signed receipt."""

import hashlib
from base64 import urlsafe_b64decode
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from portal.cases.program import Program
from portal.cases.signer import Signer
from portal.policy import statement
from tests.actors import Researcher, Staff


def test_a_verdict_comes_with_its_proof(researcher: Researcher, signer: Signer) -> None:
    """The receipt names the target only by a hash that the holder of the nonce can repeat."""
    answer = researcher.check("https://api.example.com:8443").json
    claims = statement.verify(
        answer["receipt"], key=signer.key.public_key(), typ=statement.SCOPE_RECEIPT
    )
    nonce = urlsafe_b64decode(answer["nonce"] + "==")
    target = answer["verdict"]["target"]
    assert claims["target_hash"] == hashlib.sha256(nonce + target.encode()).hexdigest()
    assert "api.example.com" not in answer["receipt"]
    assert claims["ruling"] == answer["verdict"]["ruling"] == "in"


def test_page_and_json_agree(researcher: Researcher) -> None:
    """The page without script says what the script would have shown."""
    for target in ("app.example.com", "nowhere.test", "not a target"):
        said = researcher.check(target).json["verdict"]
        page = researcher.client.post("/example/scope", data={"target": target})
        assert f'data-ruling="{said["ruling"]}"' in page.get_data(as_text=True)


def test_what_was_typed_stays_on_the_page_escaped(researcher: Researcher) -> None:
    """A hostile target is shown as text."""
    hostile = '"><img src=x onerror=alert(1)>'
    page = researcher.client.post("/example/scope", data={"target": hostile})
    assert page.status_code == 200
    assert "<img src=x" not in page.get_data(as_text=True)


@pytest.mark.parametrize("body", ["[]", "null", "{}", '{"target": 5}', "{", '{"target": ""}'])
def test_an_odd_question_gets_an_answer(client: FlaskClient, program: Program, body: str) -> None:
    """Whatever is asked, the answer is a verdict and never a fault of ours."""
    answer = client.post("/example/scope", data=body, content_type="application/json")
    assert answer.get_json()["verdict"]["ruling"] == "invalid"
    assert answer.get_json()["receipt"] is None


def test_the_two_questions_of_the_marketing_site(
    client: FlaskClient, publish: Callable[[str, Staff], Program]
) -> None:
    """S0-4: only no and no leave the marketing site out; the page asks both without script."""
    someone = Researcher(client, publish("integratpark", Staff("hybrid")))
    questions = someone.check("www.integratpark.com").json["verdict"]["questions"]
    first, second = (question["id"] for question in questions)
    rulings = {
        (one, two): someone.check("www.integratpark.com", **{first: one, second: two}).json[
            "verdict"
        ]["ruling"]
        for one in (True, False)
        for two in (True, False)
    }
    assert [pair for pair, ruling in rulings.items() if ruling == "out"] == [(False, False)]
    page = client.post("/integratpark/scope", data={"target": "www.integratpark.com"})
    assert f'name="answer-{first}"' in page.get_data(as_text=True)
