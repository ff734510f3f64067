"""The schema of a pack for editors: names, values and explanations while one types.

JSON Schema draft 7, which TOML editors read (taplo, Even Better TOML). It knows what can be said of
each key by itself; what keys mean together, ``portico policy check`` tells.
"""

from collections.abc import Mapping
from typing import Any, Final

from portal.policy.schema.shapes import (
    Day,
    Either,
    Flag,
    Key,
    Many,
    Record,
    Shape,
    Text,
    Word,
)
from portal.policy.schema.whole import PACK

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
DATE: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
# Blanks and line breaks around a text do not count.
_ONE_LINE: Final = r"^\s*\S([^\n\r]*\S)?\s*$"
_ANY: Final = r"\S"


def document() -> dict[str, Any]:
    """Return the schema, ready to be written as JSON."""
    return {
        "$schema": DRAFT,
        "title": "Portico policy pack",
        "description": "One published disclosure policy as data. What is left out is not stated.",
        **_value(PACK),
    }


def _value(shape: Shape) -> dict[str, Any]:
    """Return the schema of a value."""
    match shape:
        case Text():
            return _text(shape)
        case Word(allowed, default):
            return {"enum": list(allowed)} | ({"default": default} if default else {})
        case Flag(default):
            return {"type": "boolean", "default": default}
        case Day():
            return {"type": "string", "format": "date", "pattern": DATE}
        case Many(of, least):
            unique = {"uniqueItems": True} if isinstance(of, Word) else {}
            return {"type": "array", "items": _value(of), "minItems": least} | unique
        case Either(shapes):
            return {"anyOf": [_value(one) for one in shapes]}
        case Record():
            return _record(shape)


def _text(text: Text) -> dict[str, Any]:
    whole = rf"^\s*({text.pattern})\s*$" if text.pattern else _ANY if text.prose else _ONE_LINE
    found: dict[str, Any] = {"type": "string", "maxLength": text.limit, "pattern": whole}
    if text.but:
        found["not"] = {"enum": list(text.but)}
    if text.default:
        found["default"] = text.default
    return found


def _record(record: Record) -> dict[str, Any]:
    needed = [key.name for key in record.keys if key.needed]
    one: dict[str, Any] = {
        "type": "object",
        "properties": {key.name: _described(key) for key in record.keys},
        "additionalProperties": False,
    }
    one |= {"required": needed} if needed else {}
    return {"type": "array", "items": one} if record.several else one


def _described(key: Key) -> Mapping[str, Any]:
    return {"description": key.meaning.replace("`", "")} | _value(key.shape)
