"""The report page as it leaves the server: locked, without names, the same for everyone."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jinja2 import Environment
from markupsafe import escape

from portal.cases.program import Program
from portal.intake import by_hand
from portal.intake.ahead import ahead
from portal.intake.form import Form
from portal.policy import keyset as keysets
from portal.policy import statement
from portal.policy.keyset import Keyset
from portal.policy.pack import Policy

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CONTROLS = ("input", "textarea", "select", "button")
VECTORS = Path(__file__).resolve().parents[1] / "vectors"


class Page(HTMLParser):
    """Every element of a page, with the parts of it that it stands in."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[tuple[str, str]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found, [name for _, name in self.open if name]))
        if tag not in {"input", "meta", "link", "br", "use", "path"}:
            self.open.append((tag, found.get("id") or ("form" if tag == "form" else "")))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def inside(self, part: str) -> list[dict[str, str | None]]:
        """Give the controls that stand in a part of the page."""
        return [found for tag, found, parts in self.elements if tag in CONTROLS and part in parts]


def keyset_of(kind: str) -> Keyset:
    """A valid keyset of two recipients."""
    recipients = json.loads((VECTORS / "keysets" / "recipients.json").read_text("utf-8"))[kind]
    root, server = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    start, public = int(NOW.timestamp()), server.public_key()
    life = {"iat": start, "exp": start + 86400}
    entries = [
        {"name": role, "role": role, "recipient": one, "signing": statement.key_text(public)}
        for role, one in zip(("handler", "recovery"), recipients, strict=False)
    ]
    claims: dict[str, Any] = {
        "iss": f"urn:portico:root:{statement.fingerprint(root.public_key())}",
        "program": "example",
        "version": 7,
        "previous": None,
        "kind": kind,
        "entries": entries,
        "receipt_key": {
            "kid": statement.fingerprint(public),
            "key": statement.key_text(public),
            **life,
        },
        **life,
    }
    return Keyset.read(keysets.issue(claims, root=root), root=None)


Rendered = Callable[..., str]


@pytest.fixture
def rendered(pages: Environment) -> Rendered:
    """Renders the report page of a policy from nothing but policy, keyset and build."""
    sets = {kind: keyset_of(kind) for kind in ("hybrid", "classic")}

    def render(policy: Policy, kind: str | None = "hybrid") -> str:
        program = Program(policy, policy_version=3, keyset=sets[kind] if kind else None)
        form = Form.of(policy)
        return pages.get_template("report/form.html").render(
            program=program,
            form=form,
            steps=ahead(policy),
            command=by_hand.COMMAND,
            question_command=by_hand.QUESTION_COMMAND,
            limit=64 * 2**20,
        )

    return render


def test_nothing_in_the_form_can_be_posted(rendered: Rendered, published: Policy) -> None:
    """Every field is locked and nameless, and no form stands around it."""
    page = Page(rendered(published))
    fields = page.inside("report")
    assert len(fields) > 5
    assert all("disabled" in one and "name" not in one for one in fields)
    assert not [one for tag, one, parts in page.elements if tag == "form" and "report" in parts]
    around = [parts for _, one, parts in page.elements if one.get("id") == "report"]
    assert not any("form" in parts for parts in around)


def test_the_only_named_input_takes_a_sealed_file(rendered: Rendered, published: Policy) -> None:
    """Without script, a sealed file is all that can be sent, and what the server may know of it."""
    page = Page(rendered(published))
    named = [one for tag, one, _ in page.elements if tag in CONTROLS and "name" in one]
    kind = [("kind", None)] if published.reports.questions else []
    assert [(one["name"], one.get("type")) for one in named] == [
        ("sealed", "file"),
        *kind,
        ("exposed", "checkbox"),
        ("exploited", "checkbox"),
    ]
    forms = [one for tag, one, _ in page.elements if tag == "form"]
    assert [(one["method"], one["enctype"]) for one in forms] == [("post", "multipart/form-data")]


def test_nothing_is_ticked_but_the_wish_for_a_copy(rendered: Rendered, published: Policy) -> None:
    """Statements and methods are empty boxes; only the way back to the report is on."""
    page = Page(rendered(published))
    ticked = [one["id"] for tag, one, _ in page.elements if tag == "input" and "checked" in one]
    assert ticked == ["reply"]


def test_every_statement_has_its_own_box(rendered: Rendered, published: Policy) -> None:
    """Each clause to confirm and each forbidden method is asked for once, alone ones first."""
    page = Page(rendered(published))
    boxes = [str(one.get("id")) for one in page.inside("part-conduct")]
    confirmed = [box.removeprefix("c-") for box in boxes if box.startswith("c-")]
    assert sorted(confirmed) == sorted(clause.id for clause in published.attested)
    alone = [clause.id for clause in published.attested if clause.alone]
    assert confirmed[: len(alone)] == alone
    methods = [box.removeprefix("m-") for box in boxes if box.startswith("m-")]
    assert methods == [clause.id for clause in published.conduct if clause.method]


def test_every_field_the_policy_asks_is_there(rendered: Rendered, published: Policy) -> None:
    """The page asks what the policy asks, and more on occasion only."""
    page = Page(rendered(published))
    occasions = {"exposed-asked", "exploited-asked", "part-question"}
    asked = [
        str(one["data-field"])
        for _, one, parts in page.elements
        if "data-field" in one and not occasions.intersection(parts)
    ]
    assert asked == [one.field.id for one in published.fields if one.strength != "hidden"]


