"""Kinds of what comes in: what a policy takes, what the server may know, what starts no clock."""

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from portal.cases.program import Program
from portal.cases.store import Store
from portal.errors import DeliveryRefused
from portal.intake.delivery import Delivery
from tests.actors import Researcher, Staff, seal

Publish = Callable[[str, Staff], Program]


def test_a_quick_report_has_the_same_clocks(researcher: Researcher, store: Store) -> None:
    """S0-16, S3-1: two answers now start what all answers would have started."""
    quick = researcher.send(kind="quick").json["claims"]
    full = Researcher(researcher.client, researcher.program).send().json["claims"]
    assert quick["kind"] == "quick"
    assert [one["due"] for one in quick["deadlines"]] == [one["due"] for one in full["deadlines"]]
    assert {report.kind for report in store.reports()} == {"quick", "report"}


def test_a_question_starts_no_clock(researcher: Researcher, store: Store) -> None:
    """S2-27: neither receipt nor status names a date, and no verdict belongs to it."""
    claims = researcher.send(kind="question").json["claims"]
    assert (claims["kind"], claims["deadlines"], claims["verdict"]) == ("question", [], None)
    shown = researcher.status().json
    assert (shown["kind"], shown["deadlines"], shown["not_promised"]) == ("question", [], [])
    assert [report.has_clocks for report in store.reports()] == [False]


@pytest.mark.parametrize(("name", "kind"), [("unnamed", "question"), ("onefactory", "quick")])
def test_a_kind_that_the_policy_does_not_offer_is_refused(
    client: FlaskClient, publish: Publish, store: Store, name: str, kind: str
) -> None:
    """Nothing is kept, and the way to send it is named."""
    someone = Researcher(client, publish(name, Staff("hybrid")))
    answer = someone.send(kind=kind)
    assert answer.status_code == 400
    assert "does not take a" in answer.json["error"]["message"]
    assert "as a report" in answer.json["error"]["hint"]
    assert list(store.reports()) == []


def test_what_is_ticked_is_kept_signed_and_shown(researcher: Researcher, store: Store) -> None:
    """The two ticks stand in the receipt, on the status page and in the database."""
    claims = researcher.send(exposed="yes", exploited="yes").json["claims"]
    assert (claims["exposed"], claims["exploited"]) == (True, True)
    shown = researcher.status().json
    assert (shown["exposed"], shown["exploited"]) == (True, True)
    (kept,) = store.reports()
    assert (kept.exposed, kept.exploited) == (True, True)


def test_nothing_is_ticked_unless_it_was(researcher: Researcher) -> None:
    """An absent tick means no."""
    claims = researcher.send().json["claims"]
    assert (claims["exposed"], claims["exploited"]) == (False, False)


@pytest.mark.parametrize(
    "fields",
    [
        {"exposed": "true"},
        {"exploited": "no"},
        {"kind": "letter"},
        {"kind": "question", "exposed": "yes"},
    ],
    ids=str,
)
def test_what_means_nothing_certain_is_refused(fields: dict[str, str]) -> None:
    """Rather than to take a tick for none, or a question for what staff open first."""
    with pytest.raises(DeliveryRefused):
        Delivery.parse(fields, {"sealed": io.BytesIO(b"x")})


def test_a_question_brings_no_ruling(researcher: Researcher, store: Store) -> None:
    """One that comes with a scope receipt is none; it is refused, not quietly changed."""
    receipt = researcher.check("api.example.com").json["receipt"]
    answer = researcher.send(kind="question", scope_receipt=receipt)
    assert answer.status_code == 400
    assert list(store.reports()) == []


def test_by_hand_all_of_it_can_be_said(researcher: Researcher, store: Store) -> None:
    """The upload without script has the kind and the same two ticks."""
    for fields in ({"kind": "question"}, {"exposed": "yes"}):
        sealed = seal(repr(fields).encode(), researcher.recipients())
        data = {**fields, "sealed": (io.BytesIO(sealed), "x.age")}
        answer = researcher.client.post("/example/report", data=data)
        assert answer.status_code == 201
        asks = fields.get("kind") == "question"
        assert ("A question starts no clock" in answer.get_data(as_text=True)) is asks
    kept = {(one.kind, one.exposed) for one in store.reports()}
    assert kept == {("question", False), ("report", True)}


def test_a_tick_that_comes_later_is_not_lost(researcher: Researcher, store: Store) -> None:
    """The same file sent again with a tick is a report of its own; by script it is refused."""
    sealed = seal(b"by hand", researcher.recipients())
    for fields in ({}, {"exposed": "yes"}):
        data = {**fields, "sealed": (io.BytesIO(sealed), "x.age")}
        assert researcher.client.post("/example/report", data=data).status_code == 201
    assert {report.exposed for report in store.reports()} == {False, True}
    sent = researcher.sealed()
    assert researcher.send(sent).status_code == 201
    assert researcher.send(sent, exposed="yes").status_code == 409
