"""The desk as a whole: three people of different roles, and a reporter whom only a token knows.

Everybody has a browser of their own, comes with a link and a passkey, and works on one demo.
"""

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Browser, Page, expect

from portal.age.identities import X25519Identity, parse_file
from portal.intake.token import Token
from portal.offline import identity
from portal.offline.thread.sealing import Draft
from tests.journeys.casework import PATIENT, Bureau, reported
from tests.journeys.joining import joined, typed
from tests.journeys.office import Office
from tests.journeys.pen import Pen
from tests.journeys.reporter import Reporter
from tests.journeys.seat import Seat, invitation
from tests.journeys.traces import files_with, written
from tests.live import Live

pytestmark = pytest.mark.browser

NOT_STAFF = "This message was not signed by the program's staff. Do not trust it."
MOVED = "A message is missing or was moved."
WORDS = {
    name: f"canary-{name}-{bird}"
    for name, bird in {
        "title": "avocet",
        "steps": "bittern",
        "contact": "curlew",
        "handle": "dunlin",
        "evidence": "egret",
        "note": "fulmar",
        "tag": "gannet",
        "draft": "heron",
        "reply": "ibis",
        "screenshot": "jackdaw",
        "answer": "kestrel",
        "log": "lapwing",
        "wish": "merlin",
    }.items()
}
ROLE = "UPDATE envelopes SET role ="
# What can be asked of one report, by who may: a path below it, and what goes along.
OF_HANDLERS: dict[str, object] = {
    "events": {"name": "acknowledged", "data": {}},
    "approvals/none": {"granted": True},
    "assign": {"to": None},
    "quiet": {"quiet": True},
    "memos": {"kind": "note", "sealed": "AAAA"},
    "messages": {},
    "headers/report": {},
    "delete": {},
}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A demo of its own, whose temporary files lie in a folder of the test's."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "scratch").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder / "scratch"))
        running = Live(folder / "demo").start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def office(live: Live, chromium: Browser) -> Iterator[Office]:
    """An admin and a reader, invited by the operator; a handler, invited by the admin."""
    with ExitStack() as closing_time:

        def seat() -> Seat:
            context = chromium.new_context(accept_downloads=True)
            closing_time.callback(context.close)
            return Seat.open(context)

        made = Office(live, live.folder.parent / "scratch", seat(), seat(), seat())
        made.keys["ada"] = live.staff_machine / "example-handler.key"
        made.keys["eve"] = joined(live, "eve")
        made.keys["grace"] = live.staff_machine / "grace.key"
        typed(live, "keygen", "--classic", "--name", "Grace", "-o", made.keys["grace"])
        made.came(made.grace, invitation(live, "Grace"), "Grace")
        made.came(made.eve, invitation(live, "Eve", "reader"), "Eve")
        made.came(made.ada, made.invite("Ada"), "Ada")
        yield made


@pytest.fixture
def reporter(live: Live, page: Page) -> Reporter:
    """Somebody anonymous, in a browser of their own."""
    return Reporter(page, live)


@pytest.fixture
def report(bureau: Bureau) -> str:
    """A report that arrived."""
    return reported(bureau.researcher(), "A door is open.", {"log.txt": b"GET /\n"})


def file(folder: Path, name: str, text: str) -> Path:
    """Write a file."""
    made = folder / f"{name}.txt"
    made.write_text(text)
    return made


