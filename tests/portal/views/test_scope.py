"""The checker: one verdict on the page, in JSON and in the signed receipt."""

import hashlib
from base64 import urlsafe_b64decode
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from portal.cases.catalogue import Catalogue
from portal.cases.program import Program
from portal.cases.signer import Signer
from portal.policy import scope_feed, statement
from tests.actors import Researcher, Staff
from tests.conftest import Clock


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


def test_receipt_and_code_can_be_copied(researcher: Researcher) -> None:
    """Both are blocks with a button, which a script of the page puts there."""
    page = researcher.client.post("/example/scope", data={"target": "app.example.com"}).text
    assert page.count("data-copy=") == 2
    assert "/js/copy.js" in page


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


BETA = """
[[scope.in]]
pattern = "*.beta.example.org"
when = { resolves_to = ["192.0.2.0/24"], tag = ["production"] }
"""


@pytest.fixture
def conditional(catalogue: Catalogue, program: Program, clock: Clock) -> None:
    """The example policy with a rule that holds only sometimes."""
    catalogue.publish_policy(program.policy.source + BETA, actor="test", now=clock.now)


def test_the_page_asks_for_what_is_missing(client: FlaskClient, conditional: None) -> None:
    """Without script a field appears for each fact that would settle it, and stays filled in."""
    typed = {"target": "a.beta.example.org", "fact-ips": " 192.0.2.7,\t192.0.2.8 "}
    page = client.post("/example/scope", data=typed).text
    assert 'data-facts="ips">' in page
    assert 'value="192.0.2.7 192.0.2.8"' in page
    assert 'data-facts="tags">' in page
    assert 'data-facts="cnames" hidden>' in page
    page = client.post("/example/scope", data=typed | {"fact-tags": "Production"}).text
    assert 'data-ruling="in"' in page


def test_the_script_sends_facts_too(client: FlaskClient, conditional: None) -> None:
    """As JSON, with the same outcome; and the receipt says that it rests on them."""
    facts = {"ips": ["192.0.2.7"], "tags": ["production"]}
    said = client.post("/example/scope", json={"target": "a.beta.example.org", "facts": facts})
    assert said.get_json()["verdict"]["ruling"] == "in"
    assert "192.0.2.7" not in said.get_json()["receipt"]


def test_a_fact_that_cannot_be_read_is_not_dropped(client: FlaskClient, conditional: None) -> None:
    """Left out in silence it could permit what it would have forbidden."""
    hostile = "<b>x</b>"
    page = client.post("/example/scope", data={"target": "a.example", "fact-ips": hostile})
    assert page.status_code == 400
    assert hostile not in page.text
    odd: list[object] = [{"ips": hostile}, [], {"port": 1}, {"ips": ["192.0.2.1"] * 101}]
    for facts in odd:
        answer = client.post("/example/scope", json={"target": "a.example", "facts": facts})
        assert answer.status_code == 400
        assert answer.get_json()["error"]["code"] == "inquiry-refused"


def test_the_scope_can_be_taken_along(client: FlaskClient, program: Program) -> None:
    """Checker and policy page link to every file and say what each leaves out."""
    for page in ("", "scope"):
        text = client.get(f"/example/{page}").text
        for kind in scope_feed.KINDS:
            assert f'href="/example/{kind.page}"' in text
        assert "<code>android:com.example.shop</code>" in text
        assert 'href="/api/v1/openapi.json"' in text


def test_half_a_character_is_no_fault_of_ours(client: FlaskClient, program: Program) -> None:
    """A target that cannot be written is answered, whatever the engine makes of it."""
    for half in ("\ud800", "/\ud800", "/?\ud800", "\udfff.example.com"):
        answer = client.post("/example/scope", json={"target": f"https://www.example.com{half}"})
        assert answer.status_code == 200
