"""A multipart form whose files are streamed from disk. Source: RFC 7578."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PIECE = 64 * 1024  # bytes handed on at a time


@dataclass(frozen=True, slots=True)
class Form:
    """Fields and files, encoded when they are sent; it can be sent again.

    Attributes:
        fields: Text by field name; names are ours, so they need no escaping.
        files: Files by field name.
        boundary: Separates the parts; random, so that no content can imitate it.
    """

    fields: Mapping[str, str]
    files: Mapping[str, Path]
    boundary: str = field(default_factory=lambda: f"portico-{secrets.token_hex(16)}")

    @property
    def content_type(self) -> str:
        """Value of the header Content-Type."""
        return f"multipart/form-data; boundary={self.boundary}"

    @property
    def length(self) -> int:
        """Bytes of the encoded form."""
        files = sum(
            len(self._file_head(name)) + path.stat().st_size + len(b"\r\n")
            for name, path in self.files.items()
        )
        return len(self._texts()) + files + len(self._end())

    def pieces(self) -> Iterator[bytes]:
        """Yield the encoded form."""
        yield self._texts()
        for name, path in self.files.items():
            yield self._file_head(name)
            with path.open("rb") as file:
                while piece := file.read(PIECE):
                    yield piece
            yield b"\r\n"
        yield self._end()

    def _texts(self) -> bytes:
        parts = (
            f'--{self.boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
            for name, text in self.fields.items()
        )
        return "".join(parts).encode("utf-8")

    def _file_head(self, name: str) -> bytes:
        return (
            f"--{self.boundary}\r\n"
            f'Content-Disposition: form-data; name="{name}"; filename="{name}.age"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode("ascii")

    def _end(self) -> bytes:
        return f"--{self.boundary}--\r\n".encode("ascii")
