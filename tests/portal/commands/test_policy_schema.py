"""`portico policy schema`: the keys of a pack on standard output."""

import json

import pytest

from portal import cli
from portal.policy.schema import json_schema, reference


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Without an option, editors get JSON."""
    assert cli.main(["policy", "schema"]) == 0
    assert json.loads(capsys.readouterr().out) == json_schema.document()


def test_the_page_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """With --page, people get Markdown."""
    assert cli.main(["policy", "schema", "--page"]) == 0
    assert capsys.readouterr().out == reference.page()