def test_from_a_report_to_its_publication(
    office: Office, reporter: Reporter, tmp_path: Path
) -> None:
    """Sent, opened, asked, answered, assessed, proposed and agreed: each sees what is theirs."""
    day = (datetime.now(UTC) + timedelta(days=60)).date()
    expected = day - timedelta(days=30)
    reporter.send("The gate opens by itself", "Walk up to it.", file(tmp_path, "gate", "open"))

    ada = office.ada
    ada.page.goto(f"{office.url}/")
    ada.page.get_by_role("link", name=reporter.report).click()
    ada.unlock(office.keys["ada"])
    expect(ada.page.locator("#report-text")).to_contain_text("The gate opens by itself")
    ada.reply("Which version is it?", file(tmp_path, "question", "this one?"))

    reporter.follow()
    expect(reporter.message(1)).to_contain_text("Signed by the program's staff (handler).")
    expect(reporter.message(1)).to_contain_text("Which version is it?")
    expect(reporter.page.locator("body")).not_to_contain_text("Ada")
    reporter.message(1).get_by_role("button", name="Fetch the file").click()
    saved = reporter.message(1).get_by_role("link", name="Save question.txt")
    expect(saved).to_be_visible(timeout=PATIENT)
    reporter.answer("Version 7.", file(tmp_path, "log", "seven\n" * 99))

    ada.page.reload()
    ada.unlock(office.keys["ada"])
    expect(ada.message(2)).to_contain_text("Version 7.", timeout=PATIENT)
    expect(ada.message(2)).to_contain_text("Signed")
    ada.message(2).get_by_role("button", name="Fetch the file").click()
    expect(ada.message(2).locator(".opened-files")).to_contain_text("log.txt", timeout=PATIENT)
    ada.assess(expected)
    ada.propose(day)

    reporter.follow()
    told = f"{expected:%A} {expected.day} {expected:%B} {expected.year}"
    expect(reporter.page.locator("#found")).to_contain_text(told)
    reporter.agree(day)

    ada.page.reload()
    ada.unlock(office.keys["ada"])
    name = "Record that the reporter agreed (message 4)"
    ada.page.get_by_role("button", name=name).click(timeout=PATIENT)
    expect(ada.page.locator("#agreements")).to_contain_text("message 4, signed by the reporter")
    expect(ada.page.locator("#events")).to_contain_text("As message 4 says.")

    eve = office.eve
    eve.open_report(office.address(reporter.report), office.keys["eve"])
    expect(eve.page.locator('.message[data-verdict="good"]')).to_have_count(4, timeout=PATIENT)
    expect(eve.message(2)).to_contain_text("Version 7.")


def test_a_reader_reads_and_does_nothing_else(office: Office, report: str) -> None:
    """What takes another role is not offered, and refused to whoever asks for it from the page."""
    eve, page = office.eve, office.eve.page
    eve.open_report(office.address(report), office.keys["eve"])
    expect(page.locator("#report-text")).to_contain_text("A door is open.")
    expect(page.locator("#acts-none")).to_contain_text("takes the role of handler")
    for offer in ("#write-form", "#publish", "#note-form", "#event-form", "#export-offer"):
        expect(page.locator(offer)).to_be_hidden()
    for control in ("#assign-to", "#toggle-quiet"):
        expect(page.locator(control)).to_be_disabled()
    for path, body in OF_HANDLERS.items():
        assert eve.asked("POST", f"/reports/{report}/{path}", body) == (403, "not-allowed"), path
    taken = {"reports": [report]}
    assert eve.asked("POST", "/export", taken) == (403, "not-allowed")
    assert eve.asked("POST", "/programs/example/reports", {}) == (403, "not-allowed")
    refused_as_admin(eve)
    page.goto(f"{office.url}/")
    expect(page.get_by_label("Save these filters as")).to_be_enabled()
    expect(page.locator("#export-offer")).to_be_hidden()


def test_a_handler_is_no_admin(office: Office, report: str, live: Live) -> None:
    """Neither people nor other programs are theirs; the page says so."""
    elsewhere = Bureau(live, "integratpark")
    foreign = reported(elsewhere.researcher(), "Not yours.", {})
    elsewhere.close()
    ada, page = office.ada, office.ada.page
    page.goto(f"{office.url}/people")
    expect(page.get_by_role("alert").first).to_contain_text("admin")
    expect(page.locator("#invite")).to_be_hidden()
    refused_as_admin(ada)
    for path in ("", "/messages", "/memos", "/envelopes/report", "/headers/report"):
        assert ada.asked("GET", f"/reports/{foreign}{path}") == (404, "no-such-report"), path
    for path, body in OF_HANDLERS.items():
        assert ada.asked("POST", f"/reports/{foreign}/{path}", body)[0] == 404, path
    assert ada.asked("POST", "/export", {"reports": [report, foreign]})[0] == 404
    page.goto(office.address(foreign))
    expect(page.get_by_role("alert").first).to_contain_text(f"There is no report {foreign}.")


def refused_as_admin(seat: Seat) -> None:
    """Make sure that somebody cannot do what admins do."""
    invited = {"name": "Mallory", "role": "admin", "programs": ["example"]}
    own = seat.page.evaluate("fetch('/staff/api/me').then((answer) => answer.json())")["id"]
    change = {"program": "example", "role": "admin"}
    assert seat.asked("GET", "/people") == (403, "not-allowed")
    assert seat.asked("POST", "/people", invited) == (403, "not-allowed")
    for path, body in {"role": change, "leave": {}, "invite": {"replace": True}}.items():
        assert seat.asked("POST", f"/people/{own}/{path}", body) == (403, "not-allowed"), path


