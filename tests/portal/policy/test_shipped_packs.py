"""The packs in `policies/`: four published policies, each saying what it says and no more."""

import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import pytest

from portal.intake.form import Form
from portal.policy import clocks
from portal.policy.calendars import Calendar
from portal.policy.deadline import State
from portal.policy.field import Asked
from portal.policy.pack import Policy
from portal.policy.terms import Reports
from scope import Ruling

VECTORS = Path(__file__).parents[2] / "vectors" / "packs"
POLICIES = Path(__file__).parents[3] / "policies"
NAMES = ("example", "integratpark", "unnamed", "onefactory", "iwelcome")


def load(name: str) -> Policy:
    """Read a shipped pack."""
    return Policy.parse((POLICIES / f"{name}.toml").read_text("utf-8"))


INTEGRATPARK, UNNAMED, ONEFACTORY, IWELCOME = (load(name) for name in NAMES[1:])


def texts(value: object) -> Iterator[str]:
    """Yield every text in parsed TOML."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else ():
        yield from texts(inner)
    for inner in value if isinstance(value, list) else ():
        yield from texts(inner)


def runs_of(text: str) -> list[str]:
    """Return every six words in a row, in small letters and without marks."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return [" ".join(words[at : at + 6]) for at in range(len(words) - 5)]


def asked(policy: Policy, name: str) -> Asked:
    """Return a field as the policy asks it."""
    return next(one for one in policy.fields if one.field.id == name)


def strengths(policy: Policy, *names: str) -> set[str]:
    """Return how strongly some fields are asked."""
    return {asked(policy, name).strength for name in names}


def unstated(policy: Policy, *names: str) -> bool:
    """Tell whether the policy says nothing about any of these."""
    return all(getattr(policy, name) in (None, ()) for name in names)


def duties(policy: Policy, *names: str) -> set[str]:
    """Return the duties of some clauses; a clause that is not there is an error."""
    by_id = {clause.id: clause for clause in policy.conduct}
    return {by_id[name].duty for name in names}


def methods(policy: Policy) -> set[str]:
    """Return the ids of the methods a policy forbids."""
    return {clause.id for clause in Form.of(policy).methods}


def confirmed(policy: Policy) -> set[str]:
    """Return the ids of what a reporter confirms."""
    return {clause.id for clause in Form.of(policy).statements}


def due(policy: Policy, rule: str, events: dict[str, datetime]) -> date | None:
    """Return the day on which a promise of the policy is due."""
    start = events["received"]
    calendar = Calendar.of(policy.calendar, start=start.date())
    found = clocks.deadlines(policy.clock_rules, events, calendar, calendar.zone, now=start)
    moment = next(one for one in found if one.id == rule).due
    return moment.date() if moment else None


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_pack_has_no_faults(name: str) -> None:
    """Every pack that comes with the portal can be published as it is."""
    policy = load(name)
    assert policy.summary
    assert policy.calendar.country
    assert policy.calendar.zone != "UTC"


def test_the_packs_have_slugs_of_their_own() -> None:
    """The five programs can run side by side."""
    slugs = {load(name).slug for name in NAMES}
    assert slugs == {"example", "integratpark", "unnamed", "1factory", "iwelcome"}


@pytest.mark.parametrize("name", NAMES[1:])
def test_a_pack_speaks_in_its_own_words(name: str) -> None:
    """No six words in a row are those of the published text; its hashes stand in for it here."""
    published = set(json.loads((VECTORS / "published-runs.json").read_text("utf-8"))[name])
    assert len(published) > 200
    runs = [run for text in texts(tomllib.loads(load(name).source)) for run in runs_of(text)]
    assert [run for run in runs if hashlib.sha256(run.encode()).hexdigest()[:16] in published] == []


# ── S0, Integratpark ─────────────────────────────────────────────────────────


def test_integratpark_names_its_mailbox() -> None:
    """The disclosure mailbox is the contact, ready for security.txt."""
    assert [contact.uri for contact in INTEGRATPARK.contacts] == [
        "mailto:ResponsibleDisclosure@fullsteam.com"
    ]


def test_integratpark_asks_what_kind_of_find_it_is() -> None:
    """Exposed data, a vulnerability or a weakness has to be chosen."""
    kind = asked(INTEGRATPARK, "report_kind")
    assert kind.strength == "required"
    values = {choice.value for choice in kind.field.choices}
    assert values == {"vulnerability", "exposed_data", "weakness"}


