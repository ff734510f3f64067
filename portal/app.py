"""The application: services put together, views given their addresses."""

import traceback
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from types import TracebackType

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, request

from portal import assets, house, web
from portal.cases.catalogue import Catalogue
from portal.cases.database import Database
from portal.cases.signer import Signer, read_receipt_key
from portal.cases.store import Store
from portal.config import Config
from portal.desk.office import Desk
from portal.policy.clocks import utc_now
from portal.views import (
    api,
    feeds,
    filters,
    form_files,
    health,
    history,
    leaving,
    public,
    report,
    scope,
    security_txt,
    staff,
    static,
    status,
    thanks,
    thread,
)
from portal.views.staff.cookies import DeskCookies

ExcInfo = tuple[type, BaseException, TracebackType | None] | tuple[None, None, None]


class Face(Enum):
    """Whom an application serves; the two can run as two processes on two host names."""

    PUBLIC = "public"
    STAFF = "staff"
    BOTH = "both"


class Portico(Flask):
    """A Flask whose log never quotes a request: only what kind of fault happened, and where."""

    def log_exception(self, exc_info: ExcInfo) -> None:
        """Log the type of an unforeseen error and the way to it, without its message."""
        kind, _, trace = exc_info
        name = kind.__name__ if kind else "unknown"
        frames = "".join(traceback.format_tb(trace))
        self.logger.error("%s at %s\n%s", name, request.url_rule, frames)


def create_app(
    config: Config, *, face: Face = Face.BOTH, clock: Callable[[], datetime] = utc_now
) -> Flask:
    """Return the portal, ready to serve.

    Args:
        config: The instance.
        face: Whom it serves; the other face's addresses do not exist in it.
        clock: What tells the time.

    Raises:
        SettingMissing: The receipt key is absent or unreadable.
    """
    app = Portico("portal", static_folder=None, template_folder=str(house.folder("templates")))
    database = Database(config.database_url)
    receipt_key = read_receipt_key(config.receipt_key)
    app.extensions["portico"] = web.Services(
        config=config,
        catalogue=Catalogue(database),
        store=Store(database),
        signer=Signer(receipt_key, issuer=config.url),
        desk=Desk(database, config.staff_url),
        clock=clock,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(asset=assets.address, build=assets.build())
    app.jinja_env.filters.update(filters.FILTERS)
    web.install(app)
    if face is not Face.STAFF:
        _open_public(app)
    if face is not Face.PUBLIC:
        _open_staff(app, config, receipt_key)
    for room in (static, health):
        app.register_blueprint(room.bp)
    return app


def _open_public(app: Flask) -> None:
    for room in (
        *(public, history, thanks, security_txt, scope, feeds, api),
        *(report, form_files, status, thread, leaving),
    ):
        app.register_blueprint(room.bp)


def _open_staff(app: Flask, config: Config, receipt_key: Ed25519PrivateKey) -> None:
    app.secret_key = _derived(receipt_key)
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as the session it belongs to
    app.session_interface = DeskCookies(secure=config.staff_url.startswith("https://"))
    for room in staff.ROOMS:
        app.register_blueprint(room.bp)


def _derived(receipt_key: Ed25519PrivateKey) -> bytes:
    """Return the key that signs cross-site tokens: the same in every process, and no new file."""
    hkdf = HKDF(SHA256(), length=32, salt=None, info=b"portico/cross-site-token/v1")
    return hkdf.derive(receipt_key.private_bytes_raw())
