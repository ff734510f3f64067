"""Staff at their desks, for tests: signed in already; the passkey's ceremony has its own tests."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from portal.cases.database import Database
from portal.cases.tables import passkeys, staff, staff_roles
from portal.desk.sessions import Sessions
from tests.actors import Answer

COOKIE = "portico-desk"  # the test portal is reached over plain HTTP


@dataclass
class Colleague:
    """Somebody of the staff, in front of a browser."""

    id: str
    name: str
    client: FlaskClient
    token: str

    def get(self, path: str, **query: str) -> Answer:
        """Ask for something."""
        return Answer.of(self.client.get(path, query_string=query))

    def post(self, path: str, body: object = None, **options: Any) -> Answer:
        """Change something, with the cross-site token that the page would send along."""
        options.setdefault("headers", {"X-CSRFToken": self.token, "Accept": "application/json"})
        if body is not None:
            options["json"] = body
        return Answer.of(self.client.post(path, **options))

    def delete(self, path: str) -> Answer:
        """Remove something."""
        return Answer.of(self.client.delete(path, headers={"X-CSRFToken": self.token}))


def hire(
    app: Flask, database: Database, name: str, roles: Mapping[str, str], now: datetime
) -> Colleague:
    """Put somebody on the staff and sign them in."""
    staff_id, passkey = secrets.token_hex(8), secrets.token_urlsafe(16)
    with database.writing() as connection:
        connection.execute(insert(staff).values(id=staff_id, name=name, created_at=now))
        for program, role in roles.items():
            row = {"staff": staff_id, "program": program, "role": role}
            connection.execute(insert(staff_roles).values(**row))
        connection.execute(
            insert(passkeys).values(
                id=passkey,
                staff=staff_id,
                label="Test key",
                public_key=b"",
                sign_count=0,
                transports=[],
                created_at=now,
            )
        )
    secret = Sessions(database).start(staff_id, passkey=passkey, now=now)
    client = app.test_client()
    client.set_cookie(COOKIE, secret, path="/staff")
    token = client.get("/staff/api/me").get_json()["token"]
    return Colleague(staff_id, name, client, token)
