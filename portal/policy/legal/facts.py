"""What people have recorded about a case that a law may count from; each kept apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from portal.policy.legal.rules import Rule

Submitted = Mapping[tuple[str, str], datetime]


@dataclass(frozen=True, slots=True)
class Facts:
    """When what happened; all aware, and None for what has not.

    Attributes:
        received: The report arrived. Nobody has read it at that moment.
        first_opened: Somebody opened it for the first time.
        aware: Staff became aware, as a person decided and recorded.
        measure_available: A corrective or mitigating measure became available.
        material: Staff determined that an incident is material.
        notified: When each stage was submitted, by the ids of regime and stage.
    """

    received: datetime
    first_opened: datetime | None = None
    aware: datetime | None = None
    measure_available: datetime | None = None
    material: datetime | None = None
    notified: Submitted = field(default_factory=dict)

    def start(self, rule: Rule) -> datetime | None:
        """Return when the time of a rule started to run; None if nobody has started it.

        That a measure is available starts nothing by itself: the duty is that of somebody aware.
        """
        match rule.anchor:
            case "received":
                return self.received
            case "aware":
                return self.aware
            case "measure_available":
                return self.measure_available if self.aware else None
            case "material":
                return self.material
            case "notified":
                return self.notified.get((rule.regime, rule.after or ""))

    def worst_start(self, rule: Rule) -> datetime | None:
        """Return when the time of a rule would have started, had staff been aware at receipt.

        None once a person has recorded awareness, and for rules that do not hang on it.
        """
        if self.aware:
            return None
        return {"aware": self.received, "measure_available": self.measure_available}.get(
            rule.anchor
        )

    def done(self, rule: Rule) -> datetime | None:
        """Return when what a rule demands was submitted."""
        return self.notified.get((rule.regime, rule.stage))
