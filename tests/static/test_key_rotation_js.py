"""The checklist for changing keys, and the run that shares old files."""

import shlex
from collections.abc import Callable
from typing import Any

import pytest

Node = Callable[..., Any]

STEPS = """
const { rotationSteps } = await load("js/desk/rotation.js")
return input.map(([facts, plan]) => rotationSteps(facts, plan))
"""
RUN = """
const { shareAll } = await load("js/desk/sharing-run.js")
const { PortalRefused, PortalUnreachable, IdentityRefused } = await load("js/errors.js")
const { PorticoError } = await load("js/errors.js")
const listed = new Map(input.files.map((name) => [name, { report: name, role: "report" }]))
const told = [], kept = []
const stop = new AbortController()
const fail = (where, name) => {
    const fault = input.faults?.[name]
    if (fault?.[0] !== where) return
    const [, code] = fault
    if (code === "offline") throw new PortalUnreachable("No line.")
    if (where === "share") throw new PorticoError("It does not open.", { code, hint: "h" })
    throw new PortalRefused("Refused.", { code, hint: "h", status: 422 })
}
const client = {
    async unshared(after) {
        const names = [...listed.keys()].filter((name) => after === null || name > after)
        const files = names.slice(0, 2).map((name) => listed.get(name))
        return { files, next: names.length > 2 ? files[1].report : null }
    },
    async start({ report }) { fail("start", report); return new Blob([report]) },
    async keep({ report }, header, version) {
        fail("keep", report)
        kept.push([report, header.header, version])
        listed.delete(report)
        if (report === input.stopAfter) stop.abort()
    },
}
const vault = { async share({ file, role, recipients }) {
    const name = await file.text()
    fail("share", name)
    return { header: `${name} for ${recipients.join()}` }
} }
const keyset = { version: 7, recipients: ["a", "b"] }
const means = { client, vault, keyset, signal: stop.signal, progress: (n) => told.push(n) }
const run = await shareAll(means).catch(({ code }) => ({ code }))
return { run, told, kept, waiting: [...listed.keys()] }
"""


def holder(name: str, role: str = "handler") -> dict[str, Any]:
    """Write down a key holder."""
    return {"name": name, "role": role, "recipient": f"age1{name}", "fingerprint": f"f-{name}"}


def facts(*versions: tuple[str, ...], unshared: int = 0, **more: Any) -> dict[str, Any]:
    """Write down what the portal tells after these people were in its keysets, oldest first."""
    listed: list[dict[str, Any]] = []
    before: tuple[str, ...] = ()
    for number, people in enumerate(versions, start=1):
        changes = {
            "added": [holder(one) for one in people if one not in before],
            "retired": [holder(one) for one in before if one not in people],
        }
        listed.insert(0, {"version": number, "changes": changes})
        before = people
    keyset = {
        "version": len(versions),
        "kind": "hybrid",
        "entries": [holder(one) for one in before],
        "expires": "2026-12-22T09:30:00+00:00",
    }
    return {
        "program": "example",
        "url": "https://report.example.org",
        "keyset": keyset if versions else None,
        "alarms": [],
        "versions": listed,
        "unshared": {"reports": unshared, "files": unshared},
    } | more


def plan(name: str = "", role: str = "handler", retire: str = "") -> dict[str, str]:
    """Write down what somebody wants."""
    return {"name": name, "role": role, "retire": retire}


def done(steps: list[dict[str, Any]]) -> list[Any]:
    """Return which steps are done."""
    return [step["done"] for step in steps]


def test_what_is_done_is_ticked_from_facts(node: Node) -> None:
    """A newcomer: nothing, then all but sharing, then all; nobody has to tick anything."""
    cases = [
        [facts(("Ada",)), plan("Grace")],
        [facts(("Ada",), ("Ada", "Grace"), unshared=3), plan(" grace ")],
        [facts(("Ada",), ("Ada", "Grace")), plan("Grace")],
    ]
    before, between, after = node(STEPS, cases)
    assert done(before) == [False] * 6 + [None]
    assert done(between) == [True] * 5 + [False, None]
    assert done(after) == [True] * 6 + [None]
    assert after[4]["fact"] == "Grace is in since version 2."


def test_signing_anew_needs_nobody(node: Node) -> None:
    """Without a name no key is made; the next set is due when the portal says so.

    Until then nothing is done, and nothing is said to be: no step is needed.
    """
    alarm = {"code": "keyset-expires", "message": "m", "hint": "h"}
    fresh, due, first = node(
        STEPS,
        [
            [facts(("Ada",)), plan()],
            [facts(("Ada",), alarms=[alarm]), plan()],
            [facts(alarms=[{**alarm, "code": "no-keyset"}]), plan("Ada")],
        ],
    )
    assert done(fresh) == [None] * 7
    assert fresh[3]["fact"] == "Version 1 holds until 2026-12-22."
    assert done(due) == [None, None, False, False, False, None, None]
    assert "portico keyset new --program example" in first[2]["commands"][0]


