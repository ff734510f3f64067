"""The description of the addresses for programs: valid, complete, and true of what is answered."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from portal.cases.program import Program
from portal.policy import pauses
from portal.policy.deadline import State
from portal.views import openapi
from scope import Scope
from tests.actors import Researcher
from tests.conftest import URL

DESCRIBED = openapi.document(URL)
Faults = Callable[[Any, str], list[str]]
CHECK = "/api/v1/programs/example/scope/check"
# Pages for people; everything else is for programs and has to be described.
PAGES = {
    ("get", "/"),
    ("get", "/{slug}/"),
    ("get", "/{slug}/scope"),
    ("get", "/{slug}/report"),
    ("get", "/{slug}/keys"),
    ("get", "/{slug}/history"),
    ("get", "/{slug}/thanks"),
    ("get", "/{slug}/history/{number}"),
    ("get", "/status"),
    ("get", "/verify"),
    ("post", "/verify"),
    ("post", "/status/message"),
    ("post", "/status/delete"),
    ("post", "/status/withdraw"),
    ("post", "/status/unname"),
    ("post", "/status/messages"),
    ("get", "/static/{build}/{path}"),
}
DESK = "/staff"  # for the desk's own script, which comes with it


@pytest.fixture
def faults() -> Faults:
    """Holds a question or an answer against one of the schemas, and returns what is wrong."""

    def found(value: Any, schema: str) -> list[str]:
        whole = {"$ref": f"#/components/schemas/{schema}", "components": DESCRIBED["components"]}
        return [error.message for error in OAS31Validator(whole).iter_errors(value)]

    return found


def test_it_is_a_valid_description(client: FlaskClient) -> None:
    """What is served is OpenAPI 3.1, with the address of this portal in it."""
    served = client.get("/api/v1/openapi.json").get_json()
    OpenAPIV31SpecValidator(served).validate()
    assert served["servers"] == [{"url": URL}]
    assert served == json.loads(json.dumps(DESCRIBED))


def test_it_describes_every_address_for_programs_and_no_other(app: Flask) -> None:
    """A route that is added or taken away without a word here is noticed."""
    routes = set()
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        routes |= {(method.lower(), path) for method in methods}
    described = {
        (method, path.replace("{program}", "{slug}"))
        for path, methods in DESCRIBED["paths"].items()
        for method in methods
    }
    desk = {(method, path) for method, path in routes if path.startswith(DESK)}
    assert described == routes - PAGES - desk


def test_every_object_of_the_api_is_named_once() -> None:
    """A program that is generated from it gets a function for each address."""
    names = [one["operationId"] for path in DESCRIBED["paths"].values() for one in path.values()]
    assert len(names) == len(set(names))


def test_every_part_of_a_policy_is_described(client: FlaskClient, program: Program) -> None:
    """A table that packs gain is not left unexplained."""
    described = DESCRIBED["components"]["schemas"]["Policy"]
    members = client.get("/example/policy.json").get_json().keys()
    assert members == described["properties"].keys() == set(described["required"])


def test_every_member_of_a_standing_is_described(researcher: Researcher) -> None:
    """What the status gains is not left unexplained, down to its dates and events."""
    schemas = DESCRIBED["components"]["schemas"]
    researcher.send()
    seen = researcher.status().json
    parts = {
        "Standing": seen,
        "Deadline": seen["deadlines"][0],
        "Happening": seen["events"][0],
        "Publication": seen["publication"],
        "HeldData": seen["data"],
        "Recognition": seen["recognition"],
        "SealedFile": seen["envelopes"][0],
    }
    for name, part in parts.items():
        described = schemas[name]
        assert part.keys() == described["properties"].keys() == set(described["required"]), name
    assert {*pauses.REASONS, None} == set(schemas["Deadline"]["properties"]["paused"]["enum"])
    assert set(State) == set(schemas["Deadline"]["properties"]["state"]["enum"])


def test_every_member_of_a_verdict_is_described() -> None:
    """What the library adds to a verdict is not left unexplained."""
    described = DESCRIBED["components"]["schemas"]
    verdict = Scope.from_rules(["a.example"]).check("a.example").to_dict()
    assert described["Verdict"]["properties"].keys() == verdict.keys()
    assert set(described["Verdict"]["required"]) == verdict.keys()
    rule = set(described["NamedRule"]["properties"])
    assert rule == {*verdict["rule"], "when"}


@pytest.mark.parametrize(
    "body",
    [
        {"target": "www.shop.example.com"},
        {"target": "pay.shop.example.com"},
        {"target": "legacy.shop.example.com", "answers": {"customer-data": True}},
        {"target": "legacy.shop.example.com"},
        {"target": "https://www.example.com", "receipts": False},
        {"target": "*.example.com"},
        {"target": "nowhere.test", "facts": {"ips": [], "tags": ["a"], "date": "2026-11-22"}},
        {"target": ""},
        {"targets": ["www.example.com", {"target": "192.0.2.1", "facts": {"cnames": ["a.b"]}}]},
    ],
    ids=lambda body: json.dumps(body)[:40],
)
def test_questions_and_answers_are_as_described(
    client: FlaskClient, program: Program, faults: Faults, body: dict[str, Any]
) -> None:
    """What the description allows is understood, and the answer has the described shape."""
    many = "targets" in body
    assert faults(body, "Many" if many else "One") == []
    answer = client.post(CHECK, json=body)
    assert answer.status_code == 200
    for line in answer.text.splitlines() if many else [answer.text]:
        assert faults(json.loads(line), "Line" if many else "Answer") == []


def test_other_answers_are_as_described(researcher: Researcher, faults: Faults) -> None:
    """Feeds, checker, submission, status and refusals."""
    client = researcher.client
    assert faults(client.get("/example/scope.json").get_json(), "Scope") == []
    assert faults(client.get("/example/scope/versions.json").get_json(), "Versions") == []
    assert faults(client.get("/example/policy.json").get_json(), "Policy") == []
    for one in client.get("/example/report/dates.json").get_json()["deadlines"]:
        assert faults(one, "Deadline") == []
    assert faults(researcher.check("www.shop.example.com").json, "Answer") == []
    assert faults(researcher.send().json, "Kept") == []
    assert faults(researcher.status().json, "Standing") == []
    assert faults(client.post(CHECK, json={"target": 5}).get_json(), "Error") == []
    assert faults(client.post("/status", json={"lookup": "0" * 64}).get_json(), "Error") == []
    for version in ("abc", "99"):
        refused = client.get(f"/example/scope.json?version={version}")
        assert faults(refused.get_json(), "Error") == []
        assert (
            str(refused.status_code)
            in DESCRIBED["paths"]["/{program}/scope.json"]["get"]["responses"]
        )


def test_what_is_described_as_wrong_is_refused(
    client: FlaskClient, program: Program, faults: Faults
) -> None:
    """Reader and description agree about slips, too."""
    for body in (
        {"target": 5},
        {"target": "a", "wrong": 1},
        {"target": "a", "answers": {"Q?": True}},
        {"target": "a", "facts": {"ips": "192.0.2.1"}},
    ):
        assert client.post(CHECK, json=body).status_code == 400
        assert faults(body, "One")
