"""The entry for a WSGI server, with PORTICO_DIR set.

`wsgi:app` serves both faces; `wsgi:public` and `wsgi:staff` serve one each, so that they can run
as two processes behind two host names.
"""

from flask import Flask

from portal.app import Face, create_app
from portal.config import Config

_FACES = {"app": Face.BOTH, "public": Face.PUBLIC, "staff": Face.STAFF}


def __getattr__(name: str) -> Flask:
    """Make the application that the server asks for, and no other."""
    if name not in _FACES:
        raise AttributeError(name)
    return create_app(Config.load(), face=_FACES[name])
