"""Files with secrets: written once, readable by their owner alone, locked if wished."""

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from portal.age.armor import BEGIN, ArmoredSink, ArmoredSource
from portal.age.decrypting import decrypt
from portal.age.encrypting import encrypt
from portal.age.header import VERSION_LINE
from portal.age.identities import ScryptIdentity
from portal.age.recipients import DEFAULT_WORK_FACTOR, ScryptRecipient
from portal.errors import IdentityRefused

MAX_BYTES = 1024 * 1024  # an identity file with its remarks takes some kilobytes
SECRET_MODE = 0o600
PUBLIC_MODE = 0o644

Ask = Callable[[str], str]


def write_new(path: Path, content: bytes, *, mode: int = SECRET_MODE) -> None:
    """Write a file that is not there yet, with its permissions set before its content.

    Raises:
        IdentityRefused: Something of that name is there, or the folder cannot be written to.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        raise IdentityRefused(
            f"{path} is there already, and nothing is overwritten.",
            hint="Choose another name, or move the old file away first.",
        ) from None
    except OSError as error:
        raise IdentityRefused(
            f"{path} cannot be written: {error.strerror}.", hint="Choose another folder."
        ) from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def locked(text: str, passphrase: str, *, work_factor: int = DEFAULT_WORK_FACTOR) -> bytes:
    """Return text sealed under a passphrase, as an age file in armour.

    `age -i FILE` takes it too, and asks for the passphrase itself.

    Raises:
        IdentityRefused: The passphrase is empty.
    """
    if not passphrase:
        raise IdentityRefused(
            "The passphrase is empty.", hint="Use several words, or leave --passphrase out."
        )
    sink = BytesIO()
    with ArmoredSink(sink) as armored:
        encrypt(BytesIO(text.encode("utf-8")), [ScryptRecipient(passphrase, work_factor)], armored)
    return sink.getvalue()


def read(path: Path, *, ask: Ask) -> str:
    """Return the text of a file with secrets, unlocked.

    Args:
        path: The file.
        ask: Called with a prompt when a passphrase is needed.

    Raises:
        IdentityRefused: Missing, unreadable, too large or not text.
        AgeError: The passphrase is wrong, or the file is damaged.
    """
    content = _content(path)
    if content.startswith(VERSION_LINE) or content.lstrip().startswith(BEGIN):
        content = _unlocked(content, ask(f"Passphrase for {path}: "))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise IdentityRefused(f"{path} is not a key file.", hint=_HINT) from None


_HINT = "Give the file that `portico keygen` or `age-keygen` made."


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise IdentityRefused(f"{path} cannot be read: {error.strerror}.", hint=_HINT) from None
    if len(content) > MAX_BYTES:
        raise IdentityRefused(f"{path} is too large for a key file.", hint=_HINT)
    return content


def _unlocked(content: bytes, passphrase: str) -> bytes:
    armored = not content.startswith(VERSION_LINE)
    source = ArmoredSource(BytesIO(content)) if armored else BytesIO(content)
    sink = BytesIO()
    decrypt(source, [ScryptIdentity(passphrase)], sink)
    return sink.getvalue()
