"""The guided form in a real browser: it seals, it explains, and it fails closed."""

import io
import json
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from portal import age
from portal.intake.token import Token
from tests.journeys.wire import Wire
from tests.live import Live

pytestmark = pytest.mark.browser

CANARY = "canary-7f3a the door is open"
# The browser's protocol does not show the files of a request, so the page itself is watched.
WATCH = """
globalThis.deliveries = []
XMLHttpRequest.prototype.send = ((real) => function (form) {
    globalThis.deliveries.push([...form])
    return real.call(this, form)
})(XMLHttpRequest.prototype.send)
"""
DELIVERIES = """() => Promise.all(globalThis.deliveries.map(async (form) => Object.fromEntries(
    await Promise.all(form.map(async ([name, value]) => [name, typeof value === "string" ? value :
        Array.from(new Uint8Array(await value.arrayBuffer()),
            (byte) => String.fromCharCode(byte)).join("")])))))"""
DROP = """() => {
    const root = document.getElementById("report")
    for (const [kind, name] of [["drop", "dropped.log"], ["paste", "pasted.png"]]) {
        const data = new DataTransfer()
        data.items.add(new File(["text"], name))
        const way = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data }
        const event = kind === "drop" ? new DragEvent(kind, way) : new ClipboardEvent(kind, way)
        if (root.dispatchEvent(event) && kind === "drop") throw new Error("it would be opened")
    }
}"""
BARRIERS = """(found) => found.violations.map((one) =>
    [one.id, one.help, one.nodes.map((node) => node.html.slice(0, 120))])"""
# Waiting between attempts is not what these tests are about.
IMPATIENT = """void (globalThis.setTimeout = ((real) => (act, wait, ...more) =>
    real(act, wait > 10_000 ? wait : Math.min(wait ?? 0, 20), ...more))(setTimeout))"""
# Each breaks something that is only needed once the report is kept.
SPOILT = {
    "the files to save": "URL.createObjectURL = () => { throw new Error('no file') }",
    "the dates": "Intl.DateTimeFormat = class { constructor() { throw new Error('no date') } }",
    "the receipt": "document.getElementById('receipt-file').remove()",
    "the whole card": "document.getElementById('kept').remove()",
    "the token's place": "document.getElementById('token').remove()",
}
FLAWS = "content security|trusted type|refused to|violat"


@dataclass
class Form:
    """Someone in front of the form, and everything their browser did."""

    page: Page
    live: Live
    program: str = "example"
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    url: str = ""

    def __post_init__(self) -> None:
        self.page.add_init_script(WATCH)
        self.page.on("request", lambda request: self.requests.append(request))
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: dialog.accept())

    def visit(self, *, ready: bool = True) -> "Form":
        """Open the form, and wait until it is unlocked."""
        self.page.goto(f"{self.url or self.live.url}/{self.program}/report")
        if ready:
            expect(self.page.locator("#gate")).to_be_hidden(timeout=20_000)
        return self

    def check(self, target: str) -> "Form":
        """Type a target and wait for its ruling."""
        self.page.fill("#target", target)
        expect(self.page.locator("#verdict .ruling, #verdict .notice")).to_be_visible()
        return self

    def fill(self, title: str = CANARY) -> "Form":
        """Fill in everything the policy requires, and confirm what is to be confirmed."""
        self.page.fill("#f-title", title)
        for box in self.page.locator("[data-strength=required]:visible").all():
            control = box.locator("input, textarea, select").first
            kind = box.get_attribute("data-kind")
            if kind == "choice":
                control.select_option(index=1)
            elif kind in ("text", "long") and not control.input_value():
                control.fill(CANARY)
            elif kind == "datetime":
                control.fill("2026-11-20T10:00")
        for tick in self.page.locator("[data-clause] input").all():
            tick.check()
        return self

    def send(self) -> "Form":
        """Press the button."""
        self.page.click("#send")
        return self

    def kept(self) -> Token:
        """Wait for the token."""
        expect(self.page.locator("#kept")).to_be_visible(timeout=20_000)
        return Token.parse(self.page.locator("#token").text_content() or "")

    def fetch(self, token: Token, role: str = "report") -> bytes:
        """Get a sealed file back from the portal, as anyone with the token can."""
        answer = self.page.request.post(
            f"{self.live.url}/status/envelope", data={"lookup": token.lookup, "role": role}
        )
        assert answer.ok, answer.status
        return answer.body()

    def unsure(self) -> list[Token]:
        """Return the tokens shown for what may have been kept."""
        expect(self.page.locator("#unsure")).to_be_visible(timeout=20_000)
        shown = self.page.locator("#unsure-tokens li").all()
        return [Token.parse(one.text_content() or "") for one in shown]

    def says(self, words: str) -> bool:
        """Tell whether these words stand on the page where they can be seen."""
        return words in self.page.locator("body").inner_text()

    @property
    def sent(self) -> list[dict[str, str]]:
        """The fields and files of every delivery that left the page; files as Latin-1 text."""
        return list(self.page.evaluate(DELIVERIES))


