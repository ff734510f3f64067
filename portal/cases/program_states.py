"""Whether a program takes reports: open, paused for a while, or closed for good.

Whatever was received before goes on: tokens work, staff answer, clocks run, targets are checked.
Only the door for new reports is shut.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from sqlalchemy import Connection, func, insert, select

from portal.cases import audit
from portal.cases.database import Database
from portal.cases.tables import policies, program_states
from portal.errors import NoSuchProgram

State = Literal["open", "paused", "closed"]
STATES: Final[tuple[State, ...]] = get_args(State)
OPEN: Final[State] = "open"


@dataclass(frozen=True, slots=True)
class Standing:
    """A state, and since when; None for a program that was never anything but open."""

    state: State
    since: datetime | None


def current(connection: Connection, slug: str) -> Standing:
    """Return the state of a program."""
    wanted = (
        select(program_states.c.state, program_states.c.at)
        .where(program_states.c.program == slug)
        .order_by(program_states.c.sequence.desc())
        .limit(1)
    )
    row = connection.execute(wanted).first()
    return Standing(row.state, row.at) if row else Standing(OPEN, None)


def put(database: Database, slug: str, state: State, *, actor: str, now: datetime) -> bool:
    """Put a program into a state; return False where it was in it already.

    Raises:
        NoSuchProgram: None of that name is published.
    """
    with database.writing() as connection:
        known = select(policies.c.program).where(policies.c.program == slug).limit(1)
        if connection.execute(known).first() is None:
            raise NoSuchProgram.called(slug)
        if current(connection, slug).state == state:
            return False
        last = select(func.max(program_states.c.sequence)).where(program_states.c.program == slug)
        row = {"program": slug, "sequence": (connection.scalar(last) or 0) + 1, "state": state}
        connection.execute(insert(program_states).values(**row, at=now, actor=actor))
        audit.append(connection, f"program {state}", slug, {}, actor=actor, now=now)
    return True
