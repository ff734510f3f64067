"""What laws demand, and by when: time limits towards authorities, never started by a machine.

A person records the facts that start these clocks. Neither a word in a report nor a score does.
"""

from portal.policy.legal.facts import Facts
from portal.policy.legal.reckoning import LegalDeadline, reckon
from portal.policy.legal.rules import Proposal, Regime, Rule, rulebook

__all__ = ["Facts", "LegalDeadline", "Proposal", "Regime", "Rule", "reckon", "rulebook"]
