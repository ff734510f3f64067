"""The door of the desk: coming with a link, signing in, and showing the passkey once more."""

from dataclasses import asdict
from http import HTTPStatus

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from portal import web
from portal.desk.member import Member
from portal.errors import NotAllowed
from portal.views.staff import access, bodies

bp = Blueprint("staff_door", __name__)


@bp.get("/staff/sign-in")
def sign_in_page() -> ResponseReturnValue:
    """Show the page on which a passkey opens the desk."""
    return render_template("staff/sign_in.html")


@bp.get("/staff/enrol")
def enrol_page() -> ResponseReturnValue:
    """Show the page that a link leads to; the code is behind the `#` and never gets here."""
    return render_template("staff/enrol.html")


@bp.post("/staff/api/sign-in/options")
def ask_anybody() -> ResponseReturnValue:
    """Ask for any passkey of this desk."""
    access.require_same_origin()
    desk = web.services().desk
    return jsonify(desk=desk.url, **asdict(desk.door.ask_anybody(now=web.now())))


@bp.post("/staff/api/sign-in/finish")
def sign_in() -> ResponseReturnValue:
    """Start a session for the holder of a passkey."""
    access.require_same_origin()
    body, desk = bodies.fields(), web.services().desk
    secret = desk.door.sign_in(bodies.text(body, "handle"), body.get("credential"), now=web.now())
    desk.sessions.end(access.secret_of_session(), now=web.now())
    return access.start(jsonify(signed_in=True), secret)


@bp.post("/staff/api/enrol/options")
def ask_invited() -> ResponseReturnValue:
    """Say whom a link is for, and ask for a new passkey."""
    access.require_same_origin()
    code = bodies.text(bodies.fields(), "code")
    name, asked = web.services().desk.door.ask_invited(code, now=web.now())
    return jsonify(name=name, **asdict(asked))


@bp.post("/staff/api/enrol/finish")
def enrol() -> ResponseReturnValue:
    """Keep an invited person's new passkey, and start a session."""
    access.require_same_origin()
    body, desk = bodies.fields(), web.services().desk
    secret = desk.door.enrol(
        bodies.text(body, "code"),
        bodies.text(body, "handle"),
        body.get("credential"),
        label=bodies.text(body, "label"),
        now=web.now(),
    )
    desk.sessions.end(access.secret_of_session(), now=web.now())
    return access.start(jsonify(signed_in=True), secret), HTTPStatus.CREATED


@bp.post("/staff/api/confirm/options")
def ask_again() -> ResponseReturnValue:
    """Ask somebody who is signed in for one of their passkeys."""
    asking = _at_the_desk()
    return jsonify(asdict(web.services().desk.door.ask_again(asking, now=web.now())))


@bp.post("/staff/api/confirm/finish")
def confirm() -> ResponseReturnValue:
    """Note that somebody is there, passkey in hand."""
    asking, body = _at_the_desk(), bodies.fields()
    web.services().desk.door.confirm(
        asking,
        access.secret_of_session(),
        bodies.text(body, "handle"),
        body.get("credential"),
        now=web.now(),
    )
    return jsonify(confirmed=True)


def _at_the_desk() -> Member:
    """Return who is asking, if it is by a session: a desk key works on a machine without passkeys.

    Raises:
        NotAllowed: It is by a desk key.
    """
    asking = access.member()
    if asking.confirmed_at is None:
        raise NotAllowed(
            "This takes your passkey, which only the portal's own pages can ask for.",
            hint=f"Sign in at {web.services().desk.url}/staff/ and do it there.",
        )
    return asking
