"""A report at the desk, in a real browser: opened, read, worked on and answered."""

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Route, expect

from portal import age
from portal.age.identities import X25519Identity, recipient_of
from portal.intake.by_hand import OWN_KEY
from portal.offline import key_files
from portal.offline.thread.agreements import agreed
from portal.offline.thread.sealing import Draft
from tests.actors import Researcher, archive, seal
from tests.colleagues import Colleague
from tests.journeys.casework import FILES, PATIENT, Bureau, reported, signing_key, sit, unlock
from tests.journeys.pen import Pen
from tests.journeys.traces import files_with
from tests.journeys.wire import Wire
from tests.live import Live

pytestmark = pytest.mark.browser

CANARIES = {
    "note": "canary-note-heron",
    "tag": "canary-tag-ibis",
    "reply": "canary-reply-jackdaw",
    "draft": "canary-draft-kestrel",
    "file": "canary-file-lapwing",
}
WATCH_TYPES = """
const make = URL.createObjectURL
window.madeTypes = []
URL.createObjectURL = (blob) => (window.madeTypes.push(blob.type), make.call(URL, blob))
"""
SECOND = "report = :report AND sequence = 2"
AXE = Path("node_modules/axe-core/axe.min.js")
BARRIERS = "({violations}) => violations.map(({id, nodes}) => [id, nodes.map((each) => each.html)])"


@pytest.fixture(scope="module")
def ada(bureau: Bureau) -> Colleague:
    """A handler."""
    return bureau.hire("Ada Report")


@pytest.fixture
def someone(bureau: Bureau) -> Researcher:
    """Somebody with a token, known to nobody."""
    return bureau.researcher()


@pytest.fixture
def alarms(page: Page, context: BrowserContext) -> list[str]:
    """What a page does only when something of a stranger's is executed: stays empty."""
    heard: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        heard.append(dialog.message)
        dialog.dismiss()

    def listen(said: ConsoleMessage) -> None:
        if "violation" in said.text:
            heard.append(said.text)

    page.on("dialog", dismiss)
    page.on("console", listen)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("popup", lambda popup: heard.append(popup.url))
    context.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => {"
        " console.error('violation', event.violatedDirective, event.blockedURI) })"
    )
    return heard


def opened(page: Page, wire: Wire, ada: Colleague, report: str, bureau: Bureau) -> None:
    """Open a report with the handler's key."""
    sit(page, ada, f"{wire.url}/staff/reports/{report}")
    unlock(page, bureau.key)


def test_nothing_that_a_stranger_sends_is_executed(
    page: Page, wire: Wire, ada: Colleague, bureau: Bureau, someone: Researcher, alarms: list[str]
) -> None:
    """Script, hidden marks, long lines, pages and drawings are text and bytes; nothing more."""
    report = reported(someone)
    page.add_init_script(WATCH_TYPES)
    opened(page, wire, ada, report, bureau)
    text = page.locator("#report-text")
    expect(text).to_contain_text("<script>document.documentElement.dataset.pwned")
    expect(text).to_contain_text("photo<U+202E>gnp.exe <U+200B>here")
    assert text.locator("*").count() == 0
    assert not [one for one in wire.requests if one.endswith("/envelopes/attachments")]
    page.get_by_role("button", name=re.compile(r"Fetch 6 files")).click()
    files = page.locator("#report-files .opened-files > li")
    expect(files).to_have_count(6, timeout=PATIENT)
    for at, name in enumerate(("photo_gnp.exe", "page.html", "drawing.svg", "shot.png")):
        expect(files.nth(at).locator(".file-name")).to_have_text(name)
        with page.expect_download() as saving:
            files.nth(at).get_by_role("link", name="Save").click()
        assert saving.value.suggested_filename == name
        assert saving.value.path().read_bytes() == list(FILES.values())[at]
    for at in (1, 2, 5):
        files.nth(at).get_by_role("button", name="Show as text").click()
    expect(files.nth(2).locator("pre")).to_contain_text('onload="alert(1)"')
    expect(files.nth(5).locator("pre")).to_contain_text("GET /<U+202E>/ 200")
    files.nth(3).get_by_role("button", name="Show as a picture").click()
    canvas = files.nth(3).locator("canvas")
    expect(canvas).to_be_visible()
    assert canvas.evaluate("(one) => [one.width, one.height]") == [8, 6]
    files.nth(4).get_by_role("button", name="Show as a picture").click()
    expect(files.nth(4)).to_contain_text("too large to be shown")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    assert page.locator("img, iframe, object, embed").count() == 0
    assert set(page.evaluate("madeTypes")) == {"application/octet-stream"}
    assert page.evaluate("document.documentElement.dataset.pwned ?? null") is None
    assert alarms == []


