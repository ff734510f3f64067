"""The scope that a program has published: on a portal, or in the instance on this machine."""

import argparse

from portal.commands.scope.misuse import Misuse
from scope.formats.listing import Listing

SWITCHES = ("wildcard_apex", "strict_scheme", "out_always_wins")


def listing(options: argparse.Namespace) -> tuple[Listing, str]:
    """Return the published rules that the options name, and where they are from, in words.

    Raises:
        Misuse: A switch stands against what the program decided, or the program is not named.
        PorticoError: The portal or the instance cannot be asked, or has no such program.
    """
    if any(getattr(options, name) for name in SWITCHES):
        raise Misuse(
            "A published policy says itself how its rules are read.",
            hint="Leave the switch out; or save scope.json, and give it as --rules.",
        )
    if options.url:
        return _of_portal(options.url, options.program)
    return _of_instance(options.program)


def _of_portal(address: str, program: str | None) -> tuple[Listing, str]:
    """Fetch the scope once; the targets stay here."""
    from portal.offline import feed
    from portal.offline.connection import Portal

    portal = Portal.at(address)
    slug = program or feed.program_at(address, portal)
    if slug is None:
        raise Misuse(
            "This portal has several programs.",
            hint=f"Name one with --program, or give its address: {portal.url}/PROGRAM/.",
        )
    found = feed.fetch(portal, slug)
    version = f", policy version {found.edition.version}" if found.edition else ""
    return found.listing, f"{portal.url}/{slug}/{version}"


def _of_instance(slug: str) -> tuple[Listing, str]:
    """Read the policy in force from the instance in ``$PORTICO_DIR``."""
    from portal.commands import opened
    from portal.errors import SettingMissing
    from portal.policy.clocks import utc_now

    try:
        with opened.instance() as instance:
            program = instance.catalogue.program(slug, now=utc_now())
    except SettingMissing as missing:
        raise Misuse(
            f"--program alone asks the instance on this machine. {missing.message}",
            hint="Name a portal with --url, a file with --rules, or set PORTICO_DIR.",
        ) from missing
    scope = program.policy.scope_rules.scope
    origin = f"{program.name}, policy version {program.policy_version}"
    return Listing(program.name, scope.include, scope.exclude, scope.settings), origin
