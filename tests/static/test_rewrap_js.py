"""Sharing by header: the browser, the command line and the real `age` open each other's work."""

import base64
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyrage
import pytest

from portal import age
from portal.age import header as age_header
from portal.age.identities import HybridIdentity, X25519Identity
from portal.offline.reshare import rewrap
from tests.actors import archive, seal

pytestmark = pytest.mark.thorough

Node = Callable[..., Any]
Identity = HybridIdentity | X25519Identity
KINDS: dict[str, type[X25519Identity] | type[HybridIdentity]] = {
    "classic": X25519Identity,
    "hybrid": HybridIdentity,
}
LENGTHS = (0, 5, 65_536, 200_000)

SHARE = """
const { share } = await load("js/desk/sharing-job.js")
const answers = []
for (const { file, role, recipients, identities } of input) {
    const blob = new Blob([Buffer.from(file, "base64")])
    answers.push(await share({ file: blob, role, recipients }, identities).then(
        (header) => ({ header: Buffer.from(header).toString("base64") }),
        ({ code, message, hint }) => ({ code, message, hint }),
    ))
}
return answers
"""
OPENS = """
const { requireOpens } = await load("js/desk/rewrap.js")
const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"))
const answers = []
for (const { header, payload, whole, identities } of input) {
    answers.push(await requireOpens(bytes(header), bytes(payload), whole, identities).then(
        () => "opens", ({ code }) => code))
}
return answers
"""
OPEN = """
const { Decrypter } = await load("vendor/age.js")
return await Promise.all(input.map(async ({ file, identity }) => {
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity)
    const plain = await decrypter.decrypt(new Uint8Array(Buffer.from(file, "base64")))
    return Buffer.from(plain).toString("base64")
}))
"""


def coded(data: bytes) -> str:
    """Write bytes as JSON carries them."""
    return base64.b64encode(data).decode()


def parts(sealed: bytes) -> tuple[bytes, bytes]:
    """Return header and payload of an age file."""
    header = age_header.read(io.BytesIO(sealed)).raw
    return header, sealed[len(header) :]


def opened(sealed: bytes, identity: Identity) -> bytes:
    """Open an age file with our own module."""
    plain = io.BytesIO()
    age.decrypt(io.BytesIO(sealed), [identity.text], plain)
    return plain.getvalue()


def job(sealed: bytes, by: Identity, to: list[str], role: str = "attachments") -> dict[str, Any]:
    """Write down what the browser is asked to share."""
    return {"file": coded(sealed), "role": role, "recipients": to, "identities": [by.text]}


def stanzas(header: bytes) -> int:
    """Count who can open a file."""
    return len(age_header.read(io.BytesIO(header)).stanzas)


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_open_what_the_other_shared(node: Node, kind: str) -> None:
    """Old and new people open the file, whoever shared it; its payload is the same to the byte."""
    old, new = (KINDS[kind].generate() for _ in range(2))
    to = [str(old.recipient), str(new.recipient)]
    contents = [bytes(length) for length in LENGTHS]
    files = [seal(content, (to[0],)) for content in contents]
    theirs = node(SHARE, [job(file, old, to) for file in files])
    again = []
    for content, file, answer in zip(contents, files, theirs, strict=True):
        _header, payload = parts(file)
        shared = base64.b64decode(answer["header"]) + payload
        assert {opened(shared, one) for one in (old, new)} == {content}
        # and once more by us, as the new colleague would do it, on what the browser made
        again.append(rewrap(parts(shared)[0], [new], to) + payload)
    jobs = [{"file": coded(f), "identity": one.text} for f in again for one in (old, new)]
    plain = [base64.b64decode(text) for text in node(OPEN, jobs)]
    assert plain == [content for content in contents for _ in range(2)]


@pytest.mark.parametrize("by", ["python", "browser"])
def test_age_itself_opens_what_was_shared(node: Node, tmp_path: Path, by: str) -> None:
    """The `age` command and pyrage open a shared file with old and new identities."""
    command = shutil.which("age")
    if command is None:
        pytest.fail("age is missing: run `make system`, or `sudo apt-get install age`.")
    old, new = X25519Identity.generate(), X25519Identity.generate()
    to = [str(old.recipient), str(new.recipient)]
    content = b"A door is open." * 9_000
    header, payload = parts(seal(content, (to[0],)))
    if by == "python":
        made = rewrap(header, [old], to)
    else:
        (answer,) = node(SHARE, [job(header + payload, old, to)])
        made = base64.b64decode(answer["header"])
    file = tmp_path / "shared.age"
    file.write_bytes(made + payload)
    for identity in (old, new):
        key = tmp_path / "key"
        key.write_text(identity.text + "\n")
        done = subprocess.run([command, "-d", "-i", str(key), str(file)], capture_output=True)
        assert done.stdout == content
        known = pyrage.x25519.Identity.from_str(identity.text)
        assert pyrage.decrypt(made + payload, [known]) == content


