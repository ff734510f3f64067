"""The application: services put together, views given their addresses."""

import traceback
from collections.abc import Callable
from datetime import datetime
from types import TracebackType

from flask import Flask, request

from portal import assets, house, web
from portal.cases.catalogue import Catalogue
from portal.cases.database import Database
from portal.cases.signer import Signer, read_receipt_key
from portal.cases.store import Store
from portal.config import Config
from portal.policy.clocks import utc_now
from portal.views import api, feeds, filters, public, report, scope, static, status

ExcInfo = tuple[type, BaseException, TracebackType | None] | tuple[None, None, None]


class Portico(Flask):
    """A Flask whose log never quotes a request: only what kind of fault happened, and where."""

    def log_exception(self, exc_info: ExcInfo) -> None:
        """Log the type of an unforeseen error and the way to it, without its message."""
        kind, _, trace = exc_info
        name = kind.__name__ if kind else "unknown"
        frames = "".join(traceback.format_tb(trace))
        self.logger.error("%s at %s\n%s", name, request.url_rule, frames)


def create_app(config: Config, *, clock: Callable[[], datetime] = utc_now) -> Flask:
    """Return the portal, ready to serve.

    Args:
        config: The instance.
        clock: What tells the time.

    Raises:
        SettingMissing: The receipt key is absent or unreadable.
    """
    app = Portico("portal", static_folder=None, template_folder=str(house.folder("templates")))
    database = Database(config.database_url)
    app.extensions["portico"] = web.Services(
        config=config,
        catalogue=Catalogue(database),
        store=Store(database),
        signer=Signer(read_receipt_key(config.receipt_key), issuer=config.url),
        clock=clock,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(asset=assets.address, build=assets.build())
    app.jinja_env.filters.update(filters.FILTERS)
    web.install(app)
    for room in (static, public, scope, feeds, api, report, status):
        app.register_blueprint(room.bp)
    return app
