"""The session's cookie: a random secret and nothing else, sent to the staff face alone."""

import hashlib
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin

PATH = "/staff"  # the browser shows the cookie to no other page, so no public one can see it


class DeskSession(dict[str, Any], SessionMixin):
    """What Flask knows of a session: its secret, and what the cross-site token is made from."""

    def __init__(self, secret: str) -> None:
        # The library signs this and writes it into the page: it must follow from the secret, so
        # that nobody without the cookie knows it, and must not give the secret away.
        seed = hashlib.sha256(b"portico/cross-site/v1" + secret.encode()).hexdigest()
        super().__init__({"csrf_token": seed})
        self.secret = secret


class DeskCookies(SessionInterface):
    """Reads the cookie of a request; writes one only when somebody signs in or out."""

    def __init__(self, *, secure: bool) -> None:
        self.secure = secure
        self.name = "__Secure-portico-desk" if secure else "portico-desk"

    def open_session(self, app: Flask, request: Request) -> DeskSession:  # noqa: ARG002
        """Return the session of a request, empty without a cookie."""
        return DeskSession(request.cookies.get(self.name, ""))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Do nothing: what a session holds is in the database."""

    def hand_out(self, answer: Response, secret: str) -> Response:
        """Set the cookie, until the browser closes; the server ends the session before, by time."""
        answer.set_cookie(
            self.name, secret, path=PATH, secure=self.secure, httponly=True, samesite="Strict"
        )
        return answer

    def take_back(self, answer: Response) -> Response:
        """Remove the cookie, and what the browser remembers of the pages."""
        answer.delete_cookie(
            self.name, path=PATH, secure=self.secure, httponly=True, samesite="Strict"
        )
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer
