"""What the local desk says no with."""

from http import HTTPStatus

from portal.errors import KeysetRefused, NotAllowed, PortalRefused, PorticoError


class Stranger(NotAllowed):
    """A request that the desk does not answer; whoever sent it learns nothing else.

    Attributes:
        answered: The HTTP status.
    """

    def __init__(self, answered: HTTPStatus) -> None:
        super().__init__(
            "The desk does not answer this.", hint="Use the link that `portico desk` printed."
        )
        self.answered = answered


def status_of(refusal: PorticoError) -> int:
    """Return the HTTP status of a refusal, seen from the page."""
    if isinstance(refusal, Stranger):
        return refusal.answered
    if isinstance(refusal, PortalRefused):
        return HTTPStatus.BAD_GATEWAY
    return HTTPStatus.FORBIDDEN if isinstance(refusal, KeysetRefused) else refusal.status
