"""How much a finding matters, and the shape of what is said about it."""

from enum import StrEnum
from typing import NamedTuple


class Grade(StrEnum):
    """How much a finding matters: whether the rule works, works as meant, or could be plainer."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Advice(NamedTuple):
    """A finding in words; ``{detail}`` in message and hint is filled in."""

    grade: Grade
    message: str
    hint: str


ERROR, WARNING, NOTICE = Grade.ERROR, Grade.WARNING, Grade.NOTICE
