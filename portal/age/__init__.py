"""age v1 files (age-encryption.org/v1, C2SP ``age.md``) on `cryptography` alone.

A leaf: it imports nothing else of Portico, opens no files and asks no questions.

    from portal import age
    age.encrypt(source, ["age1pq1…"], sink)
    age.decrypt(source, ["AGE-SECRET-KEY-PQ-1…"], sink)

`encrypt` and `decrypt` are found only when somebody asks for them, so that a server process that
reads headers and recipients never holds code that opens a file. Hardware keys and plugins are left
to the `age` command.
"""

from collections.abc import Callable
from importlib import import_module

from portal.age.errors import AgeError

__all__ = ["AgeError", "decrypt", "encrypt"]

_LATE = {"encrypt": "portal.age.encrypting", "decrypt": "portal.age.decrypting"}


def __getattr__(name: str) -> Callable[..., None]:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    function: Callable[..., None] = getattr(import_module(_LATE[name]), name)
    return function