@pytest.mark.parametrize(
    ("target", "ruling"),
    [
        ("app.integratpark.com", Ruling.IN),
        ("https://pay.app.integratpark.com/login", Ruling.IN),
        ("integratpark.com.evil.example", Ruling.UNKNOWN),
        ("notintegratpark.com", Ruling.UNKNOWN),
        ("WWW.Integratpark.com", Ruling.REVIEW),
        ("https://www.integratpark.com/about", Ruling.REVIEW),
    ],
)
def test_integratpark_covers_its_applications(target: str, ruling: Ruling) -> None:
    """S0-3: hosted applications and other subdomains are in; the marketing site depends."""
    assert INTEGRATPARK.scope_rules.scope.check(target).ruling is ruling


@pytest.mark.parametrize(("sensitive", "other"), list(product([False, True], repeat=2)))
def test_the_marketing_site_is_out_only_when_both_answers_are_no(
    sensitive: bool, other: bool
) -> None:
    """S0-4: of the four pairs of answers, only (no, no) refuses the report."""
    answers = {"sensitive-data": sensitive, "affects-other-system": other}
    verdict = INTEGRATPARK.scope_rules.scope.check("www.integratpark.com", answers=answers)
    assert verdict.ruling is (Ruling.IN if sensitive or other else Ruling.OUT)
    assert INTEGRATPARK.scope_rules.on_out == "refuse"


def test_the_marketing_site_asks_both_questions_first() -> None:
    """S0-4: before the answers, the ruling is open and both questions are asked."""
    verdict = INTEGRATPARK.scope_rules.scope.check("www.integratpark.com")
    assert [question.id for question in verdict.questions] == [
        "sensitive-data",
        "affects-other-system",
    ]


def test_integratpark_lists_what_is_forbidden() -> None:
    """Every forbidden way of testing is asked about by itself."""
    expected = {"no-physical-testing", "no-social-engineering", "no-unsolicited-mail", "no-dos"}
    expected |= {"no-malware", "no-disruptive-scans", "no-degrading", "no-third-party-testing"}
    expected |= {"no-exfiltration", "no-shell", "no-persistence", "no-pivot"}
    assert methods(INTEGRATPARK) == expected


def test_attempts_count() -> None:
    """An attempt at denial of service, or at physical access, is named too."""
    texts = {clause.id: clause.text for clause in INTEGRATPARK.conduct + ONEFACTORY.conduct}
    assert "attempt" in next(c.text for c in INTEGRATPARK.conduct if c.id == "no-dos")
    assert "attempt" in texts["no-physical-access"]


def test_integratpark_asks_about_tools_and_impact() -> None:
    """Tools, disturbed services and held data have their fields."""
    wanted = ("tools_used", "service_impact", "data_held")
    assert strengths(INTEGRATPARK, *wanted) == {"requested"}
    assert {choice.value for choice in asked(INTEGRATPARK, "service_impact").field.choices} == {
        "no",
        "yes",
        "unknown",
    }
    assert duties(INTEGRATPARK, "minimal-data") == {"may"}


def test_a_scanner_brings_up_the_clause_about_scanners() -> None:
    """Naming a scanner or a guesser of passwords shows the clause that forbids them."""
    (clause,) = (one for one in INTEGRATPARK.conduct if one.id == "no-disruptive-scans")
    named = ("My own port scanner", "Hydra 9", "SQLmap", "Nuclei", "a fuzzer")
    assert all(any(part in tool.lower() for part in clause.tools) for tool in named)
    assert not any(part in "curl and a browser" for part in clause.tools)


@pytest.mark.parametrize(
    ("policy", "host"),
    [
        (INTEGRATPARK, "api.vendor.example"),
        (ONEFACTORY, "www.linked-site.example"),
        (ONEFACTORY, "api.vendor.example"),
    ],
)
def test_third_parties_are_sent_to_their_vendor(policy: Policy, host: str) -> None:
    """S0-12, S2-24, S2-25: someone else's system is out, never in, with an address to go to."""
    verdict = policy.scope_rules.scope.check(host)
    assert verdict.ruling is Ruling.OUT
    assert verdict.redirect is not None


