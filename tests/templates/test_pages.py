"""Whole pages: what they never contain, and what each must say."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from portal import house
from portal.cases.program import Program
from portal.policy.pack import Policy

TEMPLATES = sorted(house.folder("templates").rglob("*.html"))
SCRIPTS = sorted((house.folder("static") / "js").glob("*.js"))
SILENT = "The policy does not say."
# What would promise that staff answer here, or that a reporter can write back.
CONVERSATION = r"read(?:s|ing)? (?:the )?answers|opens the answers|in your name|sealed repl"
TOKEN_OF_A_BROWSER = "00041-06105-0R3GG-28A1C-60T3G-F4CQB"
LIMIT = 100 * 1024 * 1024  # bytes of a delivery


def policy_page(pages: Environment, policy: Policy) -> str:
    """Render the policy page of a program without keys."""
    program = Program(policy, policy_version=3, keyset=None)
    return pages.get_template("public/program.html").render(program=program)


def part(page: str, name: str) -> str:
    """Return the part of a page under the heading with this id."""
    found = re.search(rf'<h2 id="{name}">.*?</section>', page, re.DOTALL)
    assert found, name
    return found[0]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_page_carries_no_code_of_its_own(path: Path) -> None:
    """No inline script, style or handler: the content policy would block it anyway."""
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=|javascript:", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_page_loads_nothing_from_elsewhere(path: Path) -> None:
    """Whatever a page loads is an asset of this build."""
    source = path.read_text(encoding="utf-8")
    loaded = re.findall(r"<(?:script|link|img|use)\b[^>]*?(?:src|href)=\"([^\"]*)\"", source)
    assert all(address.startswith("{{ asset(") for address in loaded)


@pytest.mark.parametrize("path", [*TEMPLATES, *SCRIPTS], ids=lambda path: path.name)
def test_no_page_promises_a_conversation(path: Path) -> None:
    """A token shows how a report stands and opens its copy; answers do not come through here."""
    assert not re.search(CONVERSATION, path.read_text(encoding="utf-8"), re.IGNORECASE)


def test_a_policy_that_is_silent_stays_silent(
    pages: Environment, policy: Callable[[str], Policy]
) -> None:
    """S0 names no time, harbour, reward, anonymity or window, and none is invented (S0-19)."""
    page = policy_page(pages, policy("integratpark"))
    for name in ("promises", "publication", "reward", "harbour", "anonymity", "authorities"):
        assert SILENT in part(page, name), name
    assert SILENT not in part(page, "data")
    assert page.split('<dl class="glance">')[1].split("</dl>")[0].count(SILENT) == 4


@pytest.mark.parametrize(
    ("pack", "name", "words"),
    [
        ("unnamed", "promises", "Within 3 business days after the report was received"),
        ("unnamed", "promises", "Within 7 business days after staff confirmed receipt"),
        ("onefactory", "promises", "Within 5 business days after the report was received"),
    ],
)
def test_a_promised_time_is_shown(
    pages: Environment, policy: Callable[[str], Policy], pack: str, name: str, words: str
) -> None:
    """Numbers that a policy does state stand on its page (S1-15, S1-16, S2-8)."""
    assert words in part(policy_page(pages, policy(pack)), name)


@pytest.mark.parametrize(
    ("pack", "words"),
    [
        ("unnamed", "Until the problem is resolved"),
        ("onefactory", "At least 90 calendar days"),
        ("iwelcome", "At most 6 weeks"),
    ],
)
def test_how_long_to_keep_quiet_is_shown_at_a_glance(
    pages: Environment, policy: Callable[[str], Policy], pack: str, words: str
) -> None:
    """Three policies, three windows (S1-2, S2-15, S3-18)."""
    assert words in policy_page(pages, policy(pack))


def test_everything_a_policy_says_is_on_its_page(pages: Environment, published: Policy) -> None:
    """Clauses, promises, conditions, readers and contacts: none is left out."""
    page = policy_page(pages, published)
    harbour = published.safe_harbour.conditions if published.safe_harbour else ()
    said = [each.text for each in (*published.conduct, *harbour)]
    said += [each.text for each in published.promises]
    said += [*published.readers, *(each.address for each in published.contacts)]
    rules = (*published.scope_rules.include, *published.scope_rules.exclude)
    said += [each.pattern for each in rules]
    shown = " ".join(page.split())
    for text in said:
        for paragraph in text.split("\n\n"):
            assert escaped(paragraph) in shown


def test_a_policy_without_keys_says_that_the_form_is_closed(
    pages: Environment, published: Policy
) -> None:
    """Nobody writes a report first and learns afterwards that nothing can be sealed."""
    assert "The form is closed for now" in policy_page(pages, published)


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        (TOKEN_OF_A_BROWSER, False),
        (TOKEN_OF_A_BROWSER.replace("-", " ").lower(), False),
        ("O" + TOKEN_OF_A_BROWSER[1:], False),
        ("8" + TOKEN_OF_A_BROWSER[1:], True),
        (" f" + TOKEN_OF_A_BROWSER[1:].replace("-", " "), True),
        ("G" + TOKEN_OF_A_BROWSER[1:], False),
        ("8f" * 32, True),
        ("00" * 32, True),
        ("8f" * 31, False),
    ],
)
def test_a_token_made_in_a_browser_cannot_be_posted(
    pages: Environment, typed: str, taken: bool
) -> None:
    """The field without script takes issued tokens and status codes only (version 0 is 0 to 7)."""
    page = pages.get_template("status/ask.html").render(limit=LIMIT)
    pattern = re.search(r'name="token"[^>]*pattern="([^"]*)"', page)
    assert pattern
    assert bool(re.fullmatch(pattern[1], typed)) is taken


def test_the_token_field_of_the_script_has_no_name(pages: Environment) -> None:
    """Without its script the page cannot send a token, even by the Enter key."""
    page = pages.get_template("status/ask.html").render(limit=LIMIT)
    (field,) = re.findall(r'<input[^>]* id="token"[^>]*>', page)
    assert "name=" not in field
    assert " disabled" in field
    # What stands in a template is inert until a script copies it.
    outside = re.sub(r"<(noscript|template)\b.*?</\1>", "", page, flags=re.DOTALL)
    assert "name=" not in outside.replace('<meta name="', "")


def test_an_answer_cannot_be_posted_in_the_clear(pages: Environment) -> None:
    """What is written to staff carries no name and stays shut until it can be sealed."""
    page = pages.get_template("status/ask.html").render(limit=LIMIT)
    for name in ("answer", "f-files", "credit"):
        (control,) = re.findall(rf'<(?:input|textarea)[^>]* id="{name}"[^>]*>', page)
        assert "name=" not in control
        assert " disabled" in control


def test_an_error_says_what_to_do_next(pages: Environment) -> None:
    """Message and hint, escaped, and the code for whoever asks for help."""
    page = pages.get_template("error.html").render(
        code="no-such-report", message="No <report>.", hint="Check it.", status=404
    )
    assert "No &lt;report&gt;." in page
    assert "Check it." in page
    assert "no-such-report" in page


def escaped(text: str) -> str:
    """Write a text as it stands in a page."""
    from markupsafe import escape

    return " ".join(str(escape(text)).split())


def test_the_receipt_page_hands_over_the_token_once(pages: Environment, published: Policy) -> None:
    """The token is on the card and nowhere else; what to do with data follows the pack (S0-18)."""
    page = pages.get_template("report/receipt.html").render(
        program=Program(published, policy_version=3, keyset=None), receipt=Kept()
    )
    assert page.count("8C041") == 1
    held = published.data_handling
    assert (held is not None) == ("Data you came across" in page)
    assert "aaa.bbb.ccc" in page


class Kept:
    """A receipt of the path without script."""

    class token:  # noqa: N801
        """As the server issued it."""

        text = "8C041-06105-0R3GG-28A1C-60T3G-F4CQB"

    statement = "aaa.bbb.ccc"
    report = "7k2m9-qx4dw"
    replayed: Any = False
    claims: Any = {"kind": "report"}  # noqa: RUF012