def test_a_large_file_is_opened_as_far_as_it_came(node: Node) -> None:
    """The beginning of a large file shows that the new header fits; a damaged one shows, too."""
    old, new = X25519Identity.generate(), X25519Identity.generate()
    to = [str(old.recipient), str(new.recipient)]
    header, payload = parts(seal(bytes(200_000), (to[0],)))
    start = payload[: 16 + 64 * 1024 + 16 + 1]
    damaged = start[:-40] + bytes([start[-40] ^ 1]) + start[-39:]
    good, bad, cut = node(
        SHARE, [job(header + some, old, to) for some in (start, damaged, start[:-1])]
    )
    assert opened(base64.b64decode(good["header"]) + payload, new) == bytes(200_000)
    assert bad["code"] == cut["code"] == "sealing-refused"


def test_a_new_header_that_does_not_hold_is_not_sent(node: Node) -> None:
    """Altered, of another file, or of somebody else: the client finds out before the server."""
    old, other = X25519Identity.generate(), X25519Identity.generate()
    header, payload = parts(seal(b"one", (str(old.recipient),)))
    foreign, _ = parts(seal(b"two", (str(old.recipient),)))
    strange, _ = parts(seal(b"one", (str(other.recipient),)))
    mac = header.rindex(b"--- ") + 4
    torn = header[:mac] + (b"B" if header[mac : mac + 1] == b"A" else b"A") + header[mac + 1 :]
    cases = [header, torn, foreign, strange, b""]
    answers = node(
        OPENS,
        [
            {"header": coded(one), "payload": coded(payload), "whole": True,
             "identities": [old.text]} for one in cases
        ],
    )  # fmt: skip
    assert answers == ["opens", *["sealing-refused"] * 4]
    beginning = {"header": coded(header), "payload": coded(payload), "whole": False}
    assert node(OPENS, [beginning | {"identities": [old.text]}]) == ["sealing-refused"]


def test_who_cannot_open_it_before_or_after_does_not_share(node: Node) -> None:
    """A foreign identity, one that would be left out, an altered file, mixed kinds of keys."""
    old, other = X25519Identity.generate(), X25519Identity.generate()
    to = [str(old.recipient), str(other.recipient)]
    sealed = seal(b"text", (to[0],))
    altered = sealed[:-1] + bytes([sealed[-1] ^ 1])
    hybrid = str(HybridIdentity.generate().recipient)
    jobs = [
        job(sealed, other, to),
        job(sealed, old, [to[1]]),
        job(altered, old, to),
        job(sealed, old, [to[0], hybrid]),
        job(sealed, old, []),
    ]
    answers = node(SHARE, jobs)
    assert [each["code"] for each in answers] == [
        *("identity-refused", "identity-refused"),
        *("sealing-refused", "sealing-refused", "sealing-refused"),
    ]
    assert all(each["hint"] for each in answers)


def test_only_the_report_itself_is_shared_with_its_reporter(node: Node) -> None:
    """The key it names gets that file and no other; one that does not fit is left out."""
    staff, reporter, strange = (X25519Identity.generate() for _ in range(3))
    to = [str(staff.recipient)]

    def report(recipient: object) -> bytes:
        said = {"format": "portico/report/v1", "reporter": {"recipient": recipient}}
        return seal(archive({"report.json": json.dumps(said).encode()}), tuple(to))

    own = str(reporter.recipient)
    cases = [
        (report(own), "report", 2),
        (report(own), "sealed", 2),
        (report(own), "attachments", 1),
        (report(own), "message-1", 1),
        (report(str(HybridIdentity.generate().recipient)), "report", 1),
        (report(to[0]), "report", 1),
        (report(own.upper()), "report", 1),
        (report({"a": 1}), "report", 1),
        (seal(b"by hand", tuple(to)), "sealed", 1),
    ]
    answers = node(SHARE, [job(file, staff, to, role) for file, role, _ in cases])
    made = [base64.b64decode(each["header"]) for each in answers]
    assert [stanzas(header) for header in made] == [count for *_, count in cases]
    with pytest.raises(age.errors.NoMatch):
        opened(made[0] + parts(cases[0][0])[1], strange)
    shared = made[0] + parts(cases[0][0])[1]
    assert opened(shared, reporter) == opened(cases[0][0], staff)