def opened(sealed: bytes, identity: str) -> dict[str, bytes]:
    """Open an envelope and unpack it."""
    sink = io.BytesIO()
    age.decrypt(io.BytesIO(sealed), [identity], sink)
    with tarfile.open(fileobj=io.BytesIO(sink.getvalue())) as tar:
        return {one.name: (tar.extractfile(one) or io.BytesIO()).read() for one in tar}


def own_key(token: Token, sealed: bytes) -> str:
    """The token's own key, of the kind that a file is sealed to."""
    hybrid = b"-> mlkem768x25519 " in sealed.partition(b"\n---")[0]
    return token.reply_identity("mlkem768x25519" if hybrid else "x25519")


def live_files(live: Live) -> list[Path]:
    """Everything the server keeps and everything it printed."""
    return [live.log, *(path for path in live.instance.rglob("*") if path.is_file())]


def identity_in(path: Path) -> str:
    """Read the age identity of a staff member's key file."""
    found = re.search(r"AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]+", path.read_text("utf-8"))
    assert found is not None
    return found[0]


@pytest.fixture
def form(chromium: Browser, live: Live) -> Iterator[Form]:
    """A fresh visitor."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield Form(context.new_page(), live)
    context.close()


@pytest.fixture
def silent(live: Live) -> Iterator[Wire]:
    """A line on which reports arrive and the answers to them are lost."""
    made = Wire(live.port, silent=True).start()
    yield made
    made.stop()


@pytest.fixture
def unanswered(form: Form, silent: Wire) -> Form:
    """A report was sent, as often as the page tries, and no answer came back."""
    form.url = silent.url
    form.visit().check("https://shop.example.com").fill()
    form.page.evaluate(IMPATIENT)
    form.send()
    expect(form.page.locator("#failure")).to_be_visible(timeout=20_000)
    return form


Visitor = Callable[..., Form]


@pytest.fixture
def visitor(chromium: Browser, live: Live) -> Iterator[Visitor]:
    """Makes visitors with a browser set up in their own way."""
    contexts = []

    def made(program: str = "example", **options: object) -> Form:
        context = chromium.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        return Form(context.new_page(), live, program)

    yield made
    for context in contexts:
        context.close()


def test_from_the_page_to_an_opened_envelope(form: Form, tmp_path: Path) -> None:
    """What is typed and added reaches the staff's key, and nobody else on the way."""
    evidence = tmp_path / "proof.log"
    evidence.write_text(f"{CANARY}\n" * 2000, "utf-8")
    form.visit().check("https://shop.example.com/?session=1").fill()
    form.page.set_input_files("#f-files", [evidence])
    expect(form.page.locator(".file-name")).to_have_text("proof.log")
    token = form.send().kept()
    report, attachments = form.fetch(token), form.fetch(token, "attachments")
    identity = identity_in(form.live.staff_machine / "example-handler.key")
    files = opened(report, identity)
    document = json.loads(files["report.json"])
    assert document["fields"]["title"] == CANARY
    assert document["target"]["text"] == "https://shop.example.com/?session=1"
    assert CANARY in files["report.md"].decode()
    assert opened(attachments, identity) == {"proof.log": evidence.read_bytes()}
    assert opened(report, own_key(token, report)) == files
    bodies = [one.post_data_buffer or b"" for one in form.requests]
    bodies += [part.encode("latin-1") for one in form.sent for part in one.values()]
    wire = b"".join([*bodies, *(one.url.encode() for one in form.requests)])
    assert report in wire
    disk = b"".join(path.read_bytes() for path in live_files(form.live))
    for secret in (CANARY, "session=1", token.text, token.secret.hex()):
        assert secret.encode() not in wire + disk
    assert token.lookup.encode() not in disk


