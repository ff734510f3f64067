"""The front door: programs, policies, keys, and receipts read back."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from portal.cases.catalogue import Catalogue
from portal.cases.program import Program
from tests.actors import DAY, Researcher, Staff
from tests.conftest import Clock

NAMES = ("example", "integratpark", "iwelcome", "onefactory", "unnamed")


def test_the_only_program_is_the_front_page(client: FlaskClient, program: Program) -> None:
    """A portal with one program goes straight there."""
    assert client.get("/").headers["Location"] == "/example/"


def test_every_program_is_listed(
    client: FlaskClient, program: Program, publish: Callable[[str, Staff], Program]
) -> None:
    """With several, the front page lists each with its links."""
    other = publish("unnamed", Staff("hybrid"))
    page = client.get("/").get_data(as_text=True)
    for one in (program, other):
        assert f'href="/{one.slug}/report"' in page
        assert one.name in page


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_policy_has_its_pages(
    client: FlaskClient, publish: Callable[[str, Staff], Program], name: str
) -> None:
    """Five packs, four pages each, none of which fails."""
    roles = ("support", "security officer on duty", "CISO", "CEO", "handler", "recovery")
    slug = publish(name, Staff(roles=roles)).slug
    for page in ("", "scope", "report", "keys"):
        assert client.get(f"/{slug}/{page}").status_code == 200


def test_what_a_policy_leaves_open_is_not_filled_in(
    client: FlaskClient, publish: Callable[[str, Staff], Program]
) -> None:
    """S0-19: Integratpark promises no times; its pages say so and no date is made up."""
    someone = Researcher(client, publish("integratpark", Staff("hybrid")))
    assert "The policy does not say." in client.get("/integratpark/").get_data(as_text=True)
    assert someone.send().json["claims"]["deadlines"] == []


def test_expired_keys_close_the_form_and_say_so(
    client: FlaskClient, program: Program, clock: Clock
) -> None:
    """The policy stays readable; whatever would be sealed to is withheld."""
    clock.advance(31 * DAY)
    assert client.get("/example/").status_code == 200
    assert "closed" in client.get("/example/report").get_data(as_text=True)
    for path in ("keyset.jws", "recipients.txt"):
        answer = client.get(f"/example/{path}")
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]


def test_a_receipt_is_read_back(researcher: Researcher) -> None:
    """A genuine receipt shows what was kept and which dates were promised."""
    sent = researcher.send().json
    page = researcher.client.post("/verify", data={"statement": sent["receipt"]})
    shown = page.get_data(as_text=True)
    assert page.status_code == 200
    assert sent["report"] in shown
    for deadline in sent["claims"]["deadlines"]:
        assert deadline["label"] in shown


@pytest.mark.parametrize("change", ["", "a.b.c", "e30.e30.e30", "x" * 70_000])
def test_what_is_no_receipt_is_refused(client: FlaskClient, program: Program, change: str) -> None:
    """Nothing, nonsense and too much are refused with words, and never with a fault of ours."""
    answer = client.post("/verify", data={"statement": change})
    assert answer.status_code in {413, 422}
    assert client.post("/verify", json=[change]).status_code == 422


def test_an_altered_receipt_is_refused(researcher: Researcher) -> None:
    """One changed letter and it proves nothing."""
    receipt = researcher.send().json["receipt"]
    middle = receipt.index(".") + 30
    other = "A" if receipt[middle] != "A" else "B"
    altered = receipt[:middle] + other + receipt[middle + 1 :]
    refused = researcher.client.post("/verify", data={"statement": altered})
    assert refused.status_code == 422
    assert "This is not a receipt that this server signed, or it was changed since." in refused.text


@pytest.fixture
def ruled(researcher: Researcher) -> dict[str, str]:
    """What the checker gave for a target: the receipt and its code."""
    said = researcher.check("www.shop.example.com").json
    return {"statement": said["receipt"], "target": "www.shop.example.com", "code": said["nonce"]}


def test_a_ruling_is_read_back(client: FlaskClient, ruled: dict[str, str]) -> None:
    """The receipt alone shows ruling, rule and policy; the target stays hidden."""
    page = client.post("/verify", data={"statement": ruled["statement"]})
    shown = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "<code>*.shop.example.com</code> (shop)" in shown
    assert "In scope" in shown
    assert "still in force" in shown
    assert "www.shop.example.com" not in shown


@pytest.mark.parametrize(
    "typed",
    [
        "www.shop.example.com",
        " WWW.shop.example.com. ",
        "https://www.shop.example.com",
        "https://me@www.shop.example.com/cart?id=1#x",
    ],
)
def test_a_target_is_shown_to_be_the_one(researcher: Researcher, typed: str) -> None:
    """Whoever has the target, as they remember it, and the code can show that it is about it."""
    asked = "https://www.shop.example.com" if "://" in typed else "www.shop.example.com"
    said = researcher.check(asked).json
    fields = {"statement": said["receipt"], "target": typed, "code": f" {said['nonce']}\n"}
    page = researcher.client.post("/verify", data=fields)
    assert page.status_code == 200
    assert "The receipt is about <code>" in page.get_data(as_text=True)
    assert "Nothing. The same policy is in force" in page.get_data(as_text=True)


def test_another_target_or_code_shows_nothing(client: FlaskClient, ruled: dict[str, str]) -> None:
    """A stranger with the receipt learns nothing by trying targets without the code."""
    for change in (
        {"target": "other.shop.example.com"},
        {"target": "not a target"},
        {"target": ""},
        {"code": "A" * 22},
        {"code": "not a code"},
        {"code": ""},
    ):
        page = client.post("/verify", data=ruled | change)
        assert page.status_code == 422
        assert "The receipt is about <code>" not in page.get_data(as_text=True)
        assert "In scope" not in page.get_data(as_text=True)


def test_what_changed_since_is_said(
    client: FlaskClient, ruled: dict[str, str], program: Program, catalogue: Catalogue, clock: Clock
) -> None:
    """In then and out now, under which versions, by which rule, and why."""
    source = program.policy.source.replace(
        "[[scope.out]]", '[[scope.out]]\npattern = "www.shop.example.com"\n\n[[scope.out]]', 1
    )
    catalogue.publish_policy(source, actor="test", now=clock.now)
    shown = client.post("/verify", data=ruled).get_data(as_text=True)
    assert "now; it was “In scope” then" in shown
    assert "Out of scope" in shown
    assert "Version 2; it was version 1 then" in shown
    assert 'href="/example/scope.json?version=1"' in shown
    alone = client.post("/verify", data={"statement": ruled["statement"]}).get_data(as_text=True)
    assert "The policy has changed" in alone


def test_a_ruling_that_hung_on_answers_asks_again(
    client: FlaskClient, publish: Callable[[str, Staff], Program]
) -> None:
    """The receipt holds no answers; with them the page says the same as then."""
    someone = Researcher(client, publish("integratpark", Staff("hybrid")))
    target = "www.integratpark.com"
    questions = [one["id"] for one in someone.check(target).json["verdict"]["questions"]]
    said = someone.check(target, **dict.fromkeys(questions, False)).json
    assert said["verdict"]["ruling"] == "out"
    fields = {"statement": said["receipt"], "target": target, "code": said["nonce"]}
    first = client.post("/verify", data=fields).get_data(as_text=True)
    assert all(f'name="answer-{one}"' in first for one in questions)
    answers = {f"answer-{one}": "no" for one in questions}
    again = client.post("/verify", data=fields | answers).get_data(as_text=True)
    assert "Nothing. The same policy is in force" in again


def test_a_ruling_that_hung_on_facts_asks_for_them(
    client: FlaskClient, program: Program, catalogue: Catalogue, clock: Clock
) -> None:
    """Nothing but their kind is in the receipt; with them the page says the same as then."""
    rule = '\n[[scope.in]]\npattern = "b.example.org"\nwhen = { resolves_to = "192.0.2.0/24" }\n'
    catalogue.publish_policy(program.policy.source + rule, actor="test", now=clock.now)
    asked = {"target": "b.example.org", "facts": {"ips": ["192.0.2.7"]}}
    said = client.post("/example/scope", json=asked).get_json()
    fields = {"statement": said["receipt"], "target": "b.example.org", "code": said["nonce"]}
    first = client.post("/verify", data=fields).text
    assert "now; it was “" in first
    assert 'data-facts="ips">' in first
    again = client.post("/verify", data=fields | {"fact-ips": "192.0.2.7"}).text
    assert "Nothing. The same policy is in force" in again


def test_what_was_typed_to_verify_is_escaped_and_not_logged(
    client: FlaskClient, ruled: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    """A hostile receipt, target or code comes back as text, and stays out of the log."""
    caplog.set_level("DEBUG")
    hostile = '"><script>alert(1)</script>'
    for name in ruled:
        page = client.post("/verify", data=ruled | {name: hostile})
        assert "<script>alert" not in page.get_data(as_text=True)
    client.post("/verify", data=ruled)
    assert "alert" not in caplog.text
    assert "shop.example.com" not in caplog.text


def test_every_version_of_a_keyset_can_be_read(
    client: FlaskClient, program: Program, clock: Clock
) -> None:
    """Also one that has expired: it says whose key signed an old message."""
    keyset = program.keyset
    assert keyset is not None
    clock.advance(60 * DAY)
    assert client.get("/example/keyset.jws").status_code == 503
    assert client.get("/example/keyset.jws?version=1").get_data(as_text=True) == keyset.text
    for asked, status in (("2", 404), ("0", 400), ("x", 400), ("", 400), ("9" * 40, 400)):
        assert client.get(f"/example/keyset.jws?version={asked}").status_code == status
    assert client.get("/nobody/keyset.jws?version=1").status_code == 404


def test_a_version_that_was_never_published_is_said_in_text(
    client: FlaskClient, program: Program
) -> None:
    """To whoever asks with a command; the page's own script gets the same as JSON."""
    said = client.get("/example/keyset.jws?version=9")
    assert (said.status_code, said.mimetype) == (404, "text/plain")
    assert said.text.startswith("# no-such-version: There is no version 9 of the keyset")
    script = {"Accept": "text/plain, application/json;q=0.9"}
    for path, code in (("?version=9", "no-such-version"), ("?version=x", "version-refused")):
        answer = client.get(f"/example/keyset.jws{path}", headers=script)
        assert answer.get_json()["error"]["code"] == code