def test_the_page_is_the_same_for_everyone(rendered: Rendered, published: Policy) -> None:
    """Two visitors get the same bytes, with no code and nothing from elsewhere in them."""
    first = rendered(published)
    assert first == rendered(published)
    assert "style=" not in first
    assert "onclick" not in first
    scripts = [one for tag, one, _ in Page(first).elements if tag == "script"]
    assert all(str(one["src"]).startswith("/static/") for one in scripts)


def test_a_policy_offers_the_kinds_it_takes(rendered: Rendered, published: Policy) -> None:
    """Where a policy takes full reports alone, there is nothing to choose."""
    page = Page(rendered(published))
    offered = [one["data-kind-of"] for _, one, _ in page.elements if "data-kind-of" in one]
    taken = published.reports
    more = ["quick"] * taken.quick + ["question"] * taken.questions
    assert offered == (["report", *more] if more else [])
    asked = [one for _, one, parts in page.elements if "part-question" in parts]
    assert bool(asked) == taken.questions


def test_what_the_policy_leaves_open_can_be_asked(rendered: Rendered, published: Policy) -> None:
    """S2-1: “not mentioned” leads to a question, where the policy takes questions."""
    page = rendered(published)
    panel = page[page.index('id="verdict-unknown"') : page.index('id="verdict-partial"')]
    assert ("/report#question" in panel) == published.reports.questions


def test_what_cannot_wait_is_two_empty_ticks(rendered: Rendered, published: Policy) -> None:
    """They are explained, and what they ask for is there, hidden until one is ticked."""
    page = Page(rendered(published))
    boxes = [one for one in page.inside("urgent") if one.get("type") == "checkbox"]
    assert [one["id"] for one in boxes] == ["exposed", "exploited"]
    assert {one["aria-describedby"] for one in boxes} == {"urgent-help"}
    asked = {
        str(one["data-field"])
        for _, one, parts in page.elements
        if "data-field" in one and {"exposed-asked", "exploited-asked"}.intersection(parts)
    }
    assert asked == {"exposed_data", "exposed_amount", "exposed_open", "exploited_signs"}


def test_what_happens_next_is_said_before_sending(rendered: Rendered, published: Policy) -> None:
    """The promises and their times, silence as silence, one answer with a name and without."""
    page = rendered(published)
    told = page[page.index("What happens next") : page.index('id="send"')]
    kept = {promise.clock.met_by for promise in published.promises if promise.clock}
    silent = [("acknowledged",), ("assessed", "accepted"), ("resolved",)]
    assert told.count("The policy does not say when.") == sum(
        not kept.intersection(names) for names in silent
    )
    assert "The same times hold with a name and without one." in told
    for promise in published.promises:
        assert str(escape(promise.text)) in told


def test_promises_are_those_of_the_policy(rendered: Rendered, published: Policy) -> None:
    """Each promise is shown with its time; silence is shown as silence (S0-19)."""
    page = rendered(published)
    for promise in published.promises:
        if promise.clock:
            lead = "About" if promise.clock.soft else "Within"
            assert f"{lead} {promise.clock.span} after" in page
    if not published.promises:
        assert "The policy does not say when." in page


def test_what_the_server_learns_is_said(rendered: Rendered, published: Policy) -> None:
    """The complete list stands before the button, with the versions it names."""
    page = rendered(published)
    assert page.index("What the server will know") < page.index('id="send"')
    assert "policy 3, keys 7, form 0123456789abcdef" in page


@pytest.mark.parametrize("kind", ["hybrid", "classic"])
def test_sealing_by_hand_is_explained(
    rendered: Rendered, policy: Callable[[str], Policy], kind: str
) -> None:
    """Keys, command and the version of age that fits are on the page, whatever the keys."""
    page = rendered(policy("unnamed"), kind)
    for recipient in keyset_of(kind).recipients:
        assert recipient in page
    assert "age -R recipients.txt" in page
    assert ("age 1.3 or newer" in page) == (kind == "hybrid")
    assert ("Debian 12" in page) == (kind == "hybrid")
    assert "portico submit" in page


def test_a_key_of_ones_own_belongs_in_the_report_too(
    rendered: Rendered, policy: Callable[[str], Policy]
) -> None:
    """The page says why, and where the answers that are sealed to it wait."""
    page = rendered(policy("unnamed"))
    assert "Write that key into <code>report.md</code> too" in page
    assert 'wait for you on the <a href="/status">status page</a>' in page


def test_without_keys_the_form_is_closed(rendered: Rendered, published: Policy) -> None:
    """When there is nothing to seal to, no field is shown and the contacts are named."""
    page = Page(rendered(published, None))
    assert not [tag for tag, _, _ in page.elements if tag in CONTROLS]
    assert "closed for now" in rendered(published, None)


def test_the_wish_to_stay_anonymous_brings_its_own_warning(
    rendered: Rendered, policy: Callable[[str], Policy]
) -> None:
    """S3-9: it waits hidden beside the question, where a policy asks it, and nowhere else."""
    page = rendered(policy("iwelcome"))
    assert page.index("f-anonymous_to_authorities") < page.index('id="out-of-reach"')
    assert "let yourself read this report again with your token" in page
    assert 'id="out-of-reach"' not in rendered(policy("unnamed"))
