"""What the tests of the desk share: people, and rows in the queue."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from portal.cases.database import Database
from portal.cases.queue import NOT_CHECKED, NOTHING_DUE
from portal.cases.tables import queue, reports, staff, staff_roles
from portal.desk.member import Member, Role
from tests.conftest import START

Join = Callable[..., Member]
Queued = Callable[..., str]


@pytest.fixture
def join(database: Database) -> Join:
    """Puts somebody on the staff: `join("Ada", example="handler")`."""

    def joined(name: str, **roles: str) -> Member:
        made = Member(
            secrets.token_hex(8), name, {slug: Role.named(role) for slug, role in roles.items()}
        )
        with database.writing() as connection:
            connection.execute(insert(staff).values(id=made.id, name=name, created_at=START))
            for slug, role in roles.items():
                row = {"staff": made.id, "program": slug, "role": role}
                connection.execute(insert(staff_roles).values(row))
        return made

    return joined


@pytest.fixture
def queued(database: Database) -> Queued:
    """Puts a report into the queue: `queued("a", due=2)` is due two days after the start."""

    def put(name: str, *, due: float | None = None, received: float = 0, **changes: Any) -> str:
        row: dict[str, Any] = {
            "report": name.rjust(11, "-"),
            "program": "example",
            "ruling": NOT_CHECKED,
        }
        row |= {"state": "received", "ended": False, "activity": 1, "quiet": False}
        row |= {"due_at": NOTHING_DUE if due is None else _day(due), "received_at": _day(received)}
        row |= changes
        with database.writing() as connection:
            connection.execute(insert(reports).values(_report(row)))
            connection.execute(insert(queue).values(row))
        return str(row["report"])

    return put


def _day(number: float) -> datetime:
    return START + timedelta(days=number)


def _report(row: dict[str, Any]) -> dict[str, Any]:
    """Return what a report has beside what the queue looks at."""
    return {
        "id": row["report"],
        "program": row["program"],
        "received_at": row["received_at"],
        "stored_lookup": secrets.token_hex(32),
        "origin": "browser-token",
        "kind": "report",
        "policy_version": 1,
        "keyset_version": 1,
        "contents_sha256": "c" * 64,
        "calendar": {"name": "none", "zone": "Europe/Amsterdam", "holidays": [], "weekend": [5, 6]},
        "receipt": "signed",
    }
