"""The history of a policy: every version, what it changed, and what stays for old reports."""

import html
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from portal.cases.catalogue import Catalogue
from portal.cases.program import Program
from tests.actors import Researcher
from tests.conftest import Clock

Change = Callable[[str, str], int]


@pytest.fixture
def change(catalogue: Catalogue, program: Program, clock: Clock) -> Change:
    """Publishes the policy in force with one text put for another."""

    def changed(old: str, new: str) -> int:
        source = catalogue.program(program.slug, now=clock.now).policy.source
        assert old in source
        return catalogue.publish_policy(source.replace(old, new), actor="test", now=clock.now)

    return changed


def shown(client: FlaskClient, path: str) -> str:
    """Return the words of a page."""
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def test_the_first_version_has_nothing_before_it(client: FlaskClient, program: Program) -> None:
    """It is listed with its date and hash, as the one in force."""
    listed = shown(client, "/example/history")
    assert "Version 1 , in force" in listed
    assert "Sunday 22 November 2026, 10:30 Europe/Amsterdam" in listed
    assert program.policy.sha256[:16] in listed
    assert "nothing to compare it with" in shown(client, "/example/history/1")


def test_a_change_is_shown_in_words_and_line_by_line(client: FlaskClient, change: Change) -> None:
    """The part, the promise, both values; and the two lines of the pack below."""
    assert change("within three business days", "within five business days") == 2
    assert change('within = "3 business days"', 'within = "5 business days"') == 3
    listed = shown(client, "/example/history")
    assert (
        listed.index("Version 3 , in force") < listed.index("Version 2") < listed.index("Version 1")
    )
    assert "Changed: What you are promised." in listed
    page = shown(client, "/example/history/3")
    assert "Changed Promise “ack” Within Before: 3 business days Now: 5 business days" in page
    assert '-clock = { within = "3 business days"' in page
    assert '+clock = { within = "5 business days"' in page


def test_silence_is_shown_as_silence(client: FlaskClient, change: Change) -> None:
    """What was not stated before, or is no longer, is said in those words."""
    change("issued = 2026-11-22 ", "# issued = 2026-11-22 ")
    assert "Issued Before: 2026-11-22 Now: not stated" in shown(client, "/example/history/2")
    change("# issued = 2026-11-22 ", "issued = 2026-11-22 ")
    assert "Issued Before: not stated Now: 2026-11-22" in shown(client, "/example/history/3")


def test_a_remark_in_the_pack_changes_nothing(client: FlaskClient, change: Change) -> None:
    """A version that says the same is called that."""
    change("# A complete policy pack", "# Another remark")
    assert "It says the same as version 1" in shown(client, "/example/history/2")
    assert "only the way it is written down" in shown(client, "/example/history")


def test_old_reports_keep_old_promises(
    client: FlaskClient, researcher: Researcher, change: Change
) -> None:
    """Who reported under version 1 sees its dates after version 2 is in force."""
    sent = researcher.send().json
    change('within = "3 business days"', 'within = "9 business days"')
    deadlines = researcher.status().json["deadlines"]
    ack = next(one for one in deadlines if one["id"] == "ack")
    promised = next(one for one in sent["claims"]["deadlines"] if one["id"] == "ack")
    assert "3 business days" in ack["explanation"]
    assert ack["due"] == promised["due"]


@pytest.mark.parametrize(
    ("asked", "status"), [("2", 404), ("0", 400), ("x", 400), ("01", 400), ("9" * 60, 404)]
)
def test_versions_that_are_none_are_refused(
    client: FlaskClient, program: Program, asked: str, status: int
) -> None:
    """With a page that says where the versions are listed."""
    answer = client.get(f"/example/history/{asked}")
    assert answer.status_code == status
    assert "/example/history" in answer.text
    assert client.get("/nobody/history").status_code == 404


def test_what_a_pack_says_is_never_markup(client: FlaskClient, change: Change) -> None:
    """A hostile text in a pack is text on the page, in the words and in the lines."""
    change("Overload a service, or attempt to.", "<script>alert(1)</script>")
    page = client.get("/example/history/2").text
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2


def test_the_policy_page_leads_there(client: FlaskClient, program: Program) -> None:
    """From “This policy”."""
    page = client.get("/example/").text
    for name in ("history", "policy.json", "security.txt"):
        assert f'href="/example/{name}"' in page