def test_an_archive_that_leaves_its_folder_is_refused(
    page: Page, wire: Wire, ada: Colleague, bureau: Bureau, someone: Researcher
) -> None:
    """A name with `../` is shown as it is, and its archive is not unpacked."""
    report = reported(someone, "Look at the file.", {"../../evil.sh": b"true\n"})
    opened(page, wire, ada, report, bureau)
    expect(page.locator("#report-files")).to_contain_text("../../evil.sh")
    page.get_by_role("button", name="Fetch the file").click()
    expect(page.locator("#report-files .notice")).to_contain_text("archive was refused")
    assert page.locator("#report-files a").count() == 0


def test_what_staff_write_is_sealed_before_it_leaves(
    page: Page,
    wire: Wire,
    ada: Colleague,
    bureau: Bureau,
    someone: Researcher,
    live: Live,
    tmp_path: Path,
) -> None:
    """Notes, tags, drafts, replies and file names: not on the wire, not in the database."""
    report = reported(someone, "A door is open.", {})
    opened(page, wire, ada, report, bureau)
    page.get_by_label("Tags, with commas").fill(f"{CANARIES['tag']}, web")
    page.get_by_role("button", name="Save tags").click()
    expect(page.locator("#tags-list > li")).to_have_text([CANARIES["tag"], "web"])
    page.get_by_label("A note").fill(CANARIES["note"])
    page.get_by_role("button", name="Seal and keep the note").click()
    note = page.locator("#notes-list > li")
    expect(note).to_contain_text(CANARIES["note"])
    expect(note).to_contain_text("example handler")
    page.get_by_label("Your message").fill(CANARIES["draft"])
    expect(page.locator("#draft-note")).to_contain_text("Draft kept", timeout=PATIENT)
    page.reload()
    unlock(page, bureau.key)
    expect(page.get_by_label("Your message")).to_have_value(CANARIES["draft"])
    expect(page.locator("#tags-list > li")).to_have_text([CANARIES["tag"], "web"])
    page.get_by_label("Your message").fill(CANARIES["reply"])
    proof = tmp_path / f"{CANARIES['file']}.txt"
    proof.write_text(CANARIES["file"])
    page.locator("#f-files").set_input_files(proof)
    expect(page.locator("[data-files] > li")).to_have_count(1)
    page.get_by_role("button", name="Seal, sign and send").click()
    expect(page.locator("#answer-note")).to_contain_text("Sent.", timeout=PATIENT)
    message = page.locator('.message[data-sequence="1"]')
    expect(message).to_contain_text(CANARIES["reply"])
    expect(message).to_contain_text("Signed by the program's staff (handler).")
    message.get_by_role("button", name="Fetch the file").click()
    expect(message.locator(".opened-files")).to_contain_text(proof.name, timeout=PATIENT)
    secret = bureau.key.read_text().splitlines()
    stored = page.evaluate(
        "async () => JSON.stringify([{...localStorage}, {...sessionStorage},"
        " (await indexedDB.databases()), await caches.keys(), document.cookie])"
    )
    for canary in (*CANARIES.values(), secret[-1], secret[-2].rpartition(" ")[2]):
        assert not wire.carries(canary)
        assert canary not in stored
        assert files_with(canary, live.instance.glob("portico.db*")) == []


