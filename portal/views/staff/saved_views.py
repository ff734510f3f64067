"""Saved views: the filters of the queue that each person named for themselves."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from portal import web
from portal.desk.member import Member
from portal.desk.saved_views import SavedView
from portal.views.staff import access, bodies

bp = Blueprint("staff_saved_views", __name__)


@bp.get("/staff/api/views")
def listed() -> ResponseReturnValue:
    """Return one's own views."""
    return _own(access.member())


@bp.post("/staff/api/views")
def save() -> ResponseReturnValue:
    """Keep a view, in place of an earlier one of the same name."""
    asking = access.member()
    body = _body()
    view = SavedView.parse(body.get("name"), body.get("filters"))
    web.services().desk.saved_views.save(view, by=asking)
    return _own(asking)


@bp.post("/staff/api/views/remove")
def remove() -> ResponseReturnValue:
    """Remove a view; its name travels in the body, because people choose it."""
    asking = access.member()
    web.services().desk.saved_views.remove(bodies.text(bodies.fields(), "name"), by=asking)
    return _own(asking)


def _body() -> dict[str, object]:
    body = bodies.given()
    return body if isinstance(body, dict) else {}


def _own(asking: Member) -> ResponseReturnValue:
    found = web.services().desk.saved_views.listed(asking)
    return jsonify(views=[{"name": one.name, "filters": dict(one.filters)} for one in found])
