"""What format a file is in."""

import json
from pathlib import Path

import pytest

from scope import Rule
from scope.formats import FORMATS, Listing, write
from scope.formats.sniff import guess

FILES = Path(__file__).parents[2] / "vectors" / "formats"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("burp-project.json", "burp"),
        ("burp-prefixes.json", "burp"),
        ("zap.context", "zap-context"),
        ("zap-plan.yaml", "zap-plan"),
        ("hacker-scoper.txt", "hacker-scoper"),
        ("tomnomnom.scope", None),
        ("SCOPE", "text"),
    ],
)
def test_a_file_says_what_it_is(name: str, form: str | None) -> None:
    """Formats with a shape of their own are told; expressions alone are not guessed at."""
    assert guess((FILES / name).read_text(encoding="utf-8")) == form


PLATFORMS = ("hackerone", "bugcrowd", "intigriti", "yeswehack", "federacy")
ENTRY = {"type": "website", "target": "shop.example"}
DUMPS = {
    "yeswehack": {"id": "shop", "disabled": False, "managed": None, "min_bounty": 50},
    "bugcrowd": {"name": "Shop", "managed_by_bugcrowd": True},
    "federacy": {"id": "shop", "offers_awards": True},
}


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_platforms_file_is_never_taken_for_another(name: str) -> None:
    """Each is known by members that it alone has; without them nothing is said."""
    for line in (FILES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        given = json.loads(line)["given"]
        assert guess(given if isinstance(given, str) else json.dumps(given)) in (name, None)


def test_assets_alone_are_known_as_well() -> None:
    """What a platform's API gives without the program round it."""
    federacy = [{"identifier": "shop.example", "scope_type": "website", "in_scope": True}]
    yeswehack = {"scopes": [{"scope": "shop.example", "scope_type": "api"}]}
    assert guess(json.dumps(federacy)) == "federacy"
    assert guess(json.dumps(yeswehack)) == "yeswehack"


@pytest.mark.parametrize("name", DUMPS)
def test_a_dump_is_known_by_its_programs(name: str) -> None:
    """Public dumps of three platforms write their entries alike, but not their programs."""
    program = {**DUMPS[name], "targets": {"in_scope": [ENTRY], "out_of_scope": []}}
    assert guess(json.dumps([program])) == name
    both = {**program, **DUMPS["federacy"], **DUMPS["bugcrowd"]}
    assert guess(json.dumps([both])) is None


@pytest.mark.parametrize("name", [name for name, each in FORMATS.items() if each.writes])
def test_what_we_write_we_know_again(name: str) -> None:
    """A file of our own making is taken for what it is, or for nothing."""
    rules = tuple(map(Rule, ["*.shop.example", "https://www.shop.example/a"]))
    text = write(name, [Listing("Shop", rules, (Rule("old.shop.example"),))]).text
    assert guess(text) in (name, None, *(["text"] if name == "inscope" else []))


@pytest.mark.parametrize("text", ["{", "[]", "{}", "<html>", '{"a": {"b": []}}', "[" * 100_000])
def test_a_doubtful_file_is_not_guessed_at(text: str) -> None:
    """Whoever is not sure asks."""
    assert guess(text) is None
