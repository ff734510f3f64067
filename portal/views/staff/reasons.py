"""The reasons that acts can have, for the lists beside them."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from portal.desk import reasons
from portal.views.staff import access

bp = Blueprint("staff_reasons", __name__)


@bp.get("/staff/api/reasons")
def listed() -> ResponseReturnValue:
    """Return each list by the kind of act that it is for."""
    access.member()
    return jsonify({kind: reasons.offered(kind) for kind in reasons.CHOICES})
