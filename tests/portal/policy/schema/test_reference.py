"""The reference tells every key, and what it shows works."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from portal.commands import policy_schema
from portal.policy.fields import FIELDS
from portal.policy.held_data import DATA, DataHandling
from portal.policy.pack import Policy
from portal.policy.schema import json_schema, reference, whole

ROOT = Path(__file__).parents[4]
FIX = "Type `make fix`."


def test_what_is_made_from_the_code_is_up_to_date() -> None:
    """The page and the editors' schema in the repository are what the code makes now."""
    schema, page = ROOT / "policies" / "schema.json", ROOT / "docs" / "policy.md"
    assert schema.read_text("utf-8") == policy_schema.text(page=False), FIX
    assert page.read_text("utf-8") == policy_schema.text(page=True), FIX
    assert json.loads(schema.read_text("utf-8")) == json_schema.document()


def test_the_examples_make_a_pack(editor: Callable[[dict[str, Any]], list[str]]) -> None:
    """All examples of the page, one after the other, are a pack without faults."""
    blocks = re.findall(r"```toml\n(.*?)```", reference.page(), re.DOTALL)
    assert len(blocks) > 15
    assert Policy.parse("\n".join(blocks)) == Policy.parse("\n".join(blocks))
    assert reference.example(whole.PACK).split() == "\n".join(blocks).split()


def test_every_key_and_field_has_its_row() -> None:
    """Whatever a pack can say, the page explains; a table that two others share stands once."""
    rows = re.findall(r"^\| `([a-z_]+)`✱? \|", reference.page(), re.MULTILINE)
    for path, record in whole.records():
        assert {key.name for key in record.keys if path[:1] != ("fields",) and path} <= set(rows)
    assert set(FIELDS) <= set(rows)
    assert rows.count("not_resolves_to") == 1


def test_no_cell_breaks_its_table() -> None:
    """Every row has as many cells as its heading."""
    for line in reference.page().splitlines():
        if line.startswith("|"):
            assert line.count("|") in (4, 5), line


def test_the_readme_tells_what_is_signed_about_held_data() -> None:
    """The sentences in the README are the ones that reporters are asked to sign."""
    readme = (ROOT / "policies" / "README.md").read_text("utf-8")
    for kind in DATA:
        assert f"| {DataHandling(kind, '').statement} |" in readme
