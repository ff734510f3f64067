"""The parts pages are built from: what a reporter types can never be posted by accident."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest
from jinja2 import Environment

from portal import house
from portal.cases.program import Program
from portal.policy.clock_rules import ANCHORS, ClockRule
from portal.policy.deadline import Deadline, State
from portal.policy.field import Asked, Choice, Field, FieldKind, Strength
from portal.policy.pack import Policy
from portal.policy.promises import Promise
from portal.policy.spans import Span
from scope import Question, Redirect, Rule, Ruling, Verdict
from scope.verdict import SetAside

CONTROLS = {"input", "select", "textarea", "button"}
SHOWN: tuple[Strength, ...] = ("required", "requested", "optional")
SCRIPTS = house.folder("static") / "js"


class Elements(HTMLParser):
    """Every element of some markup, with its attributes, in order; and its text."""

    def __init__(self, markup: object) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(str(markup))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.text += data

    def named(self, *tags: str) -> list[dict[str, str | None]]:
        """Return the attributes of every element with one of these names."""
        return [attributes for tag, attributes in self.found if tag in tags]


def asked(kind: FieldKind = "text", strength: Strength = "required", **more: Any) -> Asked:
    """Return a field as some policy asks it."""
    field = Field(
        id="steps",
        section="finding",
        kind=kind,
        label="Steps",
        help="One per line.",
        choices=(Choice("a", "One"), Choice("b", "Two")),
        **more,
    )
    return Asked(field, strength, note="The policy wants these.")


@pytest.fixture
def program(policy: Callable[[str], Policy]) -> Program:
    """A program that offers no reward and refuses what is out of scope."""
    return Program(policy("integratpark"), policy_version=1, keyset=None)


@pytest.mark.parametrize("strength", SHOWN)
@pytest.mark.parametrize("kind", get_args(FieldKind))
def test_no_field_can_be_posted(ui: Any, kind: FieldKind, strength: Strength) -> None:
    """Whatever its kind, a report field has no name and starts out disabled."""
    markup = Elements(ui.field(asked(kind, strength)))
    (control,) = markup.named(*CONTROLS)
    assert "disabled" in control
    assert not any("name" in attributes for _, attributes in markup.found)


def test_no_field_of_a_published_policy_can_be_posted(ui: Any, published: Policy) -> None:
    """That holds for every field that the four policies ask for."""
    for one in published.fields:
        for control in Elements(ui.field(one)).named(*CONTROLS):
            assert "disabled" in control
            assert "name" not in control


def test_a_hidden_field_is_not_on_the_page(ui: Any) -> None:
    """What a policy hides leaves no trace."""
    assert str(ui.field(asked(strength="hidden"))) == ""


@pytest.mark.parametrize("kind", get_args(FieldKind))
def test_a_field_can_be_understood_without_seeing_it(ui: Any, kind: FieldKind) -> None:
    """The label belongs to the control, and all that describes it is really there."""
    markup = Elements(ui.field(asked(kind)))
    (control,), (label,) = markup.named(*CONTROLS), markup.named("label")
    assert label["for"] == control["id"]
    described = str(control["aria-describedby"]).split()
    assert set(described) <= {attributes.get("id") for _, attributes in markup.found}
    assert {"f-steps-help", "f-steps-note", "f-steps-error"} <= set(described)


@pytest.mark.parametrize(
    ("strength", "words"), [("required", "required"), ("requested", "asked for")]
)
def test_how_strongly_a_field_is_asked_stands_in_words(
    ui: Any, strength: Strength, words: str
) -> None:
    """Not by a colour or a star."""
    assert words in Elements(ui.field(asked(strength=strength))).text


def test_a_limit_is_said_and_never_cuts(ui: Any) -> None:
    """A long paste is not cut off in silence; the page says how much fits."""
    markup = Elements(ui.field(asked("long", limit=20_000)))
    assert "Up to 20,000 characters" in markup.text
    assert "maxlength" not in markup.named("textarea")[0]


def test_silence_is_shown_as_silence(ui: Any) -> None:
    """What a policy leaves out is called by one sentence everywhere."""
    assert Elements(ui.not_stated()).text == "The policy does not say."


def test_policy_text_is_text(ui: Any) -> None:
    """Markup in a pack is shown, never obeyed."""
    assert "<script" not in str(ui.prose("One.\n\n<script>alert(1)</script>"))
    assert "<b>" not in str(ui.field(Asked(asked().field, "required", "<b>loud</b>")))
    assert str(ui.prose("One.\n\nTwo.")).count("<p>") == 2


@pytest.mark.parametrize("ruling", list(Ruling))
def test_every_ruling_has_its_own_words_and_drawing(
    ui: Any, program: Program, ruling: Ruling
) -> None:
    """Colour never speaks alone."""
    verdict = Verdict(ruling, Rule("*.example.com"), "Because <it> is.", "code", "example.com")
    panel = Elements(ui.verdict(verdict, program))
    assert ui.RULINGS[str(ruling)] in panel.text
    assert "Because <it> is." in panel.text
    assert "*.example.com" in panel.text
    (drawing,) = panel.named("use")
    assert str(drawing["href"]).endswith(f"doors.svg#{ruling}")
    doors = (house.folder("static") / "img" / "doors.svg").read_text(encoding="utf-8")
    assert f'<symbol id="{ruling}"' in doors


def test_a_redirect_replaces_every_other_advice(ui: Any, program: Program) -> None:
    """What belongs to a vendor is sent to the vendor (S0-12, S2-25)."""
    to = Redirect("Mail Vendor", "https://vendor.example/security")
    verdict = Verdict(Ruling.OUT, None, "It is not ours.", "code", "x.example", redirect=to)
    panel = Elements(ui.verdict(verdict, program))
    assert {"href": to.address, "data-slot": "address", "rel": "noreferrer"} in panel.named("a")
    (meaning,) = [each for _, each in panel.found if each.get("data-slot") == "meaning"]
    assert "hidden" in meaning


def test_no_reward_is_invented(ui: Any, program: Program, policy: Callable[[str], Policy]) -> None:
    """A rule that would earn a reward promises none where the policy offers none (S0-19, S3-14)."""
    verdict = Verdict(Ruling.IN, Rule("*.example.com"), "It is.", "code", "x.example", reward=True)
    generous = Program(policy("iwelcome"), policy_version=1, keyset=None)
    assert "reward" not in visible(ui.verdict(verdict, program))
    assert "considered for a reward" in visible(ui.verdict(verdict, generous))


def test_an_excluded_rule_says_what_lifts_it(ui: Any) -> None:
    """The two questions of the marketing site stand on the policy page (S0-4)."""
    rule = Rule("www.example.com", unless=(Question("a", "Is data involved?"),))
    assert "Is data involved?" in Elements(ui.rule(rule, excluded=True)).text


def test_a_condition_is_said_in_plain_words(ui: Any) -> None:
    """A newcomer reads when a rule counts; one condition needs no word about all of them."""
    when = {"resolves_to": ["192.0.2.0/24", "2001:db8::/32"], "cname": "*.cdn.example"}
    text = Elements(ui.rule(Rule("a.example", when=when))).text
    assert "counts only if all of this is so:" in text
    assert "leads to an address in 192.0.2.0/24 or 2001:db8::/32" in text
    assert "is an alias (CNAME) of *.cdn.example" in text
    until = Elements(ui.rule(Rule("a.example", when={"until": "2027-01-31"}))).text
    assert "counts only if:" in until
    assert "the day is Sunday 31 January 2027 or earlier" in until
    hostile = ui.rule(Rule("a.example", when={"tag": ["<b>x</b>", "beta"]}))
    assert "the target is &lt;b&gt;x&lt;/b&gt; or beta" in hostile


EXPLAINED = Verdict(
    Ruling.REVIEW,
    Rule("*.shop.example", note="Ours."),
    "It depends.",
    "code",
    "a.shop.example",
    matched="every name below shop.example",
    overruled=(
        SetAside(Rule("*.old.example"), by=Rule("a.old.example")),
        SetAside(Rule("b.example"), answer="data"),
    ),
    missing=("ips",),
    conditions=("It applies if <that> is so: not known.",),
    mentions=(Rule("our mail at shop.example"),),
)


def test_a_verdict_says_what_it_rests_on(ui: Any, program: Program) -> None:
    """What matched, what gave way and to what, conditions, what is missing, and what is named."""
    panel = shown(ui.verdict(EXPLAINED, program))
    for words in (
        "every name below shop.example",
        "*.old.example gave way to a.old.example, which is more exact",
        "b.example does not apply, because of your answer",
        "It applies if <that> is so: not known.",
        "The addresses its name resolves to",
        "our mail at shop.example",
        "something that this portal does not look up",
    ):
        assert words in panel, words
    for words in ("The names its name is an alias of", "A person has to decide", "Close by"):
        assert words not in panel, words


def test_nothing_is_said_of_what_is_not_there(ui: Any, program: Program) -> None:
    """A verdict without rule and remarks has no empty headings."""
    panel = shown(
        ui.verdict(Verdict(Ruling.UNKNOWN, None, "No rule.", "code", "x.example"), program)
    )
    for words in ("Rule that decided", "Set aside", "Not known", "Conditions", "Also named"):
        assert words not in panel, words


def test_a_date_has_hour_and_zone(ui: Any) -> None:
    """Due dates are shown in the policy's zone, and programs can read them too."""
    due = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)
    line = Elements(
        ui.deadline(Deadline("ack", "Answer", due, State.RUNNING, "Why."), "Europe/Amsterdam")
    )
    assert "Thursday 26 November 2026, 17:00 Europe/Amsterdam" in line.text
    assert line.named("time") == [{"datetime": "2026-11-26T16:00:00+00:00"}]