def test_an_admin_without_a_key_reads_nothing(office: Office, report: str) -> None:
    """The role opens the desk; only a key in the keyset opens what was sealed."""
    page = office.grace.page
    page.goto(office.address(report))
    page.get_by_label("Your identity file").set_input_files(office.keys["grace"])
    page.get_by_role("button", name="Open the report").click()
    said = page.locator("#unlock-error")
    expect(said).to_contain_text("does not open with your identity", timeout=PATIENT)
    expect(page.locator("#opened")).to_be_hidden()
    expect(page.locator("#report-text")).to_have_text("")
    expect(page.locator("#write-form")).to_be_hidden()


def test_signing_out_ends_it(office: Office, report: str, live: Live) -> None:
    """The way back, the API and the cookie that was copied before give nothing."""
    ada, page = office.ada, office.ada.page
    ada.open_report(office.address(report), office.keys["ada"])
    expect(page.locator("#report-text")).to_contain_text("A door is open.")
    copied = page.context.cookies(f"{office.url}/")
    ada.sign_out()
    page.go_back()
    page.wait_for_url("**/staff/sign-in")
    assert "A door is open." not in page.content()
    paths = ("/me", f"/reports/{report}", f"/reports/{report}/envelopes/report", "/queue")
    assert {ada.asked("GET", path) for path in paths} == {(401, "sign-in-needed")}
    assert copied
    page.context.add_cookies(copied)  # type: ignore[arg-type]
    assert {ada.asked("GET", path) for path in paths} == {(401, "sign-in-needed")}
    page.context.clear_cookies()
    page.goto(f"{office.url}/sign-in")
    ada.sign_in()


def test_reports_are_taken_along_after_the_passkey(
    office: Office, report: str, bureau: Bureau, live: Live, tmp_path: Path
) -> None:
    """From a report's page and from the queue, as far as filters show; `portico open` reads it."""
    ada, page = office.ada, office.ada.page
    lapse(live)
    page.goto(office.address(report))
    page.get_by_label("Reason for saving it").select_option("offline")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save the sealed report").click()
        ada.confirm()
    expect(page.locator("#export-said")).to_have_text(
        "Saved: 1 report in reports.zip. Open it with portico open."
    )
    bundle, out = tmp_path / saving.value.suggested_filename, tmp_path / "out"
    saving.value.save_as(bundle)
    typed(live, "open", bundle, "-i", office.keys["ada"], "-d", out)
    assert (out / report / "attachments" / "log.txt").read_bytes() == b"GET /\n"

    page.goto(f"{office.url}/?quiet=yes")
    page.get_by_label("Reason for saving them").select_option("backup")
    page.get_by_role("button", name="Save these reports").click()
    expect(page.get_by_role("alert").first).to_contain_text("No report fits these filters.")
    reported(bureau.researcher(), "Another door.", {})
    page.goto(f"{office.url}/")
    page.get_by_label("Reason for saving them").select_option("backup")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save these reports").click()
    expect(page.locator("#export-said")).to_contain_text("reports in reports.zip")
    saving.value.save_as(bundle)
    with zipfile.ZipFile(bundle) as opened:
        manifest = json.loads(opened.read("manifest.json"))
    listed = page.locator("#entries a.id").all_inner_texts()
    assert len(listed) > 1
    assert {one["report"] for one in manifest["reports"]} == set(listed)


def lapse(live: Live) -> None:
    """Let the minutes pass that a confirmation counts."""
    with closing(sqlite3.connect(live.instance / "portico.db", timeout=10)) as database:
        database.execute("UPDATE sessions SET confirmed_at = '2026-01-01T00:00:00.000000Z'")
        database.commit()