def test_the_reporter_reads_what_the_desk_signed(
    page: Page,
    wire: Wire,
    ada: Colleague,
    bureau: Bureau,
    someone: Researcher,
    live: Live,
    tmp_path: Path,
) -> None:
    """Words and a proposal from the desk count for the command line, too; an answer comes back."""
    report = reported(someone, "A door is open.", {})
    opened(page, wire, ada, report, bureau)
    page.get_by_label("Your message").fill("Thank you.")
    page.get_by_role("button", name="Seal, sign and send").click()
    expect(page.locator(".message")).to_have_count(1, timeout=PATIENT)
    page.get_by_text("Propose a day for publication").click()
    date = (datetime.now(UTC) + timedelta(days=60)).date().isoformat()
    page.get_by_label("Publish on").fill(date)
    page.get_by_role("button", name="Sign and propose").click()
    expect(page.locator(".message")).to_have_count(2, timeout=PATIENT)
    expect(page.locator("#events")).to_contain_text("date for publication", timeout=PATIENT)
    pen = Pen(live, bureau.slug, report, tmp_path)
    thread = pen.thread()
    assert [one.verdict for one in thread] == ["good", "good"]
    assert [word.value for word in agreed(thread)] == [date]


def test_hybrid_keys_open_seal_and_sign(page: Page, wire: Wire, live: Live, tmp_path: Path) -> None:
    """Post-quantum keys work in the vault as classic ones do."""
    bureau = Bureau(live, "integratpark")
    report = reported(bureau.researcher(), "The gate opens by itself.", {"log.txt": b"one"})
    opened(page, wire, bureau.hire("Ada Hybrid"), report, bureau)
    expect(page.locator("#report-text")).to_contain_text("The gate opens by itself.")
    page.get_by_role("button", name="Fetch the file").click()
    expect(page.locator("#report-files")).to_contain_text("log.txt", timeout=PATIENT)
    page.get_by_label("Your message").fill("Thank you.")
    page.get_by_role("button", name="Seal, sign and send").click()
    expect(page.locator('.message[data-verdict="good"]')).to_have_count(1, timeout=PATIENT)
    assert [one.verdict for one in Pen(live, bureau.slug, report, tmp_path).thread()] == ["good"]
    bureau.close()


def test_what_the_reporter_agrees_to_is_recorded_with_its_message(
    page: Page,
    wire: Wire,
    ada: Colleague,
    bureau: Bureau,
    someone: Researcher,
    live: Live,
    tmp_path: Path,
) -> None:
    """A signed answer can be recorded, once; one that somebody else wrote says nothing."""
    report = reported(someone, "A door is open.", {})
    pen, own = Pen(live, bureau.slug, report, tmp_path), signing_key(someone)
    pen.write(Draft(kind="publication-proposed", data={"date": "2027-03-01"}))
    ada.post(
        f"/staff/api/reports/{report}/events",
        {"name": "propose-publication", "data": {"date": "2027-03-01"}},
    )
    answer = Draft(kind="publication-agreed", data={"proposal": 1, "date": "2027-03-01"})
    pen.write(answer, key=Ed25519PrivateKey.generate(), author="reporter")
    opened(page, wire, ada, report, bureau)
    expect(page.locator(".message")).to_have_count(2, timeout=PATIENT)
    expect(page.locator("#agreements > li")).to_have_count(1)
    assert page.get_by_role("button", name="Record that").count() == 0
    pen.write(answer, key=own, author="reporter")
    page.reload()
    unlock(page, bureau.key)
    name = "Record that the reporter agreed (message 3)"
    page.get_by_role("button", name=name).click(timeout=PATIENT)
    expect(page.locator("#events")).to_contain_text("As message 3 says.")
    expect(page.get_by_role("button", name="Record that")).to_have_count(0)


