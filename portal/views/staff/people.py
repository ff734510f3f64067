"""People: admins invite colleagues to their programs, change roles, and let people go."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from portal import web
from portal.desk import invitations, reasons
from portal.desk.accounts import Invited
from portal.desk.authority import Authority
from portal.desk.member import Role
from portal.desk.roster import Colleague
from portal.views.staff import access, bodies

bp = Blueprint("staff_people", __name__)

PEOPLE = "/staff/api/people"


@bp.get("/staff/people")
def page() -> ResponseReturnValue:
    """Show the page on which admins care for their colleagues."""
    return render_template("staff/people.html")


@bp.get(PEOPLE)
def listed() -> ResponseReturnValue:
    """List who works in the programs that the asking admin cares for."""
    asking, now = access.member(), web.now()
    authority = Authority.to_look(asking)
    found = web.services().desk.roster.listed(authority, now=now)
    programs = web.services().catalogue.programs(now=now)
    return jsonify(
        me=asking.id,
        people=[_plain(one) for one in found],
        programs=[
            {"slug": one.slug, "name": one.name} for one in programs if authority.over(one.slug)
        ],
    )


@bp.post(PEOPLE)
def invite() -> ResponseReturnValue:
    """Invite somebody to one's programs; this answer alone shows the link."""
    authority, body = _authority(), bodies.fields()
    role = Role.named(bodies.text(body, "role"))
    roles = dict.fromkeys(bodies.texts(body, "programs"), role)
    invited = web.services().desk.accounts.invite(
        bodies.text(body, "name"), roles, by=authority, now=web.now(), reason=_reason(body)
    )
    return _link(invited)


@bp.post(f"{PEOPLE}/<staff_id>/invite")
def invite_back(staff_id: str) -> ResponseReturnValue:
    """Make a link for somebody who lost a passkey; with `replace` the ones they had end."""
    authority, body = _authority(), bodies.fields()
    invited = web.services().desk.accounts.invite_back(
        staff_id,
        by=authority,
        now=web.now(),
        replace=body.get("replace") is True,
        reason=_reason(body),
    )
    return _link(invited)


@bp.post(f"{PEOPLE}/<staff_id>/role")
def change_role(staff_id: str) -> ResponseReturnValue:
    """Give somebody another role in a program; an empty one takes it away."""
    authority, body = _authority(), bodies.fields()
    named = bodies.text(body, "role")
    web.services().desk.accounts.assign(
        staff_id,
        bodies.text(body, "program"),
        Role.named(named) if named else None,
        by=authority,
        now=web.now(),
        reason=_reason(body),
    )
    return jsonify(changed=True)


@bp.post(f"{PEOPLE}/<staff_id>/leave")
def let_go(staff_id: str) -> ResponseReturnValue:
    """Take somebody off all programs that the asking admin cares for."""
    authority, reason = _authority(), _reason(bodies.perhaps())
    web.services().desk.accounts.let_go(staff_id, by=authority, now=web.now(), reason=reason)
    return jsonify(gone=True)


def _authority() -> Authority:
    return Authority.of(access.member(), now=web.now())


def _reason(body: dict[str, Any]) -> str | None:
    return reasons.parse("person", body.get("reason"))


def _link(invited: Invited) -> ResponseReturnValue:
    link = invitations.link(web.services().desk.url, invited.code)
    until = web.now() + invitations.LIFE
    return jsonify(id=invited.id, link=link, expires_at=until.isoformat()), HTTPStatus.CREATED


def _plain(one: Colleague) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "roles": {slug: str(role) for slug, role in one.roles.items()},
        "passkeys": one.passkeys,
        "seen_at": _moment(one.seen_at),
        "invited_until": _moment(one.invited_until),
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