def test_the_server_handed_to_an_attacker_tells_nothing(
    office: Office, reporter: Reporter, tmp_path: Path
) -> None:
    """No word, tag, note, file name, contact, token, session, code or key, in any form."""
    proof = {
        name: file(tmp_path, WORDS[name], f"{WORDS[name]} inside\n" * 999)
        for name in ("evidence", "screenshot", "log")
    }
    contact = f"{WORDS['contact']}@example.org"
    words = {"contact_email": contact, "handle": WORDS["handle"]}
    reporter.send(WORDS["title"], WORDS["steps"], proof["evidence"], **words)
    ada, page = office.ada, office.ada.page
    ada.open_report(office.address(reporter.report), office.keys["ada"])
    for shown in ("title", "steps", "contact", "handle"):
        expect(page.locator("#report-text")).to_contain_text(WORDS[shown])
    page.get_by_label("Tags, with commas").fill(WORDS["tag"])
    page.get_by_role("button", name="Save tags").click()
    expect(page.locator("#tags-list")).to_contain_text(WORDS["tag"])
    page.get_by_label("A note").fill(WORDS["note"])
    page.get_by_role("button", name="Seal and keep the note").click()
    expect(page.locator("#notes-list")).to_contain_text(WORDS["note"])
    ada.reply(WORDS["reply"], proof["screenshot"])
    page.get_by_label("Your message").fill(WORDS["draft"])
    expect(page.locator("#draft-note")).to_contain_text("Draft kept", timeout=PATIENT)
    reporter.follow()
    reporter.answer(WORDS["answer"], proof["log"])
    reporter.wish(WORDS["wish"])
    expect(reporter.message(3)).to_contain_text(WORDS["wish"], timeout=PATIENT)
    lapse(office.live)
    page.goto(f"{office.url}/account")
    page.get_by_role("button", name="Make a desk key").click()
    ada.confirm()
    expect(page.get_by_text("It is shown this once.")).to_be_visible()

    token = Token.parse(reporter.token)
    secrets: list[str | bytes] = [
        *WORDS.values(),
        token.text,
        token.secret,
        token.lookup,
        token.signing_seed,
    ]
    secrets += [page.locator("#desk-key pre").inner_text(), *office.codes, *office.sessions()]
    secrets += [secret for key in office.keys.values() for secret in secrets_of(key)]
    places = written(office.live, office.scratch)
    assert files_with(reporter.report, places), "the search finds what is there"
    assert [one for one in secrets if files_with(one, places)] == []


def secrets_of(key: Path) -> list[str | bytes]:
    """Return what is secret in an identity file: its two keys, as text and as bytes."""
    text = key.read_text()
    (opens,), signs = parse_file(text), identity.signing_key(text)
    assert isinstance(opens, X25519Identity)
    assert signs is not None
    written = [line for line in text.splitlines() if "SECRET" in line or "SIGNING" in line]
    assert len(written) == 2
    return [*(one.split()[-1] for one in written), opens.secret, signs.private_bytes_raw()]


# Each is what an owner of the database can do, and what then stands at which message.
TAMPERED: dict[str, tuple[tuple[str, ...], dict[int, str]]] = {
    "forged": ((), {4: NOT_STAFF}),
    "deleted": (("DELETE FROM messages WHERE report = :report AND sequence = 2",), {3: MOVED}),
    "swapped": (
        (
            f"{ROLE} 'aside' WHERE report = :report AND role = 'message-1'",
            f"{ROLE} 'message-1' WHERE report = :report AND role = 'message-2'",
            f"{ROLE} 'message-2' WHERE report = :report AND role = 'aside'",
        ),
        {1: MOVED, 2: MOVED, 3: MOVED},
    ),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_what_an_owner_of_the_database_does_is_seen_on_both_sides(
    office: Office, reporter: Reporter, tmp_path: Path, how: str
) -> None:
    """A message of somebody else's, one taken out, two swapped: staff and reporter are told."""
    reporter.send("The gate opens by itself", "Walk up to it.")
    pen = Pen(office.live, "example", reporter.report, tmp_path)
    for text in ("One.", "Two.", "Three."):
        pen.write(Draft(text=text))
    if how == "forged":
        pen.write(Draft(text="Send it by mail."), key=Ed25519PrivateKey.generate())
    statements, flagged = TAMPERED[how]
    pen.tamper(*statements)
    reporter.follow()
    office.ada.open_report(office.address(reporter.report), office.keys["ada"])
    for side in (reporter, office.ada):
        for number, words in flagged.items():
            expect(side.message(number)).to_contain_text(words, timeout=PATIENT)
        honest = {"forged": 3, "deleted": 1, "swapped": 0}[how]
        good = side.page.locator('.message[data-verdict="good"]')
        expect(good).to_have_count(honest)
        expect(side.page.get_by_text("Send it by mail.").locator("visible=true")).to_have_count(0)