def test_nothing_is_loaded_from_elsewhere_and_no_rule_is_broken(form: Form) -> None:
    """Every request goes to the portal, no cookie is set, and the content policy has no say."""
    form.visit().check("https://shop.example.com").fill().send().kept()
    assert all(one.url.startswith((form.live.url, "blob:")) for one in form.requests)
    assert form.page.context.cookies() == []
    assert not [said for said in form.complaints if re.search(FLAWS, said, re.IGNORECASE)]


def test_the_token_is_kept_before_leaving(form: Form) -> None:
    """A wrong group is refused, the right one opens the way, and two files can be saved."""
    form.visit().check("https://shop.example.com").fill()
    token = form.send().kept()
    page = form.page
    number = int(page.locator("#group-number").text_content() or "")
    page.fill("#group", "00000")
    page.click("#group-check")
    expect(page.locator("#group-error")).to_contain_text(f"not group {number}")
    page.fill("#group", token.text.split("-")[number - 1].lower())
    page.click("#group-check")
    expect(page.locator("#leaving")).to_contain_text("You can leave this page")
    with page.expect_download() as card:
        page.click("#card-file")
    with page.expect_download() as receipt:
        page.click("#receipt-file")
    private, public = (Path(one.value.path()).read_text("utf-8") for one in (card, receipt))
    assert token.text in private
    assert token.lookup in private
    assert token.text not in public
    assert token.lookup not in public
    assert token.text.split("-")[0] not in page.url


def test_without_script_the_form_is_locked_and_says_what_to_do(visitor: Visitor) -> None:
    """No field can be typed in or posted; the only input with a name takes a sealed file."""
    form = visitor(java_script_enabled=False).visit(ready=False)
    page = form.page
    expect(page.locator("#gate")).to_be_visible()
    for control in page.locator("#report").locator("input, textarea, select, button").all():
        assert control.is_disabled()
    named = page.locator("input[name], textarea[name], select[name], button[name]")
    assert named.evaluate_all("all => all.map((one) => one.name)") == [
        "sealed",
        "kind",
        "exposed",
        "exploited",
    ]
    assert page.locator("#report form, form #report").count() == 0
    assert page.locator("#by-hand").get_by_text("age -R recipients.txt").first.is_visible()


@pytest.mark.parametrize(
    "blocked",
    ["**/js/report.js", "**/js/seal-worker.js", "**/vendor/age.js", "**/keyset.jws"],
)
def test_whatever_is_blocked_the_form_stays_locked(form: Form, blocked: str) -> None:
    """Without the script, the worker, the library or the keys, nobody can type, and they know."""
    form.page.route(blocked, lambda route: route.abort())
    form.visit(ready=False)
    form.page.wait_for_timeout(1500)
    expect(form.page.locator("#gate")).to_be_visible()
    expect(form.page.locator("#f-title")).to_be_disabled()
    expect(form.page.locator("#send")).to_be_disabled()
    assert form.sent == []


def test_an_altered_keyset_locks_the_form(form: Form) -> None:
    """A keyset that the pinned root did not sign is named as the reason."""

    def alter(route: Route) -> None:
        head, body, tail = route.fetch().text().strip().split(".")
        route.fulfill(body=f"{head}.{body}.{tail[:-8]}AAAAAAAA", content_type="text/plain")

    form.page.route("**/keyset.jws", alter)
    form.visit(ready=False)
    expect(form.page.locator("#gate")).to_contain_text("keyset was refused")
    expect(form.page.locator("#f-title")).to_be_disabled()


