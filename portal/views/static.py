"""Assets, served as they were written."""

from flask import Blueprint, Response, send_from_directory

from portal import assets
from portal.defence import MUTE, MUTE_POLICY

bp = Blueprint("static", __name__)

FOREVER = 365 * 24 * 3600  # seconds; the address names the contents


@bp.get("/static/<build>/<path:path>")
def asset(build: str, path: str) -> Response:
    """Serve an asset; one asked for under another build's name is served but not remembered."""
    response = send_from_directory(assets.folder(), path)
    if build == assets.build():
        response.headers["Cache-Control"] = f"public, max-age={FOREVER}, immutable"
    else:
        response.headers["Cache-Control"] = "no-store"
    if path in MUTE:
        response.headers["Content-Security-Policy"] = MUTE_POLICY
    return response