def test_integratpark_has_its_data_verbs_confirmed_one_by_one() -> None:
    """Delete, alter, share, retain and destroy are five statements."""
    verbs = ("deletion", "alteration", "sharing", "retention", "destruction")
    assert {f"no-data-{verb}" for verb in verbs} <= confirmed(INTEGRATPARK)


def test_integratpark_wants_testing_to_stop() -> None:
    """Stop and report at once, after a vulnerability and after an exposure."""
    assert duties(INTEGRATPARK, "stop-at-vulnerability", "stop-at-exposure") == {"must"}
    assert strengths(INTEGRATPARK, "found_at", "stopped_at") == {"requested"}


@pytest.mark.parametrize(
    ("policy", "reports"),
    [
        (INTEGRATPARK, Reports(quick=True)),
        (UNNAMED, Reports(quick=True)),
        (ONEFACTORY, Reports(questions=True)),
        (IWELCOME, Reports(quick=True)),
    ],
)
def test_whoever_wants_to_hear_at_once_takes_quick_reports(
    policy: Policy, reports: Reports
) -> None:
    """At once means two answers; only one policy invites questions."""
    assert policy.reports == reports


@pytest.mark.parametrize(
    ("policy", "kind"),
    [
        (INTEGRATPARK, "purge_on_report"),
        (UNNAMED, "do_not_keep"),
        (ONEFACTORY, None),
        (IWELCOME, "keep_encrypted"),
    ],
)
def test_each_policy_treats_held_data_its_own_way(policy: Policy, kind: str | None) -> None:
    """Purge on reporting, do not keep, or keep encrypted; never another's."""
    assert (policy.data_handling.kind if policy.data_handling else None) == kind


def test_guidance_and_attestation_differ_with_the_kind() -> None:
    """The receipt says the pack's own words; what is signed fits its kind."""
    held = [one.data_handling for one in (INTEGRATPARK, UNNAMED, IWELCOME) if one.data_handling]
    assert [one.guidance for one in held] == [one.text for one in held]
    assert [one.ending for one in held] == ["purged", "deleted", "deleted"]
    assert len({one.statement for one in held}) == 3
    example = load("example").data_handling
    assert example is not None
    assert (example.guidance, example.statement) == (example.receipt, example.attest)


def test_integratpark_is_silent_where_its_text_is() -> None:
    """No clock, harbour, reward, word on anonymity or embargo, and no credit field."""
    assert unstated(INTEGRATPARK, "clock_rules", "promises", "safe_harbour", "reward")
    assert unstated(INTEGRATPARK, "anonymity", "disclosure", "issued", "authorities")
    assert unstated(INTEGRATPARK, "recognition", "retention", "languages")
    assert asked(INTEGRATPARK, "credit").strength == "hidden"


# ── S1, the unnamed organisation ─────────────────────────────────────────────


def test_the_unnamed_organisation_takes_products_and_services() -> None:
    """Both kinds can be chosen, and early reports are asked for."""
    values = [choice.value for choice in asked(UNNAMED, "asset_kind").field.choices]
    assert values == ["service", "product"]
    assert "asset_kind" in {one.field.id for one in Form.of(UNNAMED).fields}
    assert duties(UNNAMED, "report-soon") == {"asked"}


def test_its_embargo_has_no_date() -> None:
    """Until resolved, without a maximum: there is nothing to count down."""
    assert UNNAMED.disclosure is not None
    assert (UNNAMED.disclosure.until, UNNAMED.disclosure.maximum) == ("resolved", None)
    assert UNNAMED.disclosure.clock_rules == ()
    assert duties(UNNAMED, "no-sharing") == {"must_not"}


def test_publication_is_decided_together_and_after_the_fix() -> None:
    """Neither side publishes alone, and nobody before the problem is resolved."""
    assert UNNAMED.disclosure is not None
    assert UNNAMED.disclosure.agreement == "both"
    assert UNNAMED.disclosure.not_before == "resolved"
    others = [one.disclosure for one in (ONEFACTORY, IWELCOME)]
    assert not any(one and (one.agreement or one.not_before) for one in others)


def test_it_names_the_discoverer_who_wishes_it() -> None:
    """By handle or by name, and nowhere but in what is published: no page of thanks."""
    assert UNNAMED.recognition is not None
    assert UNNAMED.recognition.forms == ("handle", "name")
    assert not UNNAMED.recognition.thanks


