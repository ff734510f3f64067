"""The largest delivery: taken whole, given back to the byte, in constant memory."""

import hashlib
import re
from pathlib import Path

import pytest
import requests

from portal.intake.token import Token
from portal.policy.clocks import utc_now
from portal.policy.keyset import Keyset
from tests.actors import age_recipient, seal
from tests.live import Live

pytestmark = pytest.mark.browser

MEGABYTE = 2**20
LARGE = 60 * MEGABYTE
GROWTH = 32 * MEGABYTE  # what a worker may need for a delivery of any size: blocks, not files


def peak(pid: int) -> int:
    """Return the most memory a process ever held, in bytes (proc(5), VmHWM)."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return int(found[1]) * 1024


def test_sixty_megabytes_pass_through_in_constant_memory(live: Live) -> None:
    """The workers' peak grows by a few blocks, and the file comes back as it went in."""
    text = requests.get(f"{live.url}/example/keyset.jws", timeout=30).text
    keyset = Keyset.verify(text, root=None, program="example", now=utc_now())
    token = Token.mint()
    own = age_recipient(token.reply_identity("x25519"))
    files = {
        "report": seal(bytes(16384), (*keyset.recipients, own)),
        "attachments": seal(bytes(LARGE), (*keyset.recipients, own)),
    }
    facts = {"kind": "report", "policy": "1", "keyset": str(keyset.version), "reply": "yes"}
    for role, data in files.items():
        facts[f"{role}_length"] = str(len(data))
        facts[f"{role}_sha256"] = hashlib.sha256(data).hexdigest()
    before = {pid: peak(pid) for pid in live.workers()}
    answer = requests.post(
        f"{live.url}/example/report",
        data={"lookup": token.lookup, "scope_receipt": "", **facts},
        files={role: (f"{role}.age", data) for role, data in files.items()},
        headers={"Accept": "application/json"},
        timeout=60,
    )
    assert answer.status_code == 201, answer.text
    body = {"lookup": token.lookup, "role": "attachments"}
    back = requests.post(f"{live.url}/status/envelope", json=body, timeout=60)
    assert hashlib.sha256(back.content).hexdigest() == facts["attachments_sha256"]
    assert before
    grown = {pid: peak(pid) - held for pid, held in before.items() if pid in live.workers()}
    assert len(grown) == 3  # the master and two workers, none of them replaced
    assert max(grown.values()) < GROWTH, grown
