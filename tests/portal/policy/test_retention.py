"""How long reports are kept: as long as the policy says, or nothing is said about it."""

from portal.policy.clock_rules import ClockRule
from portal.policy.pack import Policy
from portal.policy.spans import Span

SMALLEST = "[program]\nslug = 'tiny'\nname = 'Tiny'\n"


def test_the_time_to_keep_a_report_is_a_clock_of_its_own() -> None:
    """It counts from the end of the case, unless the pack says otherwise; no number, no clock."""
    kept = "[retention]\ntext = 'R'\nkeep = '24 months'\n"
    (rule,) = Policy.parse(SMALLEST + kept).clock_rules
    assert rule == ClockRule(
        "retention", "Deletion of the report", Span(24, "months"), "closed", met_by="deleted"
    )
    (other,) = Policy.parse(f"{SMALLEST}{kept}after = 'resolved'\n").clock_rules
    assert other.anchor == "resolved"
    assert Policy.parse(f"{SMALLEST}[retention]\ntext = 'R'\n").clock_rules == ()