def test_a_key_is_retired_in_its_own_set_or_together(node: Node) -> None:
    """Another's key goes after sharing; one's own old key goes as the new one comes."""
    known = facts(("Ada", "Eve"), ("Ada", "Eve", "Grace"))
    apart, same, alone, gone = node(
        STEPS,
        [
            [known, plan("Grace", retire="f-Eve")],
            [known, plan("Eve", retire="f-Eve")],
            [known, plan(retire="f-Eve")],
            [facts(("Ada", "Eve"), ("Ada",)), plan(retire="f-Eve")],
        ],
    )
    assert apart[6]["commands"][1] == "portico keyset remove example-v3.draft.json Eve"
    assert done(apart) == [True] * 6 + [False]
    for steps in (same, alone):
        assert "portico keyset remove example-v3.draft.json Eve" in steps[2]["commands"]
        assert (steps[6]["commands"], steps[6]["done"], steps[2]["done"]) == ([], False, False)
    assert same[0]["done"] is False
    assert (gone[6]["done"], gone[6]["fact"]) == (True, "It is out since version 2.")


@pytest.mark.parametrize("name", ["Zoë O'Neill", "$(reboot)", "a b;c", "`x`", "-rf"])
def test_a_name_is_one_word_for_the_shell(node: Node, name: str) -> None:
    """Whatever somebody types, the command says that name and nothing else."""
    (steps,) = node(STEPS, [[facts(("Ada",)), plan(name, role="a'b")]])
    made = shlex.split(steps[0]["commands"][0])
    assert made[made.index("--name") + 1] == name
    assert made[-2] == "-o"
    assert set(made[-1]) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert shlex.split(steps[2]["commands"][-1])[-1] == "a'b"


def test_every_step_says_who_where_and_how(node: Node) -> None:
    """All seven, in their order, with commands that `portico` or the system has."""
    (steps,) = node(STEPS, [[facts(("Ada", "Eve")), plan("Grace", retire="f-Eve")]])
    assert [step["id"] for step in steps] == [
        "generate", "card", "add", "sign", "publish", "share", "retire",
    ]  # fmt: skip
    for step in steps:
        assert step["who"]
        assert step["where"]
        assert step["why"]
        for command in step["commands"]:
            assert command.split()[0] in {"portico", "curl", "sha256sum"}


FILES = ["a", "b", "c", "d", "e"]


def test_all_is_shared_part_by_part(node: Node) -> None:
    """Every file gets a header for the keyset that was verified; progress is told."""
    answer = node(RUN, {"files": FILES})
    assert answer["run"] == {"shared": 5, "left": [], "stopped": False}
    assert answer["told"] == [1, 2, 3, 4, 5]
    assert answer["kept"][0] == ["a", "a for a,b", 7]
    assert answer["waiting"] == []


def test_a_file_that_cannot_be_shared_stops_no_other(node: Node) -> None:
    """It stays as it was, and is named; nothing is sent for it."""
    faults = {
        "b": ["share", "identity-refused"],
        "c": ["keep", "envelope-refused"],
        "d": ["start", "no-such-report"],
    }
    answer = node(RUN, {"files": FILES, "faults": faults})
    assert [one["file"]["report"] for one in answer["run"]["left"]] == ["b", "c", "d"]
    assert all(one["message"] for one in answer["run"]["left"])
    assert [one[0] for one in answer["kept"]] == ["a", "e"]


@pytest.mark.parametrize(
    "fault",
    [
        ["keep", "keyset-outdated"],
        ["keep", "offline"],
        ["start", "offline"],
        ["share", "vault-closed"],
    ],
)
def test_what_concerns_the_whole_run_ends_it(node: Node, fault: list[str]) -> None:
    """New keys, a broken line and a locked vault are no matter of one file."""
    answer = node(RUN, {"files": FILES, "faults": {"b": fault}})
    assert "code" in answer["run"]
    assert [one[0] for one in answer["kept"]] == ["a"]


def test_a_run_that_was_stopped_goes_on(node: Node) -> None:
    """What was shared is not asked for again."""
    first = node(RUN, {"files": FILES, "stopAfter": "c"})
    assert (first["run"]["shared"], first["run"]["stopped"]) == (3, True)
    rest = node(RUN, {"files": first["waiting"]})
    assert [one[0] for one in rest["kept"]] == ["d", "e"]