def test_it_requires_a_full_account() -> None:
    """How, when, steps, method and time of investigation are required."""
    names = ("how_occurs", "when_occurs", "steps", "method")
    assert strengths(UNNAMED, *names, "investigated_from", "investigated_to") == {"required"}


def test_it_has_its_rules_confirmed() -> None:
    """Responsibility, no excess, no abuse, no data kept."""
    rules = {"be-responsible", "no-more-than-needed", "no-abuse", "no-keeping-data"}
    assert rules <= confirmed(UNNAMED)


def test_contact_details_are_the_reporters_choice() -> None:
    """Mail and telephone are optional, no name is asked, anonymity is welcome."""
    assert strengths(UNNAMED, "contact_email", "contact_phone") == {"optional"}
    assert asked(UNNAMED, "full_name").strength == "hidden"
    assert UNNAMED.anonymity
    assert "seriously" in UNNAMED.anonymity


def test_it_forbids_three_methods() -> None:
    """Physical attacks, DDoS and social engineering."""
    expected = {"no-physical-attacks", "no-ddos", "no-social-engineering"}
    assert methods(UNNAMED) == expected


def test_its_two_clocks_are_chained() -> None:
    """S1-15, S1-16: three business days to confirm; seven more, from then on, to assess."""
    received = datetime(2026, 4, 2, 8, 0, tzinfo=UTC)
    events = {"received": received}
    assert due(UNNAMED, "ack", events) == date(2026, 4, 9)
    assert due(UNNAMED, "assess", events) is None
    events["acknowledged"] = datetime(2026, 4, 9, 12, 0, tzinfo=UTC)
    assert due(UNNAMED, "assess", events) == date(2026, 4, 20)


def test_its_other_promises_have_no_numbers() -> None:
    """Progress, confidence, joint publication and credit, none with a date."""
    unclocked = {promise.id for promise in UNNAMED.promises if promise.clock is None}
    expected = {"progress", "confidential", "decide-together", "publish-after-resolution", "credit"}
    assert unclocked == expected
    assert asked(UNNAMED, "credit").field.choices[0].value == "none"


def test_its_repeated_rules_stand_here_once() -> None:
    """The ten bullets of the text are five rules, and no clause stands twice."""
    texts = [clause.text for clause in UNNAMED.conduct]
    assert len(set(texts)) == len(texts)


def test_the_unnamed_organisation_is_silent_where_its_text_is() -> None:
    """No contact, no addresses, no harbour, no reward."""
    assert unstated(UNNAMED, "contacts", "safe_harbour", "reward", "authorities")
    assert unstated(UNNAMED, "retention", "languages")
    assert not UNNAMED.scope_rules.include
    assert not UNNAMED.scope_rules.exclude


# ── S2, 1factory ─────────────────────────────────────────────────────────────


def test_1factory_answers_unknown_hosts_with_a_place_to_ask() -> None:
    """S2-1: website and systems are in; for anything else there is an address to ask."""
    scope = ONEFACTORY.scope_rules.scope
    assert scope.check("https://www.1factory.com/").ruling is Ruling.IN
    assert scope.check("1factory.com").ruling is Ruling.IN
    assert scope.check("1factory.example").ruling is Ruling.UNKNOWN
    assert ONEFACTORY.scope_rules.ask
    assert "security@1factory.com" in ONEFACTORY.scope_rules.ask


def test_1factory_names_its_mailbox() -> None:
    """Findings and questions go to the security mailbox."""
    assert [contact.uri for contact in ONEFACTORY.contacts] == ["mailto:security@1factory.com"]


def test_1factory_asks_for_detail_and_for_a_name_but_requires_neither() -> None:
    """Type, steps, impact, files, name and company are asked, never required."""
    names = ("weakness", "steps", "impact", "files", "full_name", "company", "contact_email")
    assert strengths(ONEFACTORY, *names) == {"requested"}
    note = asked(ONEFACTORY, "full_name").note
    assert note
    assert "token" in note
    assert asked(ONEFACTORY, "cvss").strength == "optional"


def test_1factory_acknowledges_in_five_business_days() -> None:
    """S2-8: Thanksgiving and weekends do not count."""
    received = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)
    assert due(ONEFACTORY, "ack", {"received": received}) == date(2026, 12, 3)


