"""What the tests of the desk share: people with real passkeys, and the audit log."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases.database import Database
from portal.cases.tables import audit
from portal.desk.accounts import Accounts
from portal.desk.authority import Authority
from portal.desk.member import Role
from tests import tales
from tests.conftest import Clock
from tests.newcomers import Newcomer
from tests.tales import May, Told


@pytest.fixture
def accounts(database: Database) -> Accounts:
    """Who comes, changes and goes."""
    return Accounts(database)


@pytest.fixture
def invite(accounts: Accounts, clock: Clock) -> Callable[..., str]:
    """Invites as the operator does, and gives the code: `invite("Ada", example="admin")`."""

    def invited(name: str, **roles: str) -> str:
        given = {slug: Role.named(role) for slug, role in roles.items()}
        return accounts.invite(name, given, by=Authority("operator"), now=clock()).code

    return invited


@pytest.fixture
def newcomer(app: Flask) -> Callable[[], Newcomer]:
    """Makes somebody with a passkey and a browser of their own."""
    return lambda: Newcomer(app.test_client())


@pytest.fixture
def ada(newcomer: Callable[[], Newcomer], invite: Callable[..., str]) -> Newcomer:
    """An admin of the example program who came with a link and is signed in."""
    came = newcomer()
    assert came.enrol(invite("Ada", example="admin")).status_code == 201
    return came


@pytest.fixture
def acts(database: Database) -> Callable[[], list[str]]:
    """What the audit log says was done, in order."""

    def listed() -> list[str]:
        with database.reading() as connection:
            return list(connection.scalars(select(audit.c.act).order_by(audit.c.sequence)))

    return listed


@pytest.fixture
def told() -> Told:
    """Tells a case: `told("[reward] …", ("acknowledged", 1), day=4)`."""
    return tales.case


@pytest.fixture
def may() -> May:
    """Says whether an event may follow: `may(case, "published", date="2027-01-31")`."""
    return tales.may
