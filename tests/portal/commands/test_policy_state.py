"""`portico policy pause | close | reopen`: what is done is said, and written down."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portal.cases.tables import audit
from portal.commands import opened
from portal.config import Config

SMALLEST = "[program]\nslug = 'tiny'\nname = 'Tiny'\n"
Portico = Callable[..., Any]


@pytest.fixture
def tiny(config: Config, portico: Portico) -> Config:
    """An instance with one program."""
    (config.policies / "tiny.toml").write_text(SMALLEST)
    assert portico("policy", "publish").code == 0
    return config


def acts(config: Config) -> list[tuple[str, str, str]]:
    """Return what the audit log says of programs."""
    columns = (audit.c.act, audit.c.subject, audit.c.actor)
    wanted = select(*columns).where(audit.c.act.like("program %")).order_by(audit.c.sequence)
    with opened.instance(config) as instance, instance.database.reading() as connection:
        return [tuple(row) for row in connection.execute(wanted)]


def test_every_change_is_said_and_written_down(tiny: Config, portico: Portico) -> None:
    """Who, what and when stands in the audit log; a change that is none does not."""
    said = [portico("policy", verb, "tiny").out for verb in ("pause", "pause", "close", "reopen")]
    assert said[0].startswith("tiny takes no new reports for now.\nTokens go on working")
    assert said[1] == "tiny takes no new reports for now, as before.\n"
    assert said[2].startswith("tiny takes no new reports any more.")
    assert said[3] == "tiny takes reports.\n"
    assert acts(tiny) == [
        ("program paused", "tiny", "operator"),
        ("program closed", "tiny", "operator"),
        ("program open", "tiny", "operator"),
    ]


@pytest.mark.parametrize("verb", ["pause", "close", "reopen"])
def test_a_program_that_is_not_there_is_named(tiny: Config, portico: Portico, verb: str) -> None:
    """And nothing is written down."""
    refused = portico("policy", verb, "gone")
    assert refused.code == 1
    assert "gone" in refused.err
    assert acts(tiny) == []
