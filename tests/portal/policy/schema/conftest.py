"""What the tests of the schema share: an editor's judgement and the portal's, on one pack."""

from collections.abc import Callable
from datetime import date
from typing import Any

import jsonschema
import pytest

from portal.policy.faults import Fault, Notebook
from portal.policy.pack import Policy
from portal.policy.reading import Table
from portal.policy.schema import json_schema

Judge = Callable[[dict[str, Any]], list[str]]


def as_editors_see(value: Any) -> Any:
    """Return parsed TOML as JSON; dates become text, as taplo does it."""
    if isinstance(value, dict):
        return {key: as_editors_see(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_editors_see(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.fixture(scope="session")
def editor() -> Judge:
    """Return what an editor marks in a pack."""
    validator = jsonschema.Draft7Validator(json_schema.document())
    return lambda pack: [error.message for error in validator.iter_errors(as_editors_see(pack))]


@pytest.fixture(scope="session")
def reader() -> Callable[[dict[str, Any]], list[Fault]]:
    """Return the faults that the portal finds in a pack that has been parsed as TOML."""

    def faults(pack: dict[str, Any]) -> list[Fault]:
        notebook = Notebook({})
        with Table(pack, (), notebook) as table:
            Policy._read(table, "")
        return notebook.faults

    return faults
