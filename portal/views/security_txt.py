"""``security.txt`` (RFC 9116): of each program, and of the host that was asked."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases.well_known import Served, WellKnown
from portal.errors import PorticoError
from portal.policy.security_txt import WELL_KNOWN
from portal.views.remembered import remembered

bp = Blueprint("security_txt", __name__)


@bp.get("/<slug:slug>/security.txt")
def of_program(slug: str) -> ResponseReturnValue:
    """Hand out the file of one program."""
    return _file(_files().of_program(slug, now=web.now()))


@bp.get(WELL_KNOWN)
def of_host() -> ResponseReturnValue:
    """Hand out the file of the host that was asked."""
    return _file(_files().of_host(request.host, now=web.now()))


@bp.errorhandler(PorticoError)
def refuse(error: PorticoError) -> Response:
    """Say no as the file would have come."""
    return web.refusal(error, as_json=False)


def _files() -> WellKnown:
    services = web.services()
    config = services.config
    return WellKnown(services.catalogue, config.url, config.hosts, config.security)


def _file(served: Served) -> Response:
    # RFC 9116 section 3 asks for exactly this type.
    answer = remembered(Response(served.content, content_type="text/plain; charset=utf-8"))
    answer.vary.add("Host")
    return answer
