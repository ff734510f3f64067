"""People on their way to the desk, for tests: the whole ceremony, with a passkey in software."""

from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient

from tests.actors import Answer
from tests.authenticator import Authenticator

API = "/staff/api"


@dataclass
class Newcomer:
    """Somebody with a browser and a passkey, not signed in yet."""

    client: FlaskClient
    passkey: Authenticator = field(default_factory=Authenticator)

    def post(self, path: str, body: object = None, **headers: str) -> Answer:
        """Send JSON as the pages do, with the cross-site token of the session, if there is one."""
        me = self.client.get(f"{API}/me").get_json()
        token = {"X-CSRFToken": me["token"]} if "token" in me else {}
        return Answer.of(
            self.client.post(f"{API}{path}", json=body or {}, headers={**token, **headers})
        )

    def get(self, path: str) -> Answer:
        """Ask for something."""
        return Answer.of(self.client.get(f"{API}{path}"))

    def delete(self, path: str) -> Answer:
        """Remove something."""
        token = self.client.get(f"{API}/me").get_json()["token"]
        return Answer.of(self.client.delete(f"{API}{path}", headers={"X-CSRFToken": token}))

    def asked(self, path: str, body: object = None) -> dict[str, Any]:
        """Ask for the options of a ceremony."""
        answer = self.post(f"{path}/options", body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json)

    def enrol(self, code: str, label: str = "Blue key") -> Answer:
        """Come with a link."""
        asked = self.asked("/enrol", {"code": code})
        credential = self.passkey.create(asked["options"])
        body = {"code": code, "handle": asked["handle"], "credential": credential, "label": label}
        return self.post("/enrol/finish", body)

    def sign_in(self) -> Answer:
        """Come with the passkey."""
        return self.answer(self.asked("/sign-in"))

    def answer(self, asked: dict[str, Any], ceremony: str = "sign-in") -> Answer:
        """Let the passkey answer what was asked."""
        credential = self.passkey.sign(asked["options"])
        return self.finish(asked, credential, ceremony)

    def finish(self, asked: dict[str, Any], credential: Any, ceremony: str = "sign-in") -> Answer:
        """Send an answer."""
        body = {"handle": asked["handle"], "credential": credential}
        return self.post(f"/{ceremony}/finish", body)

    def confirm(self) -> Answer:
        """Show the passkey once more."""
        return self.answer(self.asked("/confirm"), "confirm")

    def add(self, another: Authenticator, label: str = "Spare key") -> Answer:
        """Add a second passkey."""
        asked = self.asked("/account/passkeys")
        credential = another.create(asked["options"])
        body = {"handle": asked["handle"], "credential": credential, "label": label}
        return self.post("/account/passkeys", body)

    def signed_in(self) -> bool:
        """Whether the portal knows them."""
        return self.get("/me").status_code == 200
