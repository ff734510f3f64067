"""Messages as clients post them: sealed and declared; the thread's own tests look inside."""

import hashlib
import io
from typing import Any

from tests.actors import Answer, Researcher, archive, seal
from tests.colleagues import Colleague


def sealed(researcher: Researcher, text: str = "Good morning.", *, reply: bool = True) -> bytes:
    """Seal a message to the keyset and to the reporter."""
    packed = archive({"body.json": b"{}", "message.md": text.encode()})
    return seal(packed, researcher.recipients(reply=reply))


def fields(sequence: int, message: bytes, files: bytes | None = None) -> dict[str, Any]:
    """Write the fields and files of a message."""
    form: dict[str, Any] = {"sequence": str(sequence), "keyset": "1", "reply": "yes"}
    for role, data in (("message", message), ("files", files)):
        if data is not None:
            form[f"{role}_length"] = str(len(data))
            form[f"{role}_sha256"] = hashlib.sha256(data).hexdigest()
            form[role] = (io.BytesIO(data), f"{role}.age")
    return form


def write(
    researcher: Researcher,
    sequence: int,
    message: bytes | None = None,
    files: bytes | None = None,
    /,
    **changes: str,
) -> Answer:
    """Send a message as the status page's script does."""
    form = fields(sequence, message or sealed(researcher), files)
    return Answer.of(
        researcher.client.post(
            "/status/message",
            data={"lookup": researcher.token.lookup} | form | changes,
            headers={"Accept": "application/json"},
        )
    )


def thread(researcher: Researcher) -> Answer:
    """List the messages as the reporter's browser does."""
    body = {"lookup": researcher.token.lookup}
    return Answer.of(researcher.client.post("/status/messages", json=body))


def by_hand(researcher: Researcher, message: bytes, token: str | None = None) -> Answer:
    """Upload a message without script."""
    form = {"token": token or researcher.token.lookup, "sealed": (io.BytesIO(message), "a.age")}
    return Answer.of(researcher.client.post("/status/message", data=form))


def reply(colleague: Colleague, report: str, sequence: int, message: bytes) -> Answer:
    """Send a message as the desk does."""
    return colleague.post(f"/staff/api/reports/{report}/messages", data=fields(sequence, message))
