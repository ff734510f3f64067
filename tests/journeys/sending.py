"""Sending a sealed report to a running portal, as any client could."""

import hashlib

import requests

from portal.intake.token import Token
from portal.policy.keyset import Keyset
from tests.actors import REPLY_KIND, age_recipient, archive, seal


def submit(url: str, keyset: Keyset, number: int) -> tuple[Token, str]:
    """Send one sealed report; return its token and the name in the receipt."""
    token = Token.mint()
    own = age_recipient(token.reply_identity(REPLY_KIND[keyset.kind]))
    files = {"report.json": b"{}", "report.md": f"report {number}".encode()}
    report = seal(archive(files), (*keyset.recipients, own))
    answer = requests.post(
        f"{url}/{keyset.program}/report",
        data={
            "lookup": token.lookup,
            "kind": "report",
            "policy": "1",
            "keyset": str(keyset.version),
            "scope_receipt": "",
            "reply": "yes",
            "report_length": str(len(report)),
            "report_sha256": hashlib.sha256(report).hexdigest(),
        },
        files={"report": ("report.age", report)},
        headers={"Accept": "application/json"},
        timeout=30,
    )
    assert answer.status_code == 201, answer.text
    return token, answer.json()["report"]