def test_a_lost_connection_loses_nothing(form: Form) -> None:
    """After a failed delivery the text is there, and sending again sends the very same bytes."""
    form.visit().check("https://shop.example.com").fill()
    form.page.evaluate(IMPATIENT)
    form.page.route("**/example/report", lambda route: route.abort())
    form.send()
    expect(form.page.locator("#failure")).to_contain_text("The portal did not answer")
    expect(form.page.locator("#failure")).to_be_focused()
    expect(form.page.locator("#f-title")).to_have_value(CANARY)
    expect(form.page.locator("#f-title")).to_be_enabled()
    unsure = form.unsure()
    form.page.unroute("**/example/report")
    form.send()
    token = form.kept()
    assert unsure == [token]
    assert len(form.sent) == 5
    assert {one["lookup"] for one in form.sent} == {token.lookup}
    assert len({one["report"] for one in form.sent}) == 1


@pytest.mark.parametrize("what", SPOILT)
def test_a_kept_report_never_loses_its_token(form: Form, what: str) -> None:
    """Whatever fails once the report is kept, its token is shown and nothing is taken back."""
    form.visit().check("https://shop.example.com").fill()
    form.page.evaluate(f"() => {{ {SPOILT[what]} }}")
    form.send()
    plain = form.page.locator("#plain-token")
    expect(plain).to_be_visible(timeout=20_000)
    token = Token.parse(plain.inner_text())
    assert [one["lookup"] for one in form.sent] == [token.lookup]
    assert form.fetch(token)
    assert form.says("Your report is kept")
    assert not form.says("Nothing was sent")
    expect(form.page.locator("#page")).to_be_hidden()


def test_a_report_without_an_answer_keeps_its_token(unanswered: Form, silent: Wire) -> None:
    """The portal has it and the page cannot know: it says so, and keeps the token in sight."""
    form = unanswered
    expect(form.page.locator("#failure")).to_contain_text("Your report may have been kept")
    expect(form.page.locator("#failure")).to_contain_text("never filed twice")
    expect(form.page.locator("#failure")).to_be_focused()
    (token,) = form.unsure()
    assert form.fetch(token) in b"".join(silent.connections)
    assert not form.says("Nothing was sent")
    assert not form.says("Nothing has been sent")
    form.page.evaluate(Path("node_modules/axe-core/axe.min.js").read_text("utf-8"))
    assert form.page.evaluate(f"axe.run().then(({BARRIERS}))") == []
    silent.silent = False
    assert form.send().kept() == token
    expect(form.page.locator("#unsure")).to_be_hidden()


def test_another_report_does_not_hide_the_first_token(unanswered: Form, silent: Wire) -> None:
    """What is changed is a report of its own; the way back to the first one stays in sight."""
    form = unanswered
    (first,) = form.unsure()
    form.page.fill("#f-title", "changed")
    silent.silent = False
    second = form.send().kept()
    assert second != first
    assert form.unsure() == [first]
    assert form.fetch(first) != form.fetch(second)


def test_a_refused_report_has_no_token(form: Form) -> None:
    """Where the portal said no there is nothing to come back to, and none is handed out."""
    form.visit().check("https://shop.example.com").fill()
    error = {"code": "delivery-refused", "message": "Not like this.", "hint": "Like that."}
    form.page.route(
        "**/example/report", lambda route: route.fulfill(status=422, json={"error": error})
    )
    form.send()
    expect(form.page.locator("#failure")).to_contain_text("Not like this.")
    expect(form.page.locator("#unsure")).to_be_hidden()


