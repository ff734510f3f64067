"""The queue: a page of it, with a thousand reports and with a hundred thousand."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import insert

from benchmarks.measure import Result, rate
from portal.app import create_app
from portal.cases.database import Database
from portal.cases.kinds import urgency
from portal.cases.queue import NOTHING_DUE
from portal.cases.tables import queue, reports, seen
from portal.config import Config
from tests import colleagues
from tests.colleagues import Colleague

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PATH = "/staff/api/queue"
FEW, MANY = 1_000, 100_000
PROGRAMS = ("example", "other", "third")
# Ten reports each, which both instances have: what is compared is finding them.
QUESTIONS = {
    "what is due next": {"limit": "10"},
    "overdue": {"limit": "10", "overdue": "yes"},
    "one state and one verdict": {"limit": "10", "state": "acknowledged", "ruling": "review"},
    "urgent": {"limit": "10", "urgent": "yes"},
    "quick reports": {"limit": "10", "kind": "quick"},
    "mine": {"limit": "10", "assigned": "me"},
    "ended and open": {"limit": "10", "state": "any"},
    "unread, one in fifty": {"limit": "10", "unread": "yes"},
    "unread, none": {"limit": "10", "unread": "yes", "ruling": "unknown"},
}
_BATCH = 5_000


def run(folder: Path) -> list[Result]:
    """Measure requests to the staff API, beside the same ones in a small instance."""
    few, many = _someone(folder / "few", FEW), _someone(folder / "many", MANY)
    found = [_compared(name, few, many, query) for name, query in QUESTIONS.items()]
    found.append(_compared("its counts", few, many, {}, path=f"{PATH}/counts"))
    after = _deep(many)
    deep = rate(lambda: _asked(many, {"after": after}), most=200)
    first = rate(lambda: _asked(many, {}), most=200)  # fifty reports, as the page asks
    return [*found, Result("a page far down", deep, "pages/s", "first page", deep / first)]


def _compared(
    name: str, few: Colleague, many: Colleague, query: dict[str, str], *, path: str = PATH
) -> Result:
    small = rate(lambda: _asked(few, query, path), most=200)
    large = rate(lambda: _asked(many, query, path), most=200)
    return Result(f"queue of {MANY:,}: {name}", large, "pages/s", f"{FEW:,}", large / small)


def _asked(someone: Colleague, query: dict[str, str], path: str = PATH) -> Any:  # noqa: ANN401
    answer = someone.get(path, **query)
    assert answer.status_code == 200, answer.text
    return answer.json


def _deep(someone: Colleague) -> str:
    """Return a place some thousand reports down."""
    after = ""
    for _ in range(20):
        after = _asked(someone, {"limit": "100", "after": after})["next"]
    return after


def _someone(folder: Path, count: int) -> Colleague:
    folder.mkdir()
    key = Ed25519PrivateKey.generate()
    (folder / "receipt.key").write_text(key.private_bytes_raw().hex())
    database = Database(f"sqlite:///{folder / 'portico.db'}")
    database.migrate()
    config = Config(folder, "http://portico.test", str(database.engine.url))
    app = create_app(config, clock=lambda: NOW)
    roles = dict.fromkeys(PROGRAMS, "handler")
    someone = colleagues.hire(app, database, "Ada", roles, NOW)
    filled(database, count, reader=someone.id)
    return someone


def filled(database: Database, count: int, *, reader: str) -> None:
    """Put reports into an instance, as the years bring them; `reader` has seen nearly all."""
    chance = random.Random(count)  # noqa: S311 - the same reports in every run
    made = list(_reports(count, chance))
    for start in range(0, count, _BATCH):
        batch = made[start : start + _BATCH]
        with database.writing() as connection:
            connection.execute(insert(reports), [one for one, _ in batch])
            rows = [{**row, "assigned": reader if row.pop("mine") else None} for _, row in batch]
            connection.execute(insert(queue), rows)
            marks = [
                {"staff": reader, "report": row["report"], "activity": row["activity"]}
                for row in rows
                if row["ruling"] == "unknown" or chance.random() > 0.02
            ]
            connection.execute(insert(seen), marks)


def _reports(count: int, chance: random.Random) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for number in range(count):
        received = NOW - timedelta(minutes=5 * (count - number))
        ended, ruling = chance.random() < 0.8, chance.choice(("in", "in", "unknown", "review"))
        state = chance.choice(("closed", "declined") if ended else ("acknowledged", "fixing"))
        name, program = f"{number:05d}-{number:05d}"[-11:], chance.choice(PROGRAMS)
        due = NOTHING_DUE if chance.random() < 0.3 else NOW + timedelta(days=chance.gauss(20, 15))
        kind = chance.choices(("report", "quick", "question"), (70, 20, 10))[0]
        urgent = kind != "question" and chance.random() < 0.1
        level = urgency(kind, exposed=urgent, exploited=False)
        common = {"program": program, "received_at": received, "ruling": ruling, "kind": kind}
        row = {"state": state, "ended": ended, "due_at": due, "activity": 3, "quiet": False}
        yield (
            {**common, **_unused(number), "id": name, "exposed": urgent},
            {**common, **row, "urgency": int(level), "report": name, "mine": chance.random() < 0.1},
        )


def _unused(number: int) -> dict[str, Any]:
    """Return what a report has beside what the queue looks at."""
    return {
        "stored_lookup": f"{number:064d}",
        "origin": "browser-token",
        "policy_version": 1,
        "keyset_version": 1,
        "contents_sha256": f"{number:064d}",
        "calendar": {"name": "none", "zone": "UTC", "holidays": [], "weekend": [5, 6]},
        "receipt": "signed",
        "looked_up": True,
    }
