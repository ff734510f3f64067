"""The page of a report: a shell that tells nothing, and says whether it may be opened there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask

from portal.app import create_app
from portal.cases.database import Database
from portal.config import Config
from tests.actors import Researcher
from tests.colleagues import Colleague

Hire = Callable[..., Colleague]


@pytest.mark.parametrize("opening", [True, False])
def test_opening_is_a_named_setting(
    app: Flask, tmp_path: Path, database: Database, receipt_key: Ed25519PrivateKey, opening: bool
) -> None:
    """The page offers to open reports only where the operator wants it."""
    assert app.extensions["portico"].config.open_in_browser is False
    config = Config(
        tmp_path, "http://portico.test", str(database.engine.url), open_in_browser=opening
    )
    made = create_app(config)
    page = made.test_client().get("/staff/reports/abcde-fghjk").text
    made.extensions["portico"].store.database.close()
    assert f'data-opening="{"yes" if opening else "no"}"' in page


def test_the_page_is_the_same_for_every_report(researcher: Researcher, hire: Hire) -> None:
    """It holds nothing of any report: what it shows comes from the API, to those who may see it."""
    report = researcher.send().json["report"]
    ada = hire("Ada", example="reader")
    pages = {ada.get(f"/staff/reports/{one}").data for one in (report, "abcde-fghjk")}
    assert len(pages) == 1
    assert report.encode() not in pages.pop()


def test_no_field_of_the_page_could_be_posted(hire: Hire) -> None:
    """What staff write has no name, so that no form can carry it away in the clear."""
    page = hire("Ada", example="reader").get("/staff/reports/abcde-fghjk").text
    for field in ("answer", "note-text", "tags-text", "identity", "passphrase", "own-key"):
        start = page.index(f'id="{field}"')
        tag = page[page.rindex("<", 0, start) : page.index(">", start)]
        assert " name=" not in tag
