"""What the tests of the staff face share: a report in the queue."""

import pytest

from tests.actors import Researcher


@pytest.fixture
def report(researcher: Researcher) -> str:
    """A report to the example program that arrived."""
    return str(researcher.send().json["report"])