@pytest.mark.parametrize(("state", "words"), [("late", "late"), ("pending", "not started")])
def test_a_deadline_says_how_it_stands(ui: Any, state: str, words: str) -> None:
    """In words; and one that has not started has no date."""
    line = Elements(ui.deadline(Deadline("a", "Answer", None, State(state), "Why."), "UTC"))
    assert words in line.text
    assert "No date yet" in line.text


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (ClockRule("a", "Fix", Span(1, "weeks")), "Within 1 week after the report was received."),
        (
            ClockRule("a", "Fix", Span(3, "business_days"), anchor="accepted", soft=True),
            "About 3 business days after staff accepted the report.",
        ),
    ],
)
def test_a_promised_time_is_written_as_people_say_it(
    ui: Any, policy: Callable[[str], Policy], clock: ClockRule, words: str
) -> None:
    """How long, after what, and whether it is only an aim."""
    promised = replace(policy("unnamed"), promises=(Promise("a", "We fix it.", clock),))
    shown = Elements(ui.promises(promised)).text
    assert "We fix it." in shown
    assert words in shown


def test_every_event_a_clock_can_start_at_has_words(ui: Any, pages: Environment) -> None:
    """A policy may count from any of them."""
    words = pages.from_string("{{ event|happened }}")
    assert all(words.render(event=event) == said for event, said in ANCHORS.items())


