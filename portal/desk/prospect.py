"""What staff keep in mind about a case: publication, held data, reward, and who opened it when."""

from datetime import timedelta
from typing import Any, Final

from portal.cases.case import Case
from portal.cases.duties import legal, plain_duty
from portal.cases.events import last
from portal.cases.outlook import DataOutlook, PublicationOutlook
from portal.cases.report import MAIL
from portal.cases.steps import ENDS
from portal.policy.legal import LegalDeadline

UNOPENED_ALARM: Final = timedelta(hours=24)  # the shortest time in which a law wants an answer
# What nobody does to a report they have not opened, or that needs no opening any more.
_SEEN: Final = frozenset({"opened", "assessed", "accepted", *ENDS})


def prospect(case: Case) -> dict[str, Any]:
    """Return as JSON-ready data how the case stands beside its promises."""
    return {
        "publication": PublicationOutlook.of(case, to="staff").plain(),
        "data": DataOutlook.of(case, to="staff").plain(),
        "reward": _reward(case),
        "exposure": case.exposed,
        "legal": [plain_duty(duty) for duty in _duties(case)],
        "moments": _moments(case),
        "unopened": _unopened(case),
    }


def _duties(case: Case) -> tuple[LegalDeadline, ...]:
    if not case.report.has_clocks:
        return ()
    return legal(case.policy, case.history, case.report.calendar, now=case.now)


def _moments(case: Case) -> dict[str, str | None]:
    """Return when it arrived, when staff first opened it, and since when they were aware.

    Three moments that are easily taken for one: an arrival starts the promises, and no duty by law.
    """
    aware = last(case.history, "aware")
    opened = case.first("opened")
    return {
        "received": case.report.received_at.isoformat(),
        "opened": opened.isoformat() if opened else None,
        "aware": aware.data["at"] if aware else None,
    }


def _unopened(case: Case) -> bool:
    """Tell whether nobody has opened it for too long; what came by mail was read on the way."""
    if case.report.origin == MAIL or {event.name for event in case.history} & _SEEN:
        return False
    return case.now - case.report.received_at >= UNOPENED_ALARM


def _reward(case: Case) -> dict[str, Any] | None:
    """Return what the policy says about a reward and what was decided; None when it is silent."""
    asked, decided = case.policy.reward, last(case.history, "rewarded")
    if asked is None:
        return None
    return {
        "kind": asked.kind,
        "text": asked.text,
        "factors": [{"id": factor.id, "text": factor.text} for factor in asked.factors],
        "eligible": asked.eligible,
        "answer": decided.data["answer"] if decided else None,
        "weighed": dict(decided.data.get("factors", {})) if decided else {},
    }
