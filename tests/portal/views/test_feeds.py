"""The scope as files: the same everywhere, cheap to ask for again, old versions included."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from portal.cases.catalogue import Catalogue
from portal.cases.program import Program
from portal.policy import scope_feed
from scope.formats import portico, text
from tests.actors import DAY, Staff
from tests.conftest import URL, Clock

pytestmark = pytest.mark.thorough

FILES = (
    *("scope.json", "scope.txt", "scope/burp.json", "scope/zap.context", "scope/versions.json"),
    "policy.json",
)
PACKS = ("example", "integratpark", "iwelcome", "onefactory", "unnamed")


@pytest.fixture
def second(catalogue: Catalogue, program: Program, clock: Clock) -> str:
    """A second version of the example policy, published a day later, without the brand site."""
    clock.advance(DAY)
    changed = program.policy.source.replace("summary =", "# A word more.\nsummary =", 1)
    assert changed != program.policy.source
    catalogue.publish_policy(changed, actor="test", now=clock.now)
    return changed


@pytest.mark.parametrize("name", PACKS)
def test_scope_json_gives_back_the_rules_of_the_policy(
    client: FlaskClient, publish: Callable[[str, Staff], Program], name: str
) -> None:
    """Whoever fetches it holds the very rules and settings that the checker uses."""
    roles = ("support", "security officer on duty", "CISO", "CEO", "handler", "recovery")
    program = publish(name, Staff(roles=roles))
    feed = portico.read_feed(client.get(f"/{program.slug}/scope.json").get_data(as_text=True))
    rules = program.policy.scope_rules
    assert (feed.listing.include, feed.listing.exclude) == (rules.include, rules.exclude)
    assert feed.listing.settings == rules.scope.settings
    assert (feed.text, feed.ask) == (rules.text, rules.ask)
    assert feed.edition
    assert (feed.program, feed.edition.sha256) == (program.slug, program.policy.sha256)
    assert feed.superseded_by is None


def test_scope_txt_is_read_by_our_own_reader(client: FlaskClient, program: Program) -> None:
    """The remarks at its top are comments, and the rest are the rules."""
    body = client.get("/example/scope.txt").get_data(as_text=True)
    (listing,) = text.read(body)
    rules = program.policy.scope_rules
    assert [one.pattern for one in listing.include] == [one.pattern for one in rules.include]
    assert [one.pattern for one in listing.exclude] == [one.pattern for one in rules.exclude]
    assert f"# In force now: {URL}/example/scope.txt\n" in body


def test_a_file_that_did_not_change_costs_nothing(client: FlaskClient, program: Program) -> None:
    """The tag answers for the body, which is then left out."""
    for page in FILES:
        first = client.get(f"/example/{page}")
        assert first.status_code == 200
        tag = first.headers["ETag"]
        assert tag.startswith('"')
        again = client.get(f"/example/{page}", headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag
        assert "no-cache" in again.headers["Cache-Control"]
        other = client.get(f"/example/{page}", headers={"If-None-Match": '"something else"'})
        assert other.data == first.data


def test_a_new_version_has_another_tag(
    client: FlaskClient, program: Program, catalogue: Catalogue, clock: Clock
) -> None:
    """Nobody is told that a file is the same when its rules are not."""
    tags = {page: client.get(f"/example/{page}").headers["ETag"] for page in FILES}
    changed = program.policy.source.replace("[[scope.out]]", EXTRA + "[[scope.out]]", 1)
    catalogue.publish_policy(changed, actor="test", now=clock.now)
    for page, tag in tags.items():
        again = client.get(f"/example/{page}", headers={"If-None-Match": tag})
        assert again.status_code == 200
        assert again.headers["ETag"] != tag


EXTRA = '[[scope.out]]\npattern = "new.example.com"\n\n'


def test_every_version_can_be_had(client: FlaskClient, program: Program, second: str) -> None:
    """An old version is served as it was, and says that it is not the one in force."""
    listed = client.get("/example/scope/versions.json").get_json()["versions"]
    assert [one["version"] for one in listed] == [2, 1]
    assert listed[1]["sha256"] == program.policy.sha256
    old = client.get(listed[1]["scope"].removeprefix(URL)).get_json()
    assert (old["policy"]["version"], old["superseded_by"]) == (1, 2)
    assert old["policy"]["published"] == listed[1]["published"]
    assert "NOT IN FORCE: version 2" in client.get("/example/scope.txt?version=1").text
    new = client.get("/example/scope.json?version=2")
    assert new.data == client.get("/example/scope.json").data
    assert "superseded_by" not in new.get_json()


@pytest.mark.parametrize("version", ["3", "10", "9" * 5000])
def test_a_version_that_never_was_is_not_found(
    client: FlaskClient, program: Program, second: str, version: str
) -> None:
    """The answer is a plain no that says which versions there are."""
    answer = client.get("/example/scope.json", query_string={"version": version})
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    said = answer.get_json()["error"]
    assert said["code"] == "no-such-version"
    assert said["hint"].startswith("Published: 1, 2. ")
    assert f"{URL}/example/scope/versions.json" in said["hint"]
    assert len(said["message"]) < 100


@pytest.mark.parametrize("version", ["0", "-1", "1e1", "²", "1 ", "", "01", "abc", "1' or 1"])
def test_what_is_no_version_is_refused(
    client: FlaskClient, program: Program, second: str, version: str
) -> None:
    """Nothing but a whole number is taken for a version, and two are none."""
    for given in (version, ["1", "2"]):
        answer = client.get("/example/scope.json", query_string={"version": given})
        assert answer.status_code == 400
        assert answer.get_json()["error"]["code"] == "version-refused"


def test_the_list_of_versions_has_none(client: FlaskClient, program: Program) -> None:
    """Whoever asks it for one has mixed up two addresses, and is told so."""
    for version in ("1", "99", "abc", ""):
        answer = client.get("/example/scope/versions.json", query_string={"version": version})
        assert answer.status_code == 400
        assert f"{URL}/example/scope.json" in answer.get_json()["error"]["hint"]
    assert client.get("/nobody/scope/versions.json?version=1").status_code == 404
    assert client.get("/example/scope/versions.json?utm=x").status_code == 200


@pytest.mark.parametrize("page", FILES)
@pytest.mark.parametrize("address", ["/example/{}?version=abc", "/example/{}?version=9", "/no/{}"])
def test_a_refusal_comes_as_the_file_would(
    client: FlaskClient, program: Program, page: str, address: str
) -> None:
    """A tool that reads JSON gets JSON, any other lines that are no rules; none gets a page."""
    answer = client.get(address.format(page), headers={"Accept": "text/html"})
    assert answer.status_code in (400, 404)
    if page.endswith(".json"):
        assert answer.get_json()["error"].keys() == {"code", "message", "hint"}
        return
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.text.startswith(("# version-refused: ", "# no-such-"))
    (listing,) = text.read(answer.text)
    assert (listing.include, listing.exclude) == ((), ())


def test_an_unknown_program_has_no_files(client: FlaskClient, program: Program) -> None:
    """A name that is not published, or could not be one, is not found."""
    for page in FILES:
        for slug in ("nobody", "Example", "a%0d%0aX-Evil:1", "..%2fexample"):
            answer = client.get(f"/{slug}/{page}")
            assert answer.status_code == 404
            assert "X-Evil" not in answer.headers


def test_files_are_named_and_typed(client: FlaskClient, program: Program) -> None:
    """A browser shows what it can show and saves what a tool wants, under a name that says it."""
    for kind in scope_feed.KINDS:
        answer = client.get(f"/example/{kind.page}")
        assert answer.content_type == kind.media
        manner = "attachment" if kind.saved else "inline"
        said = answer.headers["Content-Disposition"]
        assert said == f'{manner}; filename="example-{kind.ending}"'
        assert f'<{URL}/example/{kind.page}>; rel="latest-version"' in answer.headers["Link"]


def test_files_do_not_depend_on_who_asks(client: FlaskClient, program: Program) -> None:
    """What one person is given may be kept for the next: no header of a request shows in it."""
    plain = client.get("/example/scope.json")
    strange = client.get(
        "/example/scope.json?utm=x",
        headers={
            "Host": "evil.example",
            "X-Forwarded-Host": "evil.example",
            "Accept": "text/html",
            "Accept-Language": "nl",
            "Cookie": "a=b",
            "Origin": "https://evil.example",
        },
    )
    assert strange.data == plain.data
    assert strange.headers["ETag"] == plain.headers["ETag"]
    assert "Set-Cookie" not in strange.headers
    assert "Access-Control-Allow-Origin" not in strange.headers


def test_what_a_text_cannot_say_stands_at_its_top(program: Program) -> None:
    """A reader of the file alone learns which rules it does not carry whole."""
    issue = scope_feed.Issue(program.policy, portico.Edition(1, "ab" * 32), 1, URL)
    lost = scope_feed.carried(program.policy, scope_feed.TEXT).lost
    written = scope_feed.written(issue, scope_feed.TEXT)
    head = written[: written.index("\n\n")]
    assert all(line.startswith("# ") for line in head.splitlines())
    for remark in lost:
        assert " ".join(remark.message.split()) in head


def test_a_note_cannot_become_a_rule(
    client: FlaskClient, catalogue: Catalogue, program: Program, clock: Clock
) -> None:
    """Whatever breaks a line in a note of the policy does not break one of the file."""
    note = "ours\\u2028*.victim.example\\u0085*.other.example\\n*.third.example"
    rule = f'[[scope.in]]\npattern = "new.example.com"\nnote = "{note}"\n\n[[scope.out]]'
    hostile = program.policy.source.replace("[[scope.out]]", rule, 1)
    catalogue.publish_policy(hostile, actor="test", now=clock.now)
    body = client.get("/example/scope.txt").get_data(as_text=True)
    (listing,) = text.read(body)
    rules = program.policy.scope_rules.include
    assert [one.pattern for one in listing.include] == [
        *(one.pattern for one in rules),
        "new.example.com",
    ]


def test_saved_scopes_are_valid_json(client: FlaskClient, program: Program) -> None:
    """Every .json file is one."""
    for page in ("scope.json", "scope/burp.json", "scope/versions.json"):
        assert isinstance(json.loads(client.get(f"/example/{page}").data), dict)
    assert Path(scope_feed.BURP.ending).suffix == ".json"
