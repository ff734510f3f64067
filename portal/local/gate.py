"""Who may talk to the local desk: the browser it was opened in, and nobody else on this machine.

Everything on a loopback address can be reached by every user of the machine and by every page in
the browser. So the desk has a host name of its own that nobody can guess: a cookie is shown to that
name alone, not to another server on another port of the same address, and a name under somebody
else's control that is made to point here (DNS rebinding) is not answered. Names that end in
``.localhost`` never leave the machine (RFC 6761 section 6.3).
"""

import hmac
import secrets
import threading
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Final

COOKIE: Final = "portico-local-desk"
NAME_BYTES: Final = 10  # 80 bits of the host name: it keeps cookies apart, and is no password
SECRET_BYTES: Final = 32
PAGES_FROM: Final = frozenset({"none", "same-origin"})  # typed or pasted, or from the desk itself


@dataclass(slots=True)
class Gate:
    """The host name, the link that opens the desk once, and the session that comes of it.

    Attributes:
        port: Where the desk listens.
        name: Its host name.
    """

    port: int
    name: str = field(default_factory=lambda: f"desk-{secrets.token_hex(NAME_BYTES)}.localhost")
    _start: str | None = field(
        default_factory=lambda: secrets.token_urlsafe(SECRET_BYTES), repr=False
    )
    _session: str | None = field(default=None, repr=False)
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def origin(self) -> str:
        """Address of the desk, without a trailing slash."""
        return f"http://{self.name}:{self.port}"

    @property
    def link(self) -> str:
        """The link that opens the desk, once; its secret is in the part that is never sent."""
        return f"{self.origin}/start#{self._start}"

    def is_here(self, hosts: list[str]) -> bool:
        """Say whether a request means this desk, by its ``Host`` headers: exactly one, and ours."""
        return [host.lower() for host in hosts] == [f"{self.name}:{self.port}"]

    def is_ours(self, origin: str | None, site: str | None, *, page: bool) -> bool:
        """Say whether a request comes from the desk's own pages.

        Args:
            origin: Its ``Origin``; None when it has none.
            site: Its ``Sec-Fetch-Site``; None from an old browser.
            page: Whether it asks for a page, which a person may have typed or pasted.
        """
        allowed = PAGES_FROM if page else {"same-origin"}
        return origin in {None, self.origin} and site in {None, *allowed}

    def enter(self, secret: str) -> str | None:
        """Take the secret of the link, and return that of the session; None if it is not right.

        It works once: a second use means that somebody else has seen the link.
        """
        with self._turn:
            if self._start is None or not hmac.compare_digest(
                secret.encode(), self._start.encode()
            ):
                return None
            self._start, self._session = None, secrets.token_urlsafe(SECRET_BYTES)
            return self._session

    def knows(self, cookies: str) -> bool:
        """Say whether the ``Cookie`` header carries the session."""
        try:
            found = SimpleCookie(cookies).get(COOKIE)
        except CookieError:
            return False
        session = self._session
        if found is None or session is None:
            return False
        return hmac.compare_digest(found.value.encode(), session.encode())

    def leave(self) -> None:
        """End the session."""
        self._session = None