def test_1factory_gives_no_other_date() -> None:
    """Updates, fixes and timelines are promised without a number."""
    unclocked = {promise.id for promise in ONEFACTORY.promises if promise.clock is None}
    assert unclocked == {"investigate", "fix", "timeline"}


def test_1factory_has_its_guidelines_confirmed() -> None:
    """Need, access, change, deletion, harm and good faith."""
    rules = {"no-more-than-needed", "no-data-access", "no-data-modification", "no-data-deletion"}
    assert rules | {"no-harm", "good-faith"} <= confirmed(ONEFACTORY)


def test_1factory_asks_for_ninety_days() -> None:
    """S2-15: from 22 November 2026, until 20 February 2027; asked, so never late."""
    received = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
    assert due(ONEFACTORY, "disclosure-minimum", {"received": received}) == date(2027, 2, 20)
    assert all(rule.soft for rule in ONEFACTORY.clock_rules if rule.id != "ack")


def test_1factory_excludes_methods_as_conduct() -> None:
    """Methods are clauses, not scope rules."""
    expected = {"no-physical-attacks", "no-social-engineering", "no-dos", "no-spam"}
    assert methods(ONEFACTORY) == expected | {"no-physical-access"}
    assert {rule.id for rule in ONEFACTORY.scope_rules.exclude} == {
        "linked-sites",
        "third-party-services",
    }


def test_1factory_offers_a_harbour_on_four_conditions() -> None:
    """Four statements to confirm, and no promise beyond the policy."""
    harbour = ONEFACTORY.safe_harbour
    assert harbour is not None
    assert len(harbour.conditions) == 4
    assert {condition.id for condition in harbour.conditions} <= confirmed(ONEFACTORY)
    assert "only research done in line with this policy" in harbour.text


def test_1factory_pays_nothing_at_this_time() -> None:
    """No bounty, and thanks."""
    assert ONEFACTORY.reward is not None
    assert ONEFACTORY.reward.kind == "none"
    assert ONEFACTORY.reward.factors == ()
    assert ONEFACTORY.recognition is not None
    assert (ONEFACTORY.recognition.thanks, ONEFACTORY.recognition.forms) == (True, ())
    assert asked(ONEFACTORY, "effort_hours").strength == "hidden"


def test_1factory_is_silent_where_its_text_is() -> None:
    """Nothing on anonymity, authorities, kept data or naming."""
    assert unstated(ONEFACTORY, "anonymity", "authorities", "data_handling")
    assert unstated(ONEFACTORY, "retention", "languages")
    assert strengths(ONEFACTORY, "credit", "anonymous_to_authorities", "data_held") == {"hidden"}


# ── S3, iWelcome ─────────────────────────────────────────────────────────────


def test_iwelcome_names_its_mailbox() -> None:
    """Report at once, to the security mailbox."""
    assert [contact.uri for contact in IWELCOME.contacts] == ["mailto:security@iwelcome.com"]
    assert duties(IWELCOME, "report-immediately") == {"asked"}


def test_iwelcome_promises_without_numbers() -> None:
    """It keeps you informed and fixes soon; no date is invented."""
    assert {promise.id for promise in IWELCOME.promises} == {"pick-up", "fix"}
    assert all(promise.clock is None for promise in IWELCOME.promises)


def test_iwelcome_names_four_readers() -> None:
    """Every report is read by four roles, and each needs a key."""
    assert IWELCOME.readers == ("support", "security officer on duty", "CISO", "CEO")


def test_iwelcome_offers_a_harbour_on_two_conditions() -> None:
    """Help to fix, and keep to the policy."""
    assert IWELCOME.safe_harbour is not None
    assert [condition.id for condition in IWELCOME.safe_harbour.conditions] == [
        "harbour-help",
        "harbour-adhere",
    ]


def test_iwelcome_puts_not_publishing_data_first_and_alone() -> None:
    """Its most important rule is confirmed by itself, before all others."""
    first, *rest = Form.of(IWELCOME).statements
    assert (first.id, first.alone) == ("no-publishing-data", True)
    assert not any(clause.alone for clause in rest)
    assert "stay-lawful" in {clause.id for clause in rest}


