"""Whether the process and its database answer; the same on both faces."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from portal import web

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Say that the database answers too.

    Raises:
        StoreUnavailable: It does not.
    """
    web.services().catalogue.programs(now=web.now())
    return Response("ready\n", mimetype="text/plain")