def test_a_mistake_on_the_way_keeps_the_token(form: Form) -> None:
    """An error nobody foresaw while the report is on its way does not deny that it was sent."""
    form.visit().check("https://shop.example.com").fill()
    form.page.route("**/example/report", lambda route: None)
    form.send()
    expect(form.page.locator("#progress-label")).to_have_text("Sending")
    form.page.wait_for_function("globalThis.deliveries.length === 1")
    form.page.evaluate("setTimeout(() => { throw new Error('unforeseen') })")
    expect(form.page.locator("#failure")).to_contain_text("mistake of its own")
    (token,) = form.unsure()
    assert [one["lookup"] for one in form.sent] == [token.lookup]
    assert not form.says("Nothing was sent")


def test_a_mistake_of_the_page_sends_nothing(form: Form) -> None:
    """An error nobody foresaw switches sending off and leaves the text to be copied."""
    form.visit().check("https://shop.example.com").fill()
    form.page.evaluate("setTimeout(() => { throw new Error('unforeseen') })")
    expect(form.page.locator("#failure")).to_contain_text("mistake of its own")
    expect(form.page.locator("#send")).to_be_disabled()
    expect(form.page.locator("#f-title")).to_have_value(CANARY)
    assert form.sent == []


def test_a_worker_that_dies_sends_nothing(form: Form) -> None:
    """When sealing fails the page says so, keeps the text and sends nothing; a retry works."""
    form.visit().check("https://shop.example.com").fill()
    form.page.evaluate("Worker.prototype.postMessage = ((real) => function (order) {"
                       "if (globalThis.broken) this.dispatchEvent(new Event('error'));"
                       "else real.call(this, order) })(Worker.prototype.postMessage);"
                       "globalThis.broken = true")  # fmt: skip
    form.send()
    expect(form.page.locator("#failure")).to_contain_text("could not run")
    expect(form.page.locator("#f-title")).to_have_value(CANARY)
    assert form.sent == []
    form.page.evaluate("globalThis.broken = false")
    form.send().kept()


def test_what_is_missing_is_said_beside_the_field_and_in_a_list(form: Form) -> None:
    """The list of what is missing gets the focus, and each line leads to its field."""
    form.visit().send()
    faults = form.page.locator("#faults")
    expect(faults).to_be_focused()
    expect(faults).to_contain_text("“Target” is required.")
    expect(form.page.locator("#f-title-error")).to_have_text("“Title” is required.")
    expect(form.page.locator("#f-title")).to_have_attribute("aria-invalid", "true")
    faults.get_by_text("“Title” is required.").click()
    expect(form.page.locator("#f-title")).to_be_focused()
    assert form.sent == []


def test_nothing_is_confirmed_in_advance(visitor: Visitor) -> None:
    """Every statement is its own empty box, those that stand alone come first."""
    for program in ("example", "integratpark", "iwelcome", "onefactory", "unnamed"):
        form = visitor(program).visit()
        boxes = form.page.locator("#part-conduct input[type=checkbox]")
        assert not any(box.is_checked() for box in boxes.all())
    form = visitor("iwelcome").visit()
    first = form.page.locator("#part-conduct [data-clause]").first
    assert first.locator("xpath=ancestor::*[contains(@class, 'alone')]").count() == 1


def test_a_reporter_who_broke_a_rule_can_still_report(visitor: Visitor) -> None:
    """Owning up to a forbidden method gives a notice, and the report is still taken (S0-5)."""
    form = visitor("integratpark").visit().check("https://pay.integratpark.com").fill()
    form.page.locator("[data-method] input").first.check()
    expect(form.page.locator("#outside .notice")).to_be_visible()
    form.page.locator("[data-clause] input").first.uncheck()
    form.send()
    expect(form.page.locator("#faults")).to_contain_text("not confirmed yet")
    form.page.check("#unconfirmed")
    report = form.fetch(form.send().kept())
    identity = identity_in(form.live.staff_machine / "integratpark-handler.key")
    document = json.loads(opened(report, identity)["report.json"])
    assert document["conduct"]["used"] == ["no-physical-testing"]
    assert "no-data-deletion" not in document["conduct"]["attested"]


