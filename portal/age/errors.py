"""Every way an age file, key or passphrase is refused.

    AgeError                     carries code, message and hint, like the rest of Portico
    ├── ArmorFailure             the ASCII armour around a file is not strict
    ├── HeaderFailure            the header is not one that the format allows
    ├── MacFailure               the header was changed after it was made
    ├── NoMatch                  none of the identities opens this file
    ├── PayloadFailure           the content was changed, cut or continued
    ├── RecipientRefused         a recipient, or a set of them, that cannot be sealed to
    ├── IdentityMalformed        text that is not an age identity
    └── HybridUnsupported        the cryptography library lacks the post-quantum exchange

The first five are the failure classes of the public test vectors (C2SP/CCTV ``age``). The tree
stands apart from ``portal.errors``, because this room can be used alone.
"""

from typing import ClassVar

DAMAGED = "Ask for the file again, or fetch it again from where it is kept."


class AgeError(Exception):
    """An age file, key or passphrase that cannot be used.

    Attributes:
        code: Stable name for programs, in kebab-case.
        message: What is wrong, one sentence.
        hint: What to do next, one sentence.
    """

    code: ClassVar[str] = "age-error"

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ArmorFailure(AgeError):
    """The ASCII armour is not strict PEM, or something stands around it."""

    code = "age-armor"


class HeaderFailure(AgeError):
    """The header, or the stanza meant for us, is not one that the format allows."""

    code = "age-header"


class MacFailure(AgeError):
    """A file key was found, but the header was changed after it was made."""

    code = "age-mac"


class NoMatch(AgeError):
    """None of the identities opens this file."""

    code = "age-no-match"


class PayloadFailure(AgeError):
    """The content was changed, cut short or continued after its end."""

    code = "age-payload"


class RecipientRefused(AgeError):
    """A recipient, or a set of recipients, that cannot be sealed to."""

    code = "age-recipient"


class IdentityMalformed(AgeError):
    """Text that is not an age identity."""

    code = "age-identity"


class HybridUnsupported(AgeError):
    """The installed cryptography library lacks the post-quantum exchange."""

    code = "age-hybrid-unsupported"
