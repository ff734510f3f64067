"""What policies ask of researchers: owned up to, confirmed line by line, and never ticked for them.

The answers come with `portico submit`, on the program's own report to fill in; staff open them.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests import node as nodes
from tests.markup import words
from tests.towns import Place, Town

pytestmark = pytest.mark.thorough

Submit = Callable[..., Any]
TARGETS = {
    "integratpark": "app.integratpark.com",
    "unnamed": "shop.example.org",
    "onefactory": "www.1factory.com",
    "iwelcome": "login.iwelcome.com",
}
# Every forbidden way of testing, with words that the row asks for.
METHODS = [
    ("integratpark", "no-physical-testing", ["physical"]),
    ("integratpark", "no-social-engineering", ["social engineering"]),
    ("integratpark", "no-unsolicited-mail", ["unasked", "phishing"]),
    ("integratpark", "no-dos", ["attempt", "denial of service", "exhaustion"]),
    ("integratpark", "no-malware", ["malicious software"]),
    ("integratpark", "no-disruptive-scans", ["scanners", "guessing passwords", "intrusion"]),
    ("integratpark", "no-degrading", ["impair", "disturb", "disable"]),
    ("integratpark", "no-third-party-testing", ["link to them", "linked from them"]),
    ("integratpark", "no-exfiltration", ["carry data out"]),
    ("integratpark", "no-shell", ["command line"]),
    ("integratpark", "no-persistence", ["stay"]),
    ("integratpark", "no-pivot", ["pivot"]),
    ("unnamed", "no-physical-attacks", ["physically"]),
    ("unnamed", "no-ddos", ["distributed denial of service"]),
    ("unnamed", "no-social-engineering", ["social engineering"]),
    ("onefactory", "no-physical-attacks", ["property", "data centres"]),
    ("onefactory", "no-social-engineering", ["employees or users"]),
    ("onefactory", "no-dos", ["denial of service", "out of scope"]),
    ("onefactory", "no-spam", ["spam", "out of scope", "social engineering"]),
    ("onefactory", "no-physical-access", ["attempt", "physically", "out of scope"]),
]
# What is confirmed before sending, by the row that asks for it.
DATA_VERBS = ["deletion", "alteration", "sharing", "retention", "destruction"]
STATEMENTS = {
    "S0-13": ("integratpark", [f"no-data-{verb}" for verb in DATA_VERBS]),
    "S1-6": ("unnamed", ["be-responsible"]),
    "S1-7": ("unnamed", ["no-more-than-needed"]),
    "S1-8": ("unnamed", ["no-abuse"]),
    "S1-9": ("unnamed", ["no-keeping-data"]),
    "S2-12": ("onefactory", ["no-more-than-needed"]),
    "S2-13": ("onefactory", ["no-data-access", "no-data-modification", "no-data-deletion"]),
    "S2-14": ("onefactory", ["no-harm"]),
    "S2-18": ("onefactory", ["good-faith"]),
    "S2-19": (
        "onefactory",
        [
            "harbour-guidelines",
            "harbour-good-faith",
            "harbour-reasonable-effort",
            "harbour-direct-report",
        ],
    ),
    "S3-4": ("iwelcome", ["harbour-help", "harbour-adhere"]),
    "S3-5": ("iwelcome", ["stay-lawful"]),
    "S3-6": ("iwelcome", ["no-publishing-data"]),
}


def row(place: Place, clause: str) -> str:
    """Return the words beside the box of a clause on the form."""
    found = re.search(
        rf'<div class="clause" data-row="{clause}".*?</div>\n</div>', place.form, re.DOTALL
    )
    assert found, clause
    return words(found[0])


@pytest.mark.parametrize(("pack", "clause", "said"), METHODS)
def test_whoever_did_it_says_so_and_reports_all_the_same(
    town: Town, submit: Submit, pack: str, clause: str, said: list[str]
) -> None:
    """A box of its own, unticked; a tick is taken, and staff alone read of it.

    S0-5, S0-6, S0-7, S0-8, S0-9, S0-10, S0-11, S0-12, S0-14; S1-12, S1-13, S1-14; S2-16, S2-17,
    S2-21, S2-22, S2-23.
    """
    place = town.at(pack)
    assert "checked" not in place.control(f"m-{clause}")
    for one in said:
        assert one in row(place, clause)
    sent = submit(place, TARGETS[pack], [clause])
    assert sent.document.used == (clause,)
    assert f"You did, although the policy rules it out: {clause}" in sent.said
    assert f"## Done although the policy rules it out\n\n- `{clause}`" in sent.text
    assert clause not in sent.reporter.status().text


@pytest.mark.parametrize("pack", ["integratpark", "unnamed", "onefactory", "iwelcome"])
def test_whoever_left_the_policy_is_not_promised_its_protection(town: Town, pack: str) -> None:
    """S2-20: it may not apply; where a policy offers none, the form says only that it is silent."""
    place = town.at(pack)
    (notice,) = re.findall(r'<div id="outside".*?</div>\n</div>', place.form, re.DOTALL)
    said = words(notice.replace(" hidden", ""))
    assert "outside the policy. Your report is still welcome." in said
    harbour = place.policy.safe_harbour
    assert ("protection that the policy offers may not apply" in said) is (harbour is not None)
    assert ("does not say whether you are protected" in said) is (harbour is None)
    assert not re.search(
        r"(?<!whether )you are (?:safe|protected)[ .]|still (?:applies|protected)", said
    )


@pytest.mark.parametrize("asked", STATEMENTS)
def test_what_is_confirmed_is_sealed_into_the_report(
    town: Town, submit: Submit, asked: str
) -> None:
    """Each a box of its own and unticked; the sealed report has their ids, and no others.

    With the hash of the policy that they stand in, which the receipt states, too. S0-13, S1-6,
    S1-7, S1-8, S1-9, S2-12, S2-13, S2-14, S2-18, S2-19, S3-4, S3-5, S3-6.
    """
    pack, clauses = STATEMENTS[asked]
    place = town.at(pack)
    for clause in clauses:
        assert "checked" not in place.control(f"c-{clause}")
    sent = submit(place, TARGETS[pack], clauses)
    assert sorted(sent.document.attested) == sorted(clauses)
    assert sent.document.raw["policy"] == {"version": 1, "sha256": place.policy.sha256}
    assert all(f"- `{clause}`" in sent.text for clause in clauses)
    assert not any(clause in sent.reporter.status().text for clause in clauses)


@pytest.mark.parametrize(
    ("pack", "ids"),
    [(pack, ids) for row, (pack, ids) in STATEMENTS.items() if row in {"S2-19", "S3-4"}],
)
def test_the_conditions_of_a_safe_harbour_are_on_policy_form_and_receipt(
    town: Town, pack: str, ids: list[str]
) -> None:
    """S2-19, S3-4: each is confirmed by itself; the signed receipt has their ids and the hash."""
    place = town.at(pack)
    assert place.policy.safe_harbour
    conditions = place.policy.safe_harbour.conditions
    page = place.by_hand()
    for condition in conditions:
        assert condition.text in place.part("harbour")
        assert condition.statement in row(place, condition.id)
        assert condition.text in page
    assert f"Policy version 1, SHA-256 {place.policy.sha256[:16]}" in page
    claims = place.reporter().send().json["claims"]
    assert claims["safe_harbour"] == [condition.id for condition in conditions] == ids
    assert claims["policy"] == {"version": 1, "sha256": place.policy.sha256}


@pytest.mark.parametrize("pack", ["integratpark", "unnamed"])
def test_no_receipt_speaks_of_a_harbour_that_there_is_none_of(town: Town, pack: str) -> None:
    """S0-19, S1-24: where the policy is silent, so is the receipt."""
    place = town.at(pack)
    assert place.reporter().send().json["claims"]["safe_harbour"] is None
    assert "harbour" not in place.by_hand().lower()


def test_the_most_important_rule_is_confirmed_by_itself(town: Town) -> None:
    """S3-6: above all others and apart from them; it cannot be ticked together with any."""
    form = town.at("iwelcome").form
    alone, together = (
        form.index('<div class="alone">'),
        form.index('<fieldset class="clauses">\n<legend>Confirm'),
    )
    place = form.index('id="c-no-publishing-data"')
    assert alone < place < together
    assert form.count('<div class="alone">') == 1
    assert form[alone:together].count("<input") == 1
    assert min(found.start() for found in re.finditer(r'id="c-', form)) == place


@pytest.mark.parametrize(
    ("tools", "shown"),
    [
        ("a port scanner", {"no-disruptive-scans"}),
        ("Hydra, to guess passwords", {"no-disruptive-scans"}),
        ("slowloris", {"no-dos"}),
        ("hping and nmap", {"no-dos", "no-disruptive-scans"}),
        ("a browser", set()),
    ],
)
def test_a_tool_brings_up_the_clause_about_it(town: Town, tools: str, shown: set[str]) -> None:
    """S0-10: with the clauses as the form of the pack hands them to its script."""
    form = town.at("integratpark").form
    lines = re.findall(
        r'<li data-rule="(.*?)" data-tools="(.*?)"( data-forbids)? hidden>(.*?)</li>', form
    )
    rules: list[dict[str, Any]] = [
        {
            "id": name,
            "text": text,
            "tools": [one for one in known.split("|") if one],
            "method": bool(method),
        }
        for name, known, method, text in lines
    ]
    script = """
    const { rulesAbout } = await load("js/tool-rules.js")
    return rulesAbout(input.tools, input.rules).map(({ id }) => id)
    """
    assert set(nodes.run(script, {"tools": tools, "rules": rules})) == shown
