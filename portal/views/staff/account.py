"""One's own account: passkeys, sessions and desk keys; each can be added to and ended."""

from dataclasses import asdict
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from portal import web
from portal.desk import reasons, secrets
from portal.desk.desk_keys import LIFE
from portal.views.staff import access, bodies

bp = Blueprint("staff_account", __name__)

ACCOUNT = "/staff/api/account"


@bp.get("/staff/account")
def page() -> ResponseReturnValue:
    """Show the page of one's own account."""
    return render_template("staff/account.html")


@bp.get(ACCOUNT)
def show() -> ResponseReturnValue:
    """List what opens the desk for whoever asks."""
    asking, desk, now = access.member(), web.services().desk, web.now()
    here = secrets.stored(access.secret_of_session())
    sessions = desk.sessions.listed(asking.id, now=now)
    return jsonify(
        name=asking.name,
        passkeys=[_plain(asdict(one)) for one in desk.passkeys.listed(asking.id)],
        sessions=[_plain(asdict(one)) | {"current": one.id == here} for one in sessions],
        desk_keys=[_plain(asdict(one)) for one in desk.desk_keys.listed(asking.id, now=now)],
    )


@bp.post(f"{ACCOUNT}/passkeys/options")
def ask_another() -> ResponseReturnValue:
    """Ask for one more passkey."""
    asking = access.member()
    return jsonify(asdict(web.services().desk.door.ask_another(asking, now=web.now())))


@bp.post(f"{ACCOUNT}/passkeys")
def add_passkey() -> ResponseReturnValue:
    """Keep one more passkey."""
    asking, body = access.member(), bodies.fields()
    web.services().desk.door.add(
        asking,
        bodies.text(body, "handle"),
        body.get("credential"),
        label=bodies.text(body, "label"),
        now=web.now(),
    )
    return jsonify(added=True), HTTPStatus.CREATED


@bp.delete(f"{ACCOUNT}/passkeys/<passkey>")
def remove_passkey(passkey: str) -> ResponseReturnValue:
    """Remove a passkey of one's own, and end its sessions and all desk keys."""
    asking = access.member()
    asking.require_fresh(now=web.now())
    web.services().desk.passkeys.remove(asking.id, passkey, now=web.now(), reason=_reason())
    return jsonify(removed=True)


@bp.delete(f"{ACCOUNT}/sessions/<session_id>")
def end_session(session_id: str) -> ResponseReturnValue:
    """End one of one's own sessions."""
    asking, sessions = access.member(), web.services().desk.sessions
    return jsonify(
        ended=sessions.revoke(
            asking.id, actor=asking.id, now=web.now(), only=session_id, reason=_reason()
        )
    )


@bp.delete(f"{ACCOUNT}/sessions")
def end_other_sessions() -> ResponseReturnValue:
    """End all of one's own sessions but this one."""
    asking, sessions = access.member(), web.services().desk.sessions
    here = secrets.stored(access.secret_of_session())
    ended = sessions.revoke(asking.id, actor=asking.id, now=web.now(), but=here, reason=_reason())
    return jsonify(ended=ended)


@bp.post("/staff/api/desk-keys")
def make_desk_key() -> ResponseReturnValue:
    """Make a key for `portico desk`; this answer alone shows it."""
    asking, now = access.member(), web.now()
    key = web.services().desk.desk_keys.issue(asking, now=now)
    return jsonify(key=key, expires_at=(now + LIFE).isoformat()), HTTPStatus.CREATED


@bp.delete("/staff/api/desk-keys")
def end_desk_keys() -> ResponseReturnValue:
    """End all of one's own desk keys."""
    asking = access.member()
    desk_keys = web.services().desk.desk_keys
    ended = desk_keys.end(asking.id, actor=asking.id, now=web.now(), reason=_reason())
    return jsonify(ended=ended)


def _reason() -> str | None:
    return reasons.parse("access", bodies.perhaps().get("reason"))


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    """Write moments as text."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in entry.items()
    }