def test_iwelcome_speaks_of_authorities_and_anonymity() -> None:
    """Notices to authorities, the wish not to be named there, and an acronym."""
    assert IWELCOME.authorities
    assert IWELCOME.authorities.decision
    assert IWELCOME.authorities.regimes == ()  # its text speaks of the law and names none
    assert IWELCOME.anonymity
    wanted = ("anonymous_to_authorities", "handle", "advice", "effort_hours")
    assert strengths(IWELCOME, *wanted) == {"optional"}
    assert asked(IWELCOME, "full_name").strength == "hidden"
    assert duties(IWELCOME, "acronym", "advice") == {"may"}


def test_iwelcome_wants_held_data_encrypted_and_later_deleted() -> None:
    """Keep it encrypted, and delete it when asked."""
    assert duties(IWELCOME, "keep-data-encrypted", "delete-when-asked") == {"must"}
    assert IWELCOME.data_handling is not None
    assert "stays encrypted" in IWELCOME.data_handling.text
    assert asked(IWELCOME, "data_held").strength == "requested"


def test_iwelcome_may_reward_what_touches_its_platform() -> None:
    """S3-15, S3-16: three factors; the brand site is accepted and earns nothing."""
    assert IWELCOME.reward is not None
    assert IWELCOME.reward.kind == "discretionary"
    factors = [factor.id for factor in IWELCOME.reward.factors]
    assert factors == ["value", "prevented-exposure", "effort"]
    assert "platform" in (IWELCOME.reward.eligible or "")
    scope = IWELCOME.scope_rules.scope
    brand, platform = scope.check("www.iwelcome.com"), scope.check("login.iwelcome.com")
    assert (brand.ruling, brand.reward) == (Ruling.IN, False)
    assert (platform.ruling, platform.reward) == (Ruling.IN, True)


def test_iwelcome_asks_for_six_weeks_at_most() -> None:
    """S3-18: from 22 November 2026 until 3 January 2027; then the researcher is free."""
    received = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    assert due(IWELCOME, "disclosure-maximum", {"received": received}) == date(2027, 1, 3)
    (window,) = IWELCOME.clock_rules
    calendar = Calendar.of(IWELCOME.calendar, start=received.date())
    after = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
    (over,) = clocks.deadlines(
        (window,), {"received": received}, calendar, calendar.zone, now=after
    )
    assert over.state is State.MET


def test_iwelcome_asks_for_an_address_and_does_without() -> None:
    """Steps and an address are requested, advice is optional."""
    assert strengths(IWELCOME, "steps", "contact_email") == {"requested"}
    note = asked(IWELCOME, "contact_email").note
    assert note
    assert "token" in note


def test_iwelcome_is_silent_where_its_text_is() -> None:
    """Nothing on banned methods, on naming, or on how long reports are kept."""
    assert unstated(IWELCOME, "recognition", "retention", "languages", "issued")
    assert methods(IWELCOME) == set()
    assert asked(IWELCOME, "credit").strength == "hidden"


# ── all of them ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "disagrees",
    [
        lambda policy: [rule.span for rule in policy.clock_rules],
        lambda policy: policy.disclosure,
        lambda policy: policy.data_handling,
    ],
)
def test_the_four_policies_disagree(disagrees: Callable[[Policy], object]) -> None:
    """A-x: no two policies agree on times, publication or held data, so none is built in."""
    said = [disagrees(policy) for policy in (INTEGRATPARK, UNNAMED, ONEFACTORY, IWELCOME)]
    assert len({repr(one) for one in said}) == 4


def test_the_example_shows_every_feature() -> None:
    """Whatever a pack can say, the example says."""
    policy = load("example")
    for name in Policy.__dataclass_fields__:
        assert getattr(policy, name) not in (None, ()), name
    assert {clause.duty for clause in policy.conduct} == {"must", "must_not", "may", "asked"}
    assert {contact.kind for contact in policy.contacts} == {"mail", "web", "phone"}
    assert any(rule.soft and rule.met_by for rule in policy.clock_rules)
    assert policy.calendar.add
    assert policy.calendar.remove
    assert policy.reports == Reports(quick=True, questions=True)
    assert any(clause.tools for clause in policy.conduct)
    terms = ("disclosure", "reward", "recognition", "safe_harbour", "data_handling")
    for part in (*terms, "authorities", "retention"):
        said = getattr(policy, part)
        assert all(getattr(said, name) for name in type(said).__dataclass_fields__), part
