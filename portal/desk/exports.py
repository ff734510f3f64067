"""Exports, noted: who took which reports, or which part of the audit log, away, and when."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from portal.cases import audit
from portal.cases.database import Database
from portal.cases.report import Report
from portal.desk import reasons

LISTED: Final = 1000  # reports of one export that are named one by one


def note(
    database: Database,
    reports: Iterable[Report],
    *,
    actor: str,
    now: datetime,
    reason: str | None = None,
) -> None:
    """Write down that reports were exported, an entry for each of their programs.

    Args:
        database: Where the audit log is.
        reports: What is exported.
        actor: Id of a member of staff, or who an operator said it was.
        now: Present time, aware.
        reason: Why, as a code.
    """
    by_program: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        by_program[report.program].append(report.id)
    with database.writing() as connection:
        for program, ids in sorted(by_program.items()):
            taken: dict[str, Any] = {"count": len(ids)}
            if len(ids) <= LISTED:
                taken["reports"] = ids
            told = reasons.noted(taken, reason)
            audit.append(connection, "reports exported", program, told, actor=actor, now=now)


def note_log(
    database: Database,
    asked: Mapping[str, str],
    *,
    actor: str,
    now: datetime,
    reason: str | None = None,
) -> None:
    """Write down that a part of the audit log was exported.

    Args:
        database: Where the audit log is.
        asked: The filters that chose the part, by their names; an empty one chose nothing.
        actor: Id of a member of staff.
        now: Present time, aware.
        reason: Why, as a code; the filter by reasons is another one, and called `why`.
    """
    chosen = {name: value for name, value in asked.items() if value}
    with database.writing() as connection:
        told = reasons.noted(chosen, reason)
        audit.append(connection, "audit exported", actor, told, actor=actor, now=now)
