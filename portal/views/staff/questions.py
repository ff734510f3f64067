"""What a request asks by its address, each member given once."""

from flask import request

from portal.errors import QueueRefused


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