def test_a_report_is_deleted_once_its_reporter_signed_for_it(
    page: Page,
    wire: Wire,
    ada: Colleague,
    bureau: Bureau,
    someone: Researcher,
    live: Live,
    tmp_path: Path,
) -> None:
    """The wish is a hint until the signed message was verified; then it can be carried out."""
    report = reported(someone, "A door is open.", {})
    opened(page, wire, ada, report, bureau)
    expect(page.locator("#write-form")).to_be_visible(timeout=PATIENT)
    asked = someone.client.post("/status/delete", json={"lookup": someone.token.lookup})
    assert asked.status_code == 202, asked.text
    page.reload()
    unlock(page, bureau.key)
    expect(page.locator("#events .hint:visible")).to_be_visible()
    expect(page.locator("#write-form")).to_be_visible(timeout=PATIENT)
    assert page.locator("#agreements button").count() == 0
    pen = Pen(live, bureau.slug, report, tmp_path)
    pen.write(Draft(kind="deletion"), key=signing_key(someone), author="reporter")
    page.reload()
    unlock(page, bureau.key)
    page.get_by_role("button", name="Record that it is verified").click(timeout=PATIENT)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete the report for good").click(timeout=PATIENT)
    expect(page.locator("#strip")).to_contain_text("Deleted", timeout=PATIENT)
    expect(page.locator("#report-text")).to_have_text("")
    expect(page.locator("#envelopes > li")).to_have_count(0)


def test_work_on_a_case(
    page: Page, wire: Wire, ada: Colleague, bureau: Bureau, someone: Researcher
) -> None:
    """Acknowledged, assessed with a date, assigned; a decision waits for a second person."""
    report = reported(someone, "A door is open.", {})
    sit(page, ada, f"{wire.url}/staff/reports/{report}")
    event = page.get_by_label("Event", exact=True)
    event.select_option("acknowledged")
    page.get_by_role("button", name="Record").click()
    expect(page.locator("#said")).to_have_text("Recorded.")
    event.select_option("assessed")
    page.get_by_label("Expected by").fill("2027-01-31")
    page.get_by_role("button", name="Record").click()
    expect(page.locator("#events")).to_contain_text("Expected by Sunday 31 January 2027.")
    page.get_by_label("Assigned to").select_option("Ada Report")
    expect(page.locator("#said")).to_have_text("Assigned to Ada Report.")
    expect(page.locator("#event-reason")).to_be_hidden()
    event.select_option("declined")
    expect(page.locator("#event-help")).to_contain_text("Takes two people")
    page.get_by_label("Reason, for colleagues").select_option("intended")
    page.get_by_role("button", name="Ask for it").click()
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()
    assert page.get_by_role("button", name="Grant").count() == 0
    bob = bureau.hire("Bob Report")
    sit(page, bob, f"{wire.url}/staff/reports/{report}")
    expect(page.locator("#approvals")).to_contain_text("Reason: It works as intended.")
    page.get_by_role("button", name="Refuse").click()
    expect(page.get_by_label("Reason for refusing")).to_be_focused()
    page.get_by_role("button", name="Grant").click()
    expect(page.locator("#strip")).to_contain_text("Declined")
    expect(page.locator("#approvals")).to_contain_text("Granted by Bob Report")


def test_a_reader_reads_and_changes_nothing(
    page: Page, wire: Wire, bureau: Bureau, someone: Researcher
) -> None:
    """Whoever may only read sees the text, and is told why nothing else is offered."""
    report = reported(someone, "A door is open.", {})
    eve = bureau.hire("Eve Report", "reader")
    opened(page, wire, eve, report, bureau)
    expect(page.locator("#report-text")).to_contain_text("A door is open.")
    expect(page.locator("#write-gate")).to_contain_text("takes the role of handler")
    expect(page.locator("#acts-none")).to_contain_text("takes the role of handler")
    expect(page.locator("#note-form")).to_be_hidden()
    expect(page.get_by_label("Assigned to")).to_be_disabled()


