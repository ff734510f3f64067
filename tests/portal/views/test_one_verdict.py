"""Promise 4: the page, the API and the command line say the same of the same target."""

import argparse
import html
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.cases.program import Program
from portal.commands import scope as command
from portal.policy.scope_policy import ScopePolicy
from scope import Question, Redirect, Rule
from scope.formats import Listing, portico, write
from scope.settings import Settings

pytestmark = pytest.mark.thorough

VECTORS = Path(__file__).parents[2] / "vectors" / "scope.jsonl"
PAGE, API = "/example/scope", "/api/v1/programs/example/scope/check"
OPTIONS = {"ips": "--ip", "cnames": "--cname", "tags": "--tag"}


@dataclass
class Shelf:
    """A catalogue with one program, whose rules a test changes."""

    held: Program

    def program(self, _: str, **__: object) -> Program:
        """Return the program."""
        return self.held

    def put(self, listing: Listing) -> None:
        """Give the program these rules."""
        rules = ScopePolicy(listing.scope(), listing.include, listing.exclude)
        self.held = replace(self.held, policy=replace(self.held.policy, scope_rules=rules))


@pytest.fixture
def shelf(app: Flask, program: Program) -> Shelf:
    """What the portal serves instead of its database."""
    shelf = Shelf(program)
    services = app.extensions["portico"]
    app.extensions["portico"] = replace(services, catalogue=shelf)
    return shelf


def vectors() -> list[dict[str, Any]]:
    """Return a vector of each area and ruling, the hardest of them."""
    lines = VECTORS.read_text(encoding="utf-8").splitlines()
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for vector in map(json.loads, lines):
        key = vector["area"], vector["ruling"]
        if len(json.dumps(vector)) > len(json.dumps(found.get(key, ""))):
            found[key] = vector
    return list(found.values())


def rule(given: str | dict[str, Any]) -> Rule:
    """Build a rule from its vector form, in which questions and redirects are pairs."""
    fields: dict[str, Any] = {"pattern": given} if isinstance(given, str) else dict(given)
    fields["unless"] = tuple(Question(*pair) for pair in fields.get("unless", ()))
    fields["redirect"] = Redirect(*fields["redirect"]) if "redirect" in fields else None
    return Rule(**fields)


def listing_of(vector: dict[str, Any]) -> Listing:
    """Build the scope that a vector is about."""
    return Listing(
        "",
        tuple(rule(each) for each in vector["in"]),
        tuple(rule(each) for each in vector["out"]),
        Settings(**vector.get("settings", {})),
    )


def told(client: FlaskClient, vector: dict[str, Any], day: str) -> tuple[Any, Any, str | None]:
    """Ask the API about one target, then about a list, and the page if nothing has to be known."""
    facts, answers = {"date": day, **vector.get("facts", {})}, vector.get("answers", {})
    asked = {"answers": answers, "facts": facts, "receipts": False}
    one = client.post(API, json={"target": vector["target"], **asked}).get_json()
    many = client.post(API, json={"targets": [vector["target"]], **asked})
    fields = {f"answer-{name}": "yes" if yes else "no" for name, yes in answers.items()}
    page = None
    if "facts" not in vector:
        page = client.post(PAGE, data={"target": vector["target"], **fields}).text
    return one["verdict"], json.loads(many.text)["verdict"], page


def typed(vector: dict[str, Any], rules: Path, day: str) -> int:
    """Ask the command, as a shell would."""
    facts = {"date": day, **vector.get("facts", {})}
    words = ["scope", "check", "--rules", str(rules), "--format", "jsonl"]
    words += ["--date", facts.pop("date")]
    for name, values in facts.items():
        for value in values or ["none"]:
            words += [OPTIONS[name], value]
    asked = {question.id for each in listing_of(vector).exclude for question in each.unless}
    for name, yes in vector.get("answers", {}).items():
        if name in asked:
            words += ["--answer", f"{name}={'yes' if yes else 'no'}"]
    parser = argparse.ArgumentParser()
    command.register(parser.add_subparsers(required=True))
    options = parser.parse_args([*words, "--", vector["target"]])
    return int(options.run(options))


def test_page_api_and_command_agree(
    client: FlaskClient, shelf: Shelf, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of every area and ruling of the vectors, with the same rules, answers, facts and day."""
    rules, day = tmp_path / "scope.json", "2026-11-22"
    rulings = set()
    for vector in vectors():
        listing = listing_of(vector)
        shelf.put(listing)
        rules.write_text(write("portico", [listing]).text, encoding="utf-8")
        one, many, page = told(client, vector, day)
        code = typed(vector, rules, day)
        said = json.loads(capsys.readouterr().out)
        said.pop("input")
        assert one == many == said, vector
        assert code == {"in": 0, "out": 1, "invalid": 2, "unknown": 3}.get(one["ruling"], 4)
        if page is not None:
            assert f'data-ruling="{one["ruling"]}"' in page, vector
            assert one["reason"] in html.unescape(page), vector
        rulings.add(one["ruling"])
    assert len(rulings) == 6


def test_the_published_scope_rules_as_the_portal_does(program: Program) -> None:
    """Whoever takes scope.json along gets the portal's own verdicts, to the last sentence."""
    rules = program.policy.scope_rules
    listing = Listing(program.name, rules.include, rules.exclude, rules.scope.settings)
    (taken,) = portico.read(portico.write(listing).text)
    for target in ("www.shop.example.com", "pay.shop.example.com", "example.com", "192.0.2.1"):
        assert taken.scope().check(target) == rules.scope.check(target)
