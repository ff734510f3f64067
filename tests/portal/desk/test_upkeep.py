"""Upkeep: what is long over goes, what still counts stays, and the log keeps what was done."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.cases import audit
from portal.cases.database import Database
from portal.cases.tables import audit as log
from portal.cases.tables import challenges, desk_keys, invitations, sessions
from portal.desk.accounts import Accounts
from portal.desk.authority import Authority
from portal.desk.challenges import Challenges, Purpose
from portal.desk.desk_keys import DeskKeys
from portal.desk.member import Member, Role
from portal.desk.sessions import Sessions
from portal.desk.upkeep import KEPT, Tidied, Upkeep
from tests.colleagues import Colleague
from tests.conftest import Clock

DAY = timedelta(days=1)
TABLES = (sessions, invitations, desk_keys, challenges)


@pytest.fixture
def upkeep(database: Database) -> Upkeep:
    """What tidies."""
    return Upkeep(database)


@pytest.fixture
def ada(hire: Callable[..., Colleague]) -> Colleague:
    """An admin, who came with a link and is signed in."""
    return hire("Ada", example="admin")


def counts(database: Database) -> list[int]:
    """How many rows each table has."""
    with database.reading() as connection:
        wanted = (select(func.count()).select_from(table) for table in TABLES)
        return [connection.scalar(one) or 0 for one in wanted]


def worked(ada: Colleague, database: Database, clock: Clock) -> None:
    """Leave one thing of each kind that is over: signed out, a link not used, a key, a question."""
    passkey = ada_passkey(database, ada)
    Sessions(database).end(
        Sessions(database).start(ada.id, passkey=passkey, now=clock()), now=clock()
    )
    DeskKeys(database).issue(Member(ada.id, ada.name, {}, confirmed_at=clock()), now=clock())
    Accounts(database).invite(
        "Grace", {"example": Role.READER}, by=Authority("operator"), now=clock()
    )
    Challenges(database).issue(Purpose.SIGN_IN, now=clock())


def ada_passkey(database: Database, ada: Colleague) -> str:
    """Return the passkey she signs in with."""
    with database.reading() as connection:
        wanted = select(sessions.c.passkey).where(sessions.c.staff == ada.id)
        return str(connection.scalars(wanted).first())


def test_what_is_long_over_goes_and_the_log_stays(
    upkeep: Upkeep, ada: Colleague, database: Database, clock: Clock
) -> None:
    """Sessions, links, keys and challenges; every entry about them is still there, and holds."""
    worked(ada, database, clock)
    clock.advance(KEPT + 4 * DAY)
    Sessions(database).start(ada.id, passkey=ada_passkey(database, ada), now=clock())
    with database.reading() as connection:
        before = connection.scalar(select(func.count()).select_from(log))
    tidied = upkeep.tidy(now=clock())
    assert tidied.sessions >= 2
    assert min(tidied.invitations, tidied.desk_keys, tidied.challenges) >= 1
    assert counts(database) == [1, 0, 0, 0]
    assert upkeep.tidy(now=clock()) == Tidied(0, 0, 0, 0)
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(log)) == before
        assert audit.first_break(connection) is None


def test_what_is_not_long_over_stays(
    upkeep: Upkeep, ada: Colleague, database: Database, clock: Clock
) -> None:
    """A day before, only what nobody can answer any more goes."""
    worked(ada, database, clock)
    kept = counts(database)[:3]
    clock.advance(KEPT - DAY)
    tidied = upkeep.tidy(now=clock())
    assert tidied.total == tidied.challenges
    assert counts(database)[:3] == kept


def test_what_is_open_stays(upkeep: Upkeep, ada: Colleague, clock: Clock) -> None:
    """Whoever works is not signed out by it."""
    assert upkeep.tidy(now=clock()).total == 0
    assert ada.get("/staff/api/me").status_code == 200


def test_when_somebody_was_last_here_is_not_forgotten(
    upkeep: Upkeep, ada: Colleague, database: Database, clock: Clock
) -> None:
    """Their last session stays, however long ago it was."""
    with database.reading() as connection:
        seen = connection.scalar(select(func.max(sessions.c.seen_at)))
    clock.advance(4 * KEPT)
    upkeep.tidy(now=clock())
    with database.reading() as connection:
        assert connection.scalars(select(sessions.c.seen_at)).all() == [seen]


def test_many_rows_go_in_small_bites(
    upkeep: Upkeep,
    ada: Colleague,
    database: Database,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody who writes meanwhile waits for all of them, and all of them go."""
    monkeypatch.setattr("portal.desk.upkeep.BATCH", 2)
    for _ in range(5):
        DeskKeys(database).issue(Member(ada.id, ada.name, {}, confirmed_at=clock()), now=clock())
    clock.advance(KEPT + DAY)
    assert upkeep.tidy(now=clock()).desk_keys == 5
