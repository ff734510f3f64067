"""Evidence in the form, in a real browser: what a picture tells besides, and what is too much."""

import io
import re
import struct
import tarfile
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from portal import age
from portal.intake.token import Token
from tests.journeys.form import ReportForm
from tests.live import Live

pytestmark = pytest.mark.browser

CANARY = b"Ada Canary, 52.37 N"
LIMIT = 2**20  # bytes of a delivery, for once; half of it is kept free for the report itself


def chunk(kind: bytes, data: bytes) -> bytes:
    """Write a chunk of a PNG file (PNG, section 5.3)."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """One grey pixel that says who took it, and where."""
    size = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    told = chunk(b"tEXt", b"Author\0" + CANARY)
    parts = (
        chunk(b"IHDR", size),
        told,
        chunk(b"IDAT", zlib.compress(b"\0\x80")),
        chunk(b"IEND", b""),
    )
    path = tmp_path / "screenshot.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))
    return path


def attachments(page: Page, live: Live, token: Token) -> dict[str, bytes]:
    """Return the files that came with a report, as staff open them."""
    asked = {"lookup": token.lookup, "role": "attachments"}
    sealed = page.request.post(f"{live.url}/status/envelope", data=asked).body()
    key = (live.staff_machine / "1factory-handler.key").read_text("utf-8")
    identity = re.search(r"AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]+", key)
    assert identity
    sink = io.BytesIO()
    age.decrypt(io.BytesIO(sealed), [identity[0]], sink)
    with tarfile.open(fileobj=io.BytesIO(sink.getvalue())) as tar:
        return {one.name: (tar.extractfile(one) or io.BytesIO()).read() for one in tar}


def test_a_picture_is_sent_without_what_it_tells_besides(
    page: Page, live: Live, picture: Path
) -> None:
    """S2-6: who took it and where is gone before it is sealed; the picture itself is there."""
    assert CANARY in picture.read_bytes()
    form = ReportForm.open(page, live.url, "1factory")
    form.check("https://1factory.com", "in")
    form.fill({"title": "A door is open"})
    form.attach(picture)
    form.confirm()
    form.send()
    (sent,) = attachments(page, live, Token.parse(form.token())).values()
    assert CANARY not in sent
    assert sent.startswith(b"\x89PNG")
    assert zlib.compress(b"\0\x80") in sent


def test_too_much_is_refused_before_it_is_sealed(page: Page, live: Live, tmp_path: Path) -> None:
    """S2-6: beside the files, with by how much; nothing is sent until some are removed."""
    posted: list[str] = []

    def narrow(route: Route) -> None:
        if route.request.method == "POST":
            posted.append(route.request.url)
            route.abort()
            return
        answer = route.fetch()
        body = re.sub(r'data-limit="\d+"', f'data-limit="{LIMIT}"', answer.text())
        route.fulfill(response=answer, body=body)

    page.route("**/1factory/report", narrow)
    log = tmp_path / "traffic.log"
    log.write_bytes(bytes(2 * LIMIT))
    form = ReportForm.open(page, live.url, "1factory")
    form.check("https://1factory.com", "in")
    form.fill({"title": "A door is open"})
    form.attach(log)
    form.confirm()
    refusal = page.locator("#f-files-error")
    expect(refusal).to_contain_text("over the limit. Remove some of them.")
    form.send()
    expect(page.locator("#faults")).to_contain_text("over the limit")
    assert posted == []
    page.get_by_role("button", name="Remove traffic.log").click()
    expect(refusal).to_be_hidden()