def test_a_fingerprint_is_copied_whole(ui: Any) -> None:
    """Groups are for the eye; what is copied has no blanks in it."""
    text = "0123456789abcdef" * 4
    assert Elements(ui.fingerprint(text)).text == text


def test_the_card_shows_the_token_and_where_to_go(ui: Any) -> None:
    """A printed card is of use on another machine, months later."""
    token = "00041-06105-0R3GG-28A1C-60T3G-F4CQB"
    card = Elements(ui.token_card(token, "Example", "https://portal.example")).text
    assert token in card
    assert "https://portal.example/status" in card


def test_the_card_is_the_same_with_and_without_script(ui: Any) -> None:
    """The empty card has the two places that kept-view.js fills, and no token."""
    card = Elements(ui.token_card("", "Example"))
    assert {"token", "token-when"} < {each.get("id") for _, each in card.found}
    assert "A report to Example" in card.text


def test_scripts_find_every_place_they_fill(ui: Any, program: Program) -> None:
    """The empty panels and lines have all the slots that the scripts ask for."""
    templates = f"{ui.verdict_templates(program)}{ui.time_templates()}"
    offered = set(re.findall(r'data-slot="([a-z_]+)"', templates))
    asked_for = slots_of(SCRIPTS / "verdict-panel.js") | slots_of(SCRIPTS / "timeline.js")
    assert asked_for <= offered
    wanted = {f"verdict-{ruling}" for ruling in Ruling} | {f"deadline-{state}" for state in State}
    assert wanted | {"event", "overruled"} == {
        each["id"] for each in Elements(templates).named("template")
    }


def slots_of(script: Path) -> set[str]:
    """Return the names of the slots that a script fills by name."""
    source = script.read_text(encoding="utf-8")
    calls = r'(?:slot|fill|fillTime|showFact)\((?:panel|line), "([a-z_]+)"'
    facts = re.search(r"const facts = \{(.*?)\n    \}", source, re.DOTALL)
    named = re.findall(r"^        ([a-z_]+):", facts[1], re.MULTILINE) if facts else []
    return set(re.findall(calls, source)) | set(named)


def shown(markup: object) -> str:
    """Return the text of some markup without anything that is hidden, blanks made one."""
    reader = Shown()
    reader.feed(str(markup))
    return " ".join("".join(reader.said).split())


class Shown(HTMLParser):
    """Gathers text that no hidden element is around."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.open: list[bool] = []

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element."""
        self.open.append("hidden" in dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        """Leave it; only code runs on without a blank."""
        self.open.pop()
        self.said.append("" if tag == "code" else " ")

    def handle_data(self, data: str) -> None:
        """Note text that can be seen."""
        if not any(self.open):
            self.said.append(data)


def visible(markup: object) -> str:
    """Return the text of some markup without its hidden paragraphs."""
    return Elements(re.sub(r"<p[^>]* hidden>.*?</p>", "", str(markup), flags=re.DOTALL)).text
