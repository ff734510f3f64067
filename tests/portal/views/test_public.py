"""The front door: programs, policies, keys, and receipts read back."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

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
    assert researcher.client.post("/verify", data={"statement": altered}).status_code == 422