def test_forged_and_missing_messages_are_shown_as_such(
    page: Page,
    wire: Wire,
    ada: Colleague,
    bureau: Bureau,
    someone: Researcher,
    live: Live,
    tmp_path: Path,
) -> None:
    """Whoever owns the database can add, change and take away; staff see that they did."""
    report = reported(someone, "A door is open.", {})
    pen = Pen(live, bureau.slug, report, tmp_path)
    for text in ("One.", "Two.", "Three."):
        pen.write(Draft(text=text))
    opened(page, wire, ada, report, bureau)
    expect(page.locator('.message[data-verdict="good"]')).to_have_count(3, timeout=PATIENT)
    pen.tamper(f"UPDATE messages SET author = 'reporter' WHERE {SECOND}")
    page.reload()
    unlock(page, bureau.key)
    expect(page.locator('.message[data-sequence="2"]')).to_contain_text(
        "This message was not signed by the reporter. Do not trust it.", timeout=PATIENT
    )
    pen.tamper(f"DELETE FROM messages WHERE {SECOND}")
    page.reload()
    unlock(page, bureau.key)
    expect(page.locator('.message[data-sequence="3"]')).to_contain_text(
        "A message is missing or was moved.", timeout=PATIENT
    )


def test_an_answer_that_crossed_another_is_signed_again(
    page: Page,
    wire: Wire,
    ada: Colleague,
    bureau: Bureau,
    someone: Researcher,
    live: Live,
    tmp_path: Path,
) -> None:
    """A message came in while somebody wrote: the text stays, and goes out in its turn."""
    report = reported(someone, "A door is open.", {})
    opened(page, wire, ada, report, bureau)
    page.get_by_label("Your message").fill("Mine.")
    Pen(live, bureau.slug, report, tmp_path).write(Draft(text="Theirs."))
    page.get_by_role("button", name="Seal, sign and send").click()
    expect(page.locator('.message[data-verdict="good"]')).to_have_count(2, timeout=PATIENT)
    expect(page.locator('.message[data-sequence="1"]')).to_contain_text("Theirs.")
    expect(page.locator('.message[data-sequence="2"]')).to_contain_text("Mine.")
    expect(page.get_by_label("Your message")).to_have_value("")


def test_locking_takes_everything_off_the_page(
    page: Page, wire: Wire, ada: Colleague, bureau: Bureau, someone: Researcher
) -> None:
    """By hand or after a quarter of an hour; the text is gone and the key is asked for again."""
    report = reported(someone, "A door is open.", {})
    page.clock.install()
    opened(page, wire, ada, report, bureau)
    page.get_by_role("button", name="Lock").click()
    expect(page.locator("#report-text")).to_have_text("")
    expect(page.locator("#write")).to_be_hidden()
    unlock(page, bureau.key)
    page.clock.fast_forward("16:00")
    expect(page.locator("#unlock-note")).to_have_text("Locked after 15 minutes without use.")
    expect(page.locator("#report-text")).to_have_text("")
    expect(page.get_by_label("Your identity file")).to_be_visible()


