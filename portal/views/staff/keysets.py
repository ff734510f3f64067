"""Signed keysets for the desk, whose pages may live where the public face does not."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from portal import web
from portal.errors import NoSuchProgram
from portal.views.staff import access, questions

bp = Blueprint("staff_keysets", __name__)


@bp.get("/staff/api/programs/<slug:slug>/keyset.jws")
def keyset(slug: str) -> ResponseReturnValue:
    """Hand out the newest signed keyset, or any version of it by ``?version=``.

    Whoever gets it checks the signature against the root key that they pinned.

    Raises:
        NoSuchProgram: None of that name, none of theirs, or one that has no keyset.
        NoSuchVersion: There is no such version.
        VersionRefused: That is no version.
    """
    access.program(slug)
    catalogue = web.services().catalogue
    asked = questions.version()
    text = catalogue.keyset_text(slug, asked) if asked else catalogue.newest_keyset_text(slug)
    if text is None:
        raise NoSuchProgram.called(slug)
    return Response(text, mimetype="text/plain")
