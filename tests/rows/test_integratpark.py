"""Integratpark's policy, as its pack alone runs it: what it covers, and what cannot wait."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import letters
from tests.actors import MINUTE
from tests.towns import Place, Town, record, status

pytestmark = pytest.mark.thorough

Submit = Callable[..., Any]
SCOPE = {
    "app.integratpark.com": "in",
    "https://pay.app.integratpark.com/login": "in",
    "www.integratpark.com": "review",
    "integratpark.com.evil.example": "unknown",
    "api.vendor.example": "out",
}


@pytest.fixture
def integratpark(town: Town) -> Place:
    """The program."""
    return town.at("integratpark")


def test_the_form_comes_first_and_the_mailbox_second(integratpark: Place) -> None:
    """S0-1: in security.txt and on the policy page, under which no other mailbox stands."""
    lines = integratpark.page("security.txt").splitlines()
    assert [line for line in lines if line.startswith("Contact:")] == [
        "Contact: http://portico.test/integratpark/report",
        "Contact: mailto:ResponsibleDisclosure@fullsteam.com",
    ]
    assert "ResponsibleDisclosure@fullsteam.com" in integratpark.part("contacts")


def test_three_kinds_of_finding_can_be_chosen_and_no_other(integratpark: Place) -> None:
    """S0-2: exposed data among them, with what the policy says about it and with its questions."""
    kind = integratpark.control("f-report_kind")
    for value in ("exposed_data", "vulnerability", "weakness"):
        assert f'value="{value}"' in kind
    assert kind.count("<option") == 4  # and the empty one
    assert integratpark.asked["report_kind"]["strength"] == "required"
    advice = integratpark.form.split('data-advice="report_kind=exposed_data"')[1]
    assert "purge all data" in advice[: advice.index("</div>\n</div>")]
    block = integratpark.form.split('data-occasion="exposed"')[1].split(
        'data-occasion="exploited"'
    )[0]
    for question in ("exposed_data", "exposed_amount", "exposed_open"):
        assert f'id="f-{question}"' in block


@pytest.mark.parametrize("kind", ["bribe", "question", ""])
def test_no_other_kind_of_delivery_is_taken(integratpark: Place, kind: str) -> None:
    """S0-2: not an invented one, and no question, because the policy invites none."""
    reporter = integratpark.reporter()
    refused = reporter.send(kind=kind)
    assert refused.status_code in {400, 422}
    assert refused.json["error"]["hint"]
    assert reporter.status().status_code == 404


@pytest.mark.parametrize("target", SCOPE)
def test_a_target_gets_its_ruling(integratpark: Place, target: str) -> None:
    """S0-3: hosted applications and other subdomains are in, the marketing site asks first."""
    assert integratpark.check(target)["verdict"]["ruling"] == SCOPE[target]


@pytest.mark.parametrize("sensitive", [True, False])
@pytest.mark.parametrize("other", [True, False])
def test_the_marketing_site_is_refused_on_two_noes_alone(
    integratpark: Place, *, sensitive: bool, other: bool
) -> None:
    """S0-4: the four pairs of answers; both questions come before the ruling."""
    asked = integratpark.check("www.integratpark.com")["verdict"]["questions"]
    assert [one["id"] for one in asked] == ["sensitive-data", "affects-other-system"]
    answers = {"sensitive-data": sensitive, "affects-other-system": other}
    said = integratpark.check("www.integratpark.com", **answers)
    sent = integratpark.reporter().send(scope_receipt=said["receipt"])
    refused = not sensitive and not other
    assert said["verdict"]["ruling"] == ("out" if refused else "in")
    assert sent.status_code == (422 if refused else 201)


def test_a_vendors_system_is_sent_to_its_vendor(integratpark: Place) -> None:
    """S0-12: out, with the address to go to; a report about it is not kept."""
    said = integratpark.check("api.vendor.example")
    assert said["verdict"]["redirect"]["address"] == "https://vendor.example/security"
    reporter = integratpark.reporter()
    refused = reporter.send(scope_receipt=said["receipt"])
    assert refused.json["error"]["code"] == "out-of-scope"
    assert "https://vendor.example/security" in refused.json["error"]["hint"]
    assert reporter.status().status_code == 404


@pytest.mark.parametrize(
    ("field", "answer", "read"),
    [
        ("service_impact", "yes", "### Did your testing disturb the service?\n\nYes"),
        ("data_held", "more", "### Data you still hold\n\nMore than that"),
        ("tools_used", "nmap", "### Tools\n\n`nmap`"),
    ],
)
def test_staff_read_what_the_server_never_learns(
    integratpark: Place, submit: Submit, field: str, answer: str, read: str
) -> None:
    """S0-10, S0-11, S0-15: tools, disturbance and held data stand in the sealed report alone."""
    assert integratpark.asked[field]["strength"] == "requested"
    sent = submit(integratpark, "app.integratpark.com", [], "--field", f"{field}={answer}")
    assert read in sent.text
    shown = integratpark.handler().get(f"/staff/api/reports/{sent.report}").json
    assert [(one["name"], one["data"]) for one in shown["events"]] == [("received", {})]
    assert (shown["exposed"], shown["data"]["state"]) == (False, "none")


def test_holding_more_than_needed_shows_what_the_policy_says(integratpark: Place) -> None:
    """S0-15: the guidance waits beside the question, for that answer."""
    assert "as far as it takes to document" in integratpark.part("conduct")
    advice = integratpark.form.split('data-advice="data_held=more"')[1]
    assert "purge all data" in advice[: advice.index("</div>\n</div>")]


def test_two_answers_are_enough_to_report_at_once(integratpark: Place, submit: Submit) -> None:
    """S0-16: target and title; the rest comes later by token, while the case goes on."""
    assert 'data-kind-of="quick"' in integratpark.form
    assert {"found_at", "stopped_at"} <= set(integratpark.asked)
    sent = submit(integratpark, "app.integratpark.com", [], "--kind", "quick")
    assert sent.document.kind == "quick"
    assert set(sent.document.fields) == {"title", "location"}  # the location is the target
    assert letters.write(sent.reporter, 1).status_code == 201
    handler = integratpark.handler()
    assert record(handler, sent.report, "acknowledge").status_code == 201
    assert "Confirmed by staff" in status(sent.reporter)


def test_exposed_data_is_looked_at_first(found: Callable[..., Town]) -> None:
    """S0-17: before reports that came earlier; and the policy demands to stop and to tell."""
    place = found("integratpark").at("integratpark")
    assert "at once when you discover that data which is not public lies open" in place.words()
    earlier = place.reporter().send().json["report"]
    place.town.clock.advance(MINUTE)
    exposed = place.reporter().send(exposed="yes", kind="quick").json["report"]
    listed = place.handler().get("/staff/api/queue").json["reports"]
    assert [one["id"] for one in listed] == [exposed, earlier]
    assert listed[0]["exposed"] is True


def test_the_receipt_asks_to_purge_and_the_status_page_how(integratpark: Place) -> None:
    """S0-18: in this policy's words; what is signed afterwards says “purged”."""
    told = "Once you have reported, purge all data of Integratpark"
    assert told in integratpark.by_hand()
    reporter = integratpark.reporter()
    reporter.send()
    data = reporter.status().json["data"]
    assert data["clause"] == "purged"
    assert told in data["told"][0]


@pytest.mark.parametrize("pack", ["unnamed", "onefactory", "iwelcome", "example"])
def test_no_other_receipt_speaks_of_purging(town: Town, pack: str) -> None:
    """S0-18: the wish is Integratpark's alone."""
    assert "purge" not in town.at(pack).by_hand()