def test_a_refused_target_stops_the_report(visitor: Visitor) -> None:
    """A marketing-only find is refused after both questions, and can be answered anew (S0-4)."""
    form = visitor("integratpark").visit().check("https://www.integratpark.com").fill()
    form.send()
    expect(form.page.locator("#faults")).to_contain_text("Answer the question")
    for place in (0, 1):
        group = form.page.locator("#verdict fieldset").nth(place)
        group.get_by_role("button", name="No").click()
        expect(group.get_by_role("button", name="No")).to_have_attribute("aria-pressed", "true")
    expect(form.page.locator("#stopped")).to_be_visible()
    form.page.locator("#send").click(force=True)
    assert form.sent == []
    form.page.locator("#verdict fieldset").first.get_by_role("button", name="Yes").click()
    expect(form.page.locator("#stopped")).to_be_hidden()
    form.send().kept()


def test_a_vendors_target_is_sent_on(visitor: Visitor) -> None:
    """A target of someone else shows their address and is not taken (S0-12)."""
    form = visitor("integratpark").visit().check("https://app.vendor.example").fill()
    expect(form.page.locator("#stopped")).to_contain_text("https://vendor.example/security")
    form.page.locator("#send").click(force=True)
    assert form.sent == []


def test_exposed_data_is_met_with_guidance(visitor: Visitor) -> None:
    """Choosing exposed data brings up what to do with it, and questions about it (S0-2)."""
    form = visitor("integratpark").visit()
    advice = form.page.locator("[data-advice='report_kind=exposed_data'] .notice")
    expect(advice).to_be_hidden()
    asked = form.page.locator("#exposed-asked")
    expect(asked).to_be_hidden()
    form.page.select_option("#f-report_kind", "exposed_data")
    expect(advice).to_contain_text("purge")
    expect(asked.locator("#f-exposed_data")).to_be_visible()


def test_answers_that_matter_bring_up_what_the_policy_says(visitor: Visitor) -> None:
    """Holding more data than needed, or using a scanner, shows the rule (S0-10, S0-15)."""
    form = visitor("integratpark").visit()
    form.page.select_option("#f-data_held", "more")
    expect(form.page.locator("[data-advice='data_held=more'] .notice")).to_contain_text("purge")
    form.page.fill("#f-tools_used", "a port scanner")
    expect(form.page.locator("#tools-rules")).to_contain_text("Run scanners")
    form.page.fill("#f-tools_used", "only my eyes")
    expect(form.page.locator("#tools-rules")).to_be_hidden()


def test_files_can_be_dropped_and_pasted(form: Form) -> None:
    """A file dropped on the form is added, and never opened in place of the page."""
    form.visit()
    form.page.evaluate(DROP)
    expect(form.page.locator(".file-name")).to_have_text(["dropped.log", "pasted.png"])
    form.page.get_by_role("button", name="Remove dropped.log").click()
    expect(form.page.locator(".file-name")).to_have_text(["pasted.png"])


def test_the_way_through_the_form_is_shown(form: Form) -> None:
    """Each part says how much of it is still to be filled in."""
    form.visit()
    left = form.page.locator("[data-left=target]")
    expect(left).to_have_text("1 to do")
    form.check("https://shop.example.com")
    expect(left).to_be_empty()


def test_the_page_fits_a_phone_and_works_in_the_dark(visitor: Visitor) -> None:
    """At 390 pixels nothing sticks out sideways, in the form and after sending."""
    form = visitor(viewport={"width": 390, "height": 800}, color_scheme="dark")
    form.visit().check("https://shop.example.com").fill()
    assert form.page.evaluate("document.documentElement.scrollWidth") <= 390
    form.send().kept()
    assert form.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_has_no_known_barrier(visitor: Visitor, scheme: str) -> None:
    """Axe finds nothing to object to: before, with faults and a ruling, and after sending."""
    form = visitor(color_scheme=scheme).visit()
    axe = Path("node_modules/axe-core/axe.min.js").read_text("utf-8")
    form.page.evaluate(axe)
    barriers = f"axe.run().then(({BARRIERS}))"
    assert form.page.evaluate(barriers) == []
    form.check("https://shop.example.com").send()
    assert form.page.evaluate(barriers) == []
    form.fill().send().kept()
    assert form.page.evaluate(barriers) == []
