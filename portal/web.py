"""What every request shares: the services, the safe defaults, and the way errors are shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import (
    HTTPException,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
)
from werkzeug.routing import BaseConverter

from portal.cases.catalogue import Catalogue
from portal.cases.program import Program
from portal.cases.signer import Signer
from portal.cases.store import Store
from portal.config import Config
from portal.defence import HEADERS
from portal.desk.office import Desk
from portal.errors import PorticoError, TooLarge
from portal.intake.vet import too_large

TWO_YEARS = 2 * 365 * 24 * 3600  # seconds a browser remembers to come by HTTPS only
RETRY = 60  # seconds after which trying again makes sense
API = ("/api/", "/staff/api/")  # addresses below are for programs, which get no pages
SMALL_REQUEST = 256 * 1024  # bytes; every address but the report's takes a few short fields

_DRAIN = 16 * 1024 * 1024  # bytes of a refused upload read on, so that the refusal can be seen

_SENTENCES = {
    HTTPStatus.NOT_FOUND: ("There is no page at this address.", "Start from the front page."),
    HTTPStatus.METHOD_NOT_ALLOWED: (
        "This address does not take that kind of request.",
        "Open the address in a browser, or use the page it belongs to.",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "Something went wrong on our side.",
        "Nothing you wrote was lost: go back and try again in a minute.",
    ),
}


@dataclass(frozen=True, slots=True)
class Services:
    """What the views work with, made once per process."""

    config: Config
    catalogue: Catalogue
    store: Store
    signer: Signer
    desk: Desk
    clock: Callable[[], datetime]


def services() -> Services:
    """Return the services of the running application."""
    found: Services = current_app.extensions["portico"]
    return found


def now() -> datetime:
    """Return the present time, aware."""
    return services().clock()


def program(slug: str) -> Program:
    """Return the program an address names.

    Raises:
        NoSuchProgram: None of that name is published.
    """
    return services().catalogue.program(slug, now=now())


def json_body() -> object:
    """Return the JSON of a request; None when it is none, or nested beyond reason."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def wants_json() -> bool:
    """Tell whether the client asked for JSON rather than for a page."""
    kinds = request.accept_mimetypes
    return kinds["application/json"] > kinds["text/html"]


class SlugConverter(BaseConverter):
    """A program's name in an address; whatever else stands there is no address of ours."""

    regex = "[a-z0-9][a-z0-9-]{0,39}"


def install(app: Flask) -> None:
    """Give an application the safe defaults: headers, small requests, errors that help."""
    app.url_map.converters["slug"] = SlugConverter
    app.config["MAX_CONTENT_LENGTH"] = SMALL_REQUEST
    app.before_request(_refuse_nul)
    app.after_request(_defended)
    app.register_error_handler(PorticoError, _show_error)
    app.register_error_handler(HTTPException, _show_http_error)


def _refuse_nul() -> None:
    """Refuse an address with a NUL: it names nothing, and PostgreSQL stumbles over such text."""
    if "\0" in request.path:
        raise NotFound


def _defended(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if services().config.url.startswith("https://"):
        response.headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}; includeSubDomains"
    return response


def refusal(error: PorticoError, *, as_json: bool) -> Response:
    """Return an error for a program that asked for a file.

    Args:
        error: What is wrong.
        as_json: As JSON, or else as lines of text; each opens with ``#``, so that whoever saves
            them for rules has saved a remark.
    """
    lines = (f"{error.code}: {error.message}", error.hint)
    text = "".join(f"# {' '.join(line.split())}\n" for line in lines)
    told = Response(text, mimetype="text/plain")
    answer = _as_json(error.code, error.message, error.hint) if as_json else told
    answer.status_code = error.status
    return _patient(answer)


def _show_error(error: PorticoError) -> ResponseReturnValue:
    shown = _shown(error.code, error.message, error.hint, error.status, **error.facts)
    return _patient(make_response(shown))


def _patient(answer: Response) -> Response:
    """Say when to try again, if that can help."""
    if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = str(RETRY)
    return answer


def _show_http_error(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, RequestEntityTooLarge):
        return _show_error(_too_large())
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    message, hint = _SENTENCES.get(status, (f"{status.phrase}.", "Go back and try again."))
    code = status.phrase.lower().replace(" ", "-")
    answer = make_response(_shown(code, message, hint, status))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


def _too_large() -> PorticoError:
    """Say what was too large: the whole delivery, or a field that should have been short."""
    _drain()
    limit = services().config.max_delivery
    if (request.content_length or 0) > limit:
        return too_large(limit)
    return TooLarge(
        "This request holds more than belongs at this address.",
        hint="Go back, and send what the page asks for.",
    )


def _drain() -> None:
    """Read on a little: closing on a sender makes the browser say "reset" and hide our answer."""
    stream, left = request.environ["wsgi.input"], _DRAIN
    while left > 0 and (block := stream.read(min(left, 64 * 1024))):
        left -= len(block)


def _shown(code: str, message: str, hint: str, status: int, **facts: int) -> ResponseReturnValue:
    if wants_json() or request.is_json or request.path.startswith(API):
        return _as_json(code, message, hint, **facts), status
    page = render_template(
        "error.html", code=code, message=message, hint=hint, status=status, program=_here()
    )
    return page, status


def _as_json(code: str, message: str, hint: str, **facts: int) -> Response:
    return jsonify(error={"code": code, "message": message, "hint": hint, **facts})


def _here() -> Program | None:
    """Return the program whose page failed, so that the error can lead back to it."""
    slug = (request.view_args or {}).get("slug")
    try:
        return program(slug) if slug else None
    except PorticoError:
        return None
