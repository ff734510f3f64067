"""The desk key, with which a command on a person's own machine speaks to the staff API."""

import argparse
import sys
from getpass import getpass

from portal.errors import PortalRefused, SettingMissing, SignInNeeded
from portal.offline import visible
from portal.offline.connection import Portal

MADE_AT = "Make one on the portal: Account, Desk keys."


def register(command: argparse.ArgumentParser) -> None:
    """Add the option by which a script hands over the key; people are asked for it."""
    command.add_argument("--key", choices=["-"], help="read the desk key from stdin")


def asked(given: str | None) -> str:
    """Return the desk key, asked for: as an argument, everybody on the machine could read it.

    Raises:
        SettingMissing: What was typed cannot be one.
    """
    key = (sys.stdin.readline() if given else getpass("Desk key: ")).strip()
    if not key or not key.isascii() or not key.isprintable():
        raise SettingMissing("This is not a desk key.", hint=MADE_AT)
    return key


def owner(portal: Portal) -> str:
    """Return the name of whoever the key of this portal belongs to.

    Raises:
        PortalRefused: The portal does not answer, or does not take the key.
    """
    try:
        return visible.line(portal.get("/staff/api/me").get("name"))
    except SignInNeeded:
        raise PortalRefused(
            "The portal does not take this desk key.",
            hint="A key lasts a working day. Make a new one on the portal: Account, Desk keys.",
        ) from None
