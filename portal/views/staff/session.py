"""One's own session: who is signed in, and signing out."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from portal import web
from portal.views.staff import access

bp = Blueprint("staff_session", __name__)


@bp.get("/staff/api/me")
def me() -> ResponseReturnValue:
    """Say who is signed in, with which roles, where, and the token that changes must carry."""
    asking = access.member()
    roles = {slug: str(role) for slug, role in asking.roles.items()}
    token = access.cross_site_token() if access.secret_of_session() else None
    desk = web.services().desk.url
    return jsonify(id=asking.id, name=asking.name, roles=roles, token=token, desk=desk)


@bp.post("/staff/api/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this session."""
    access.member()
    web.services().desk.sessions.end(access.secret_of_session(), now=web.now())
    return access.end(jsonify(signed_out=True))
