"""Who is asking: every address of the staff face goes through here before it does anything."""

from contextlib import suppress
from urllib.parse import urlsplit

from flask import Response, current_app, request, session
from flask_wtf.csrf import generate_csrf, validate_csrf
from wtforms.validators import ValidationError

from portal import web
from portal.cases.report import Report
from portal.desk.member import Member, Role
from portal.errors import NoSuchProgram, NoSuchReport, NotAllowed, SignInNeeded
from portal.views.staff.cookies import DeskCookies, DeskSession

CSRF_HEADER = "X-CSRFToken"
_READS = frozenset({"GET", "HEAD"})


def member() -> Member:
    """Return who is asking, by session or by desk key.

    A request that changes something and comes with a cookie must also carry the cross-site token,
    which no other site can read; a desk key travels in a header that no other site can set.

    Raises:
        SignInNeeded: Nobody, or no longer.
        NotAllowed: The cross-site token is missing or wrong.
    """
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Bearer":
        found = web.services().desk.desk_keys.member(secret, now=web.now())
    else:
        found = web.services().desk.sessions.member(secret_of_session(), now=web.now())
        if found is not None and request.method not in _READS:
            _check_cross_site_token()
    if found is None:
        raise SignInNeeded("Nobody is signed in here.", hint="Sign in with your passkey.")
    return found


def report(report_id: str, *, role: Role = Role.READER) -> tuple[Member, Report]:
    """Return who is asking and the report, of a program in which they have at least this role.

    Raises:
        SignInNeeded: Nobody is signed in.
        NoSuchReport: There is none, or it belongs to a program that is not theirs: both look alike.
        NotAllowed: They may read it, but not do this.
    """
    asking = member()
    found = readable(report_id, asking)
    asking.require(role, found.program)
    return asking, found


def readable(report_id: str, asking: Member) -> Report:
    """Return a report of a program in which somebody is at least a reader.

    Raises:
        NoSuchReport: There is none, or it belongs to a program that is not theirs: both look alike.
    """
    with suppress(NoSuchReport):
        found = web.services().store.report(report_id)
        if asking.may(Role.READER, found.program):
            return found
    raise NoSuchReport(
        f"There is no report {report_id}.", hint="The queue lists all that you may see."
    )


def program(slug: str, *, role: Role = Role.READER) -> Member:
    """Return who is asking, who has at least this role in a program.

    Raises:
        SignInNeeded: Nobody is signed in.
        NoSuchProgram: There is none, or it is not theirs: both look alike.
        NotAllowed: They may look at it, but not do this.
    """
    asking = member()
    if not asking.may(Role.READER, slug):
        raise NoSuchProgram.called(slug)
    asking.require(role, slug)
    return asking


def require_same_origin() -> None:
    """Refuse a request that another site's page made, where there is no session yet.

    Raises:
        NotAllowed: The browser says that it comes from elsewhere.
    """
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    # A proxy in front may have put another name into the Host header.
    ours = {request.host, urlsplit(web.services().desk.url).netloc}
    foreign = origin is not None and urlsplit(origin).netloc not in ours
    if foreign or site not in {"same-origin", "none"} or not request.is_json:
        raise _cross_site()


def secret_of_session() -> str:
    """Return the secret in the session's cookie; empty when there is none."""
    return session.secret if isinstance(session, DeskSession) else ""


def cross_site_token() -> str:
    """Return the token that a page of this session must send along with every change."""
    return str(generate_csrf())


def start(answer: Response, secret: str) -> Response:
    """Hand the browser its session."""
    return _interface().hand_out(answer, secret)


def end(answer: Response) -> Response:
    """Take the session from the browser."""
    return _interface().take_back(answer)


def _interface() -> DeskCookies:
    found = current_app.session_interface
    assert isinstance(found, DeskCookies)  # noqa: S101 - the staff face is made with it
    return found


def _check_cross_site_token() -> None:
    try:
        validate_csrf(request.headers.get(CSRF_HEADER))
    except ValidationError:
        raise _cross_site() from None


def _cross_site() -> NotAllowed:
    return NotAllowed(
        "This request did not come from a page of this portal.",
        hint="Load the page again, and do it there.",
    )
