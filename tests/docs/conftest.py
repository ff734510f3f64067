"""A portal for the pages that are run to the letter."""

from collections.abc import Iterator

import pytest

from tests.live import Live


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The demo, running; each page works in a folder of its own beside it."""
    running = Live(tmp_path_factory.mktemp("demo")).start()
    yield running
    running.stop()