def test_where_opening_is_off_the_page_says_how_it_is_done(
    page: Page, wire: Wire, ada: Colleague, bureau: Bureau, someone: Researcher
) -> None:
    """The reason, and the commands as they can be copied; no field takes an identity."""

    def closed(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace('data-opening="yes"', 'data-opening="no"')
        route.fulfill(response=answer, body=body)

    report = reported(someone, "A door is open.", {})
    page.route("**/staff/reports/*", closed)
    sit(page, ada, f"{wire.url}/staff/reports/{report}")
    expect(page.locator("#elsewhere")).to_contain_text(f"portico desk --url {wire.url}")
    expect(page.locator("#elsewhere")).to_contain_text(f"portico export --report {report}")
    expect(page.locator("#identity")).to_be_hidden()
    expect(page.get_by_label("Event", exact=True)).to_be_visible()


def test_a_locked_identity_asks_for_its_passphrase(
    page: Page, wire: Wire, ada: Colleague, bureau: Bureau, someone: Researcher, tmp_path: Path
) -> None:
    """A wrong one is said; the right one opens, and is nowhere on the wire."""
    report = reported(someone, "A door is open.", {})
    file = tmp_path / "locked.key"
    file.write_bytes(key_files.locked(bureau.key.read_text(), "open sesame street", work_factor=12))
    sit(page, ada, f"{wire.url}/staff/reports/{report}")
    page.get_by_label("Your identity file").set_input_files(file)
    page.get_by_role("button", name="Open the report").click()
    page.get_by_label("Its passphrase").fill("wrong")
    page.get_by_role("button", name="Open the report").click()
    expect(page.locator("#unlock-error")).to_contain_text("does not open this file")
    page.get_by_label("Its passphrase").fill("open sesame street")
    page.get_by_role("button", name="Open the report").click()
    expect(page.locator("#report-text")).to_contain_text("A door is open.", timeout=PATIENT)
    assert not wire.carries("open sesame street")


def test_a_key_that_a_report_by_hand_names_is_used(
    page: Page, wire: Wire, ada: Colleague, bureau: Bureau, someone: Researcher
) -> None:
    """In the words of the form to fill in: nobody pastes it, and its owner opens the answer."""
    own, keyset = X25519Identity.generate(), someone.program.keyset
    assert keyset is not None
    packed = archive({"report.md": f"# Door\n\n{OWN_KEY}\n{own.recipient}\n".encode()})
    report = str(someone.send(seal(packed, keyset.recipients), reply="no").json["report"])
    opened(page, wire, ada, report, bureau)
    expect(page.locator("#own-key")).to_be_hidden()
    page.get_by_label("Your message").fill("Thank you.")
    page.get_by_role("button", name="Seal, sign and send").click()
    expect(page.locator('.message[data-verdict="good"]')).to_have_count(1, timeout=PATIENT)
    sealed = ada.get(f"/staff/api/reports/{report}/envelopes/message-1").data
    plain = io.BytesIO()
    age.decrypt(io.BytesIO(sealed), [own.text], plain)
    assert b"Thank you." in plain.getvalue()


def test_a_report_sealed_by_hand_names_its_own_key(
    page: Page, wire: Wire, ada: Colleague, bureau: Bureau, someone: Researcher
) -> None:
    """Its text is shown as it is; an answer waits until a key of the right kind is pasted."""
    plain = b"By hand.\n<script>document.documentElement.dataset.pwned = 'yes'</script>\n"
    keyset = someone.program.keyset
    assert keyset is not None
    sealed = seal(plain, (*keyset.recipients, someone.recipients()[-1]))
    sent = someone.send(sealed)
    assert sent.status_code == 201, sent.text
    report = str(sent.json["report"])
    opened(page, wire, ada, report, bureau)
    expect(page.locator("#report-text")).to_contain_text("By hand.")
    expect(page.locator("#checks")).to_contain_text("It was sealed by hand")
    expect(page.locator("#write-gate")).to_contain_text("left no key")
    key = page.locator("#own-key")
    key.fill("age1nonsense")
    key.press("Tab")
    expect(page.locator("#own-key-error")).to_contain_text("not a public age key")
    key.fill(str(recipient_of(X25519Identity.generate().text)))
    key.press("Tab")
    page.get_by_label("Your message").fill("Thank you.")
    page.get_by_role("button", name="Seal, sign and send").click()
    expect(page.locator('.message[data-verdict="good"]')).to_have_count(1, timeout=PATIENT)
    expect(page.locator("#notes-list > li")).to_contain_text("own age key", timeout=PATIENT)
    page.reload()
    unlock(page, bureau.key)
    expect(page.locator("#write-form")).to_be_visible(timeout=PATIENT)
    expect(page.locator("#own-key")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out_of_the_page(
    page: Page,
    wire: Wire,
    ada: Colleague,
    bureau: Bureau,
    someone: Researcher,
    width: int,
    scheme: str,
) -> None:
    """Nothing is unlabelled, too faint or out of reach of the keyboard, narrow or wide."""
    report = reported(someone, "A door is open.", {"log.txt": b"one\n"})
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened(page, wire, ada, report, bureau)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(AXE.read_text("utf-8"))
    assert page.evaluate(f"axe.run().then({BARRIERS})") == []
