"""`portico staff invite | list | role | leave`: who works at the desk, as the operator sees it."""

import argparse
import os
from collections.abc import Iterable, Mapping
from datetime import datetime

from portal.commands import opened, why
from portal.commands.opened import Instance
from portal.desk import invitations
from portal.desk.accounts import Accounts
from portal.desk.address import Address
from portal.desk.authority import Authority
from portal.desk.member import Role
from portal.desk.roster import Colleague, Roster
from portal.errors import NotAllowed
from portal.offline import visible
from portal.policy.clocks import utc_now

ROLES = tuple(str(role) for role in Role)


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    staff = subparsers.add_parser("staff", help="who works at the desk")
    verbs = staff.add_subparsers(dest="verb", required=True)
    invite = verbs.add_parser("invite", help="make a one-time link; also after a lost passkey")
    invite.add_argument("name", metavar="NAME", help="as colleagues know them")
    invite.add_argument("--role", choices=ROLES, help="needed for somebody new")
    invite.add_argument("--program", action="append", default=[], metavar="SLUG")
    invite.add_argument("--replace", action="store_true", help="shut out the passkeys they have")
    invite.set_defaults(run=_invite)
    verbs.add_parser("list", help="who is there, and what for").set_defaults(run=_list)
    role = verbs.add_parser("role", help="give somebody another role in a program")
    role.add_argument("name", metavar="NAME")
    role.add_argument("role", choices=(*ROLES, "none"))
    role.add_argument("--program", action="append", required=True, metavar="SLUG")
    role.set_defaults(run=_role)
    leave = verbs.add_parser("leave", help="let somebody go: sessions and keys end at once")
    leave.add_argument("name", metavar="NAME")
    leave.set_defaults(run=_leave)
    for verb in (invite, role, leave):
        verb.add_argument("--by", default=os.environ.get("USER", "operator"), help="who does it")
        why.offer(verb, "person")


def invite(
    instance: Instance,
    name: str,
    roles: Mapping[str, Role],
    *,
    by: Authority,
    now: datetime,
    replace: bool = False,
    reason: str | None = None,
) -> str:
    """Invite somebody and return their link.

    Raises:
        SettingMissing: Browsers make no passkeys for the desk's address.
        NoSuchProgram: A role is for a program that is not published.
        NotAllowed: Somebody new gets no role.
        LastAdmin: The new roles would leave a program without an admin.
    """
    url = instance.config.staff_url
    Address.at(url).require_name()
    _require_published(instance, roles, now)
    accounts = Accounts(instance.database)
    invited = accounts.invite(name, roles, by=by, now=now, replace=replace, reason=reason)
    return invitations.link(url, invited.code)


def _invite(options: argparse.Namespace) -> int:
    if bool(options.role) != bool(options.program):
        raise NotAllowed(
            "A role belongs to a program, and a program takes a role.",
            hint="Name both, as --role handler --program SLUG; neither, for a lost passkey.",
        )
    roles = {slug: Role.named(options.role) for slug in options.program}
    by, now, reason = Authority(options.by), utc_now(), why.given("person", options.reason)
    with opened.instance() as instance:
        link = invite(
            instance,
            options.name,
            roles,
            by=by,
            now=now,
            replace=options.replace,
            reason=reason,
        )
    print(link)
    print(f"Send it to {visible.line(options.name)} alone. It works once, for three days.")
    return 0


def _list(_options: argparse.Namespace) -> int:
    with opened.instance() as instance:
        found = Roster(instance.database).listed(Authority("operator"), now=utc_now())
    for one in found:
        print(_line(one))
    if not found:
        print("Nobody yet. Invite somebody: portico staff invite NAME --role admin --program SLUG")
    return 0


def _line(one: Colleague) -> str:
    roles = ", ".join(f"{role} of {slug}" for slug, role in one.roles.items()) or "no role"
    keys = {0: "no passkey", 1: "1 passkey"}.get(one.passkeys, f"{one.passkeys} passkeys")
    words = [visible.line(one.name), roles, keys]
    if one.invited_until:
        words.append(f"link open until {one.invited_until:%Y-%m-%d %H:%M} UTC")
    if one.seen_at:
        words.append(f"last seen {one.seen_at:%Y-%m-%d %H:%M} UTC")
    return "  ".join(words)


def _role(options: argparse.Namespace) -> int:
    now, by, reason = utc_now(), Authority(options.by), why.given("person", options.reason)
    role = None if options.role == "none" else Role.named(options.role)
    with opened.instance() as instance:
        _require_published(instance, options.program if role else (), now)
        staff_id = Roster(instance.database).called(options.name)
        accounts = Accounts(instance.database)
        for program in options.program:
            accounts.assign(staff_id, program, role, by=by, now=now, reason=reason)
    print(f"{visible.line(options.name)}: {options.role} of {', '.join(options.program)}.")
    return 0


def _leave(options: argparse.Namespace) -> int:
    by, now, reason = Authority(options.by), utc_now(), why.given("person", options.reason)
    with opened.instance() as instance:
        staff_id = Roster(instance.database).called(options.name)
        Accounts(instance.database).let_go(staff_id, by=by, now=now, reason=reason)
    print(f"{visible.line(options.name)} has left; sessions, desk keys and passkeys ended.")
    print("Their key may still be in a keyset: `portico keyset remove`, sign and publish.")
    return 0


def _require_published(instance: Instance, programs: Iterable[str], now: datetime) -> None:
    for program in programs:
        instance.catalogue.program(program, now=now)
