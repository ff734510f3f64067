"""What about a program's keys cannot wait: said on the keys page and by `portico doctor`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from portal.policy.keyset import Keyset

EXPIRY_ALARM: Final = timedelta(days=7)  # leaves time to find the person who holds the root key


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something to put right.

    Attributes:
        code: Stable name, in kebab-case.
        message: What it is, one sentence.
        hint: What to do, one sentence.
    """

    code: str
    message: str
    hint: str


_SIGN = "Sign the next one with the root key, offline, and publish it."


def alarms(keyset: Keyset | None, *, receipt_key: str | None, now: datetime) -> Iterator[Alarm]:
    """Yield what is wrong with a program's keys, or will be soon.

    Args:
        keyset: The newest one published, expired or not; None before the first.
        receipt_key: Fingerprint of the key this server signs with; None when it is not known.
        now: Present time, aware.
    """
    if keyset is None:
        yield Alarm("no-keyset", "There is no keyset yet, so its form is closed.", _SIGN)
        return
    yield from _ending(keyset, now)
    if receipt_key is not None and keyset.receipt_key.kid != receipt_key:
        yield Alarm(
            "foreign-receipt-key",
            "Its keyset names another receipt key than this server's.",
            "Add receipt.pub of this server to the next keyset.",
        )
    elif keyset.receipt_key.valid_until < now + EXPIRY_ALARM:
        yield Alarm(
            "receipt-key-expires",
            f"Its receipt key is valid until {keyset.receipt_key.valid_until:%Y-%m-%d}.",
            "Add receipt.pub of this server to the next keyset once more.",
        )


def _ending(keyset: Keyset, now: datetime) -> Iterator[Alarm]:
    day = f"{keyset.expires:%Y-%m-%d}"
    if keyset.expires <= now:
        message = f"Its keyset expired on {day}, so its form is closed."
        yield Alarm("keyset-expired", message, _SIGN)
    elif keyset.expires <= now + EXPIRY_ALARM:
        yield Alarm("keyset-expires", f"Its keyset expires on {day}.", _SIGN)
