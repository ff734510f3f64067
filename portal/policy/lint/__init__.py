"""Advice on a pack that can be read: what it leaves open, and where it strains against practice.

A fault keeps a pack from being published (`portal.policy.faults`); a remark never does. An error
says that the program cannot be run as things stand. A warning says that the policy demands what
CISA's Binding Operational Directive 20-01 and its template rule out, or that the portal cannot do
as it seems to be meant. A notice says that the policy is silent, or unusual: it may well want to
be, and then the pages say so.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo

from portal.policy import toml_lines
from portal.policy.faults import Notebook, dotted
from portal.policy.lint import (
    clauses,
    form,
    harbour,
    keys,
    program,
    promises,
    publication,
    reporter,
    rewards,
    scope,
)
from portal.policy.lint.keys import Keys
from portal.policy.pack import Policy
from portal.policy.remarks import Found, Remark

__all__ = ["Keys", "Remark", "lint"]

_CHECKS: Final[tuple[Callable[[Policy], Iterator[Found]], ...]] = (
    *(program.check, reporter.check, clauses.check, promises.check, publication.check),
    *(rewards.check, harbour.check, form.check),
)


def lint(
    policy: Policy, *, now: datetime | None = None, keys_held: Keys | None = None
) -> tuple[Remark, ...]:
    """Return remarks on a policy, in the order of their lines.

    Args:
        policy: The policy.
        now: Present time, aware; None leaves open which days are past.
        keys_held: The keys its program has on an instance; None when the pack is looked at alone,
            and is then taken to get what it needs.
    """
    lines = Notebook(toml_lines.index(policy.source))
    today = now.astimezone(ZoneInfo(policy.calendar.zone)).date() if now else None
    alone = (one for check in _CHECKS for one in check(policy))
    found = chain(alone, scope.check(policy, now=today), keys.check(policy, keys_held))
    remarks = (
        Remark(
            line=lines.line(one.path),
            where=dotted(one.path),
            level=one.level,
            code=one.code,
            message=one.message,
            why=one.why,
            hint=one.hint,
        )
        for one in found
    )
    return tuple(sorted(remarks, key=lambda remark: remark.line))
