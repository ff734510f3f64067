"""What a report is written as, once it is open: for people, and for the next tool.

A format takes the report as it was read and Markdown made of it, and gives a file's name and
text. To add one, add a row.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from portal.offline.document import Document


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a report.

    Attributes:
        file_name: What the file is called in the report's folder.
        text: Makes it from the document and its Markdown rendering.
    """

    file_name: str
    text: Callable[[Document, str], str]


def _markdown(_document: Document, markdown: str) -> str:
    return markdown


def _json(document: Document, _markdown: str) -> str:
    # Escaped throughout, so that it is harmless on a terminal and still says exactly what was sent.
    return json.dumps(document.raw, indent=2, ensure_ascii=True, sort_keys=True) + "\n"


FORMATS: Mapping[str, Format] = {
    "markdown": Format("report.md", _markdown),
    "json": Format("report.json", _json),
}
