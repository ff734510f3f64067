"""What a request asks by its address, each member given once."""

import re

from flask import request

from portal.errors import QueueRefused, VersionRefused

_VERSION = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)  # what every database can count to


def once() -> dict[str, str]:
    """Return the members of the query; one that is there twice means nothing certain.

    Raises:
        QueueRefused: A member was given more than once.
    """
    given = request.args.to_dict(flat=False)
    twice = next((name for name, values in given.items() if len(values) > 1), None)
    if twice is not None:
        raise QueueRefused.about(twice, "given once")
    return {name: values[0] for name, values in given.items()}


def version() -> int | None:
    """Return the version that is asked for, of a keyset or a header; None for the newest.

    Raises:
        VersionRefused: It is no whole number from 1 on, or is written in another way.
    """
    given = request.args.getlist("version")
    if not given:
        return None
    if len(given) > 1 or not _VERSION.fullmatch(given[0]):
        raise VersionRefused(
            "A version is one whole number from 1 on.", hint="Load the page again."
        )
    return int(given[0])
