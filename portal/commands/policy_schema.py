"""`portico policy schema`: the keys of a pack, for editors or for people."""

import argparse
import json


def add_schema(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``schema`` to the verbs of ``portico policy``."""
    schema = verbs.add_parser("schema", help="print every key of a pack, as JSON Schema")
    schema.add_argument("--page", action="store_true", help="as a page in Markdown instead")
    schema.set_defaults(run=_schema)


def text(*, page: bool) -> str:
    """Return the JSON Schema of a pack, or the reference page, as it is kept in a file."""
    from portal.policy.schema import json_schema, reference

    if page:
        return reference.page()
    return json.dumps(json_schema.document(), indent=2, ensure_ascii=False) + "\n"


def _schema(options: argparse.Namespace) -> int:
    print(text(page=options.page), end="")
    return 0
