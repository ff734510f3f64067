"""What happened, as staff read it."""

import re

from portal.cases.events import STEPS
from portal.desk.telling import label


def test_staff_are_not_spoken_to_as_the_reporter() -> None:
    """The timeline of the reporter says “you”; that of the staff says who is meant."""
    for name in STEPS:
        assert not re.search(r"\byour?\b", label(name), re.IGNORECASE), name
