"""What each finding about a rule means for its author, and what to do about it."""

from scope.lint import on_pairs, on_places, on_texts
from scope.lint.grades import Advice, Grade

__all__ = ["ADVICE", "LONGEST_DETAIL", "Advice", "Grade"]

LONGEST_DETAIL = {"condition-proposed": 400, "condition-never": 200}  # characters; others: 80

ADVICE: dict[str, Advice] = {**on_texts.ADVICE, **on_places.ADVICE, **on_pairs.ADVICE}
