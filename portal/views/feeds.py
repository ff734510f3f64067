"""The scope and the policy as files: for tools, for archives, for whoever watches for changes.

A file depends on the published policy alone, so it may be kept by anyone, and asked for again with
the tag it came with: that costs a few bytes until a new version is published. A refusal comes as
the file would have: no tool that asks for one is given a page.
"""

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from portal import web
from portal.cases.editions import chosen, editions
from portal.errors import PorticoError, VersionRefused
from portal.policy import as_json, scope_feed
from portal.policy.scope_feed import Issue, Kind
from portal.views.remembered import remembered

bp = Blueprint("feeds", __name__)

HISTORY = "scope/versions.json"


@bp.get("/<slug:slug>/scope.json")
def scope_json(slug: str) -> ResponseReturnValue:
    """Hand out the scope in our own format, which loses nothing."""
    return _file(slug, scope_feed.JSON)


@bp.get("/<slug:slug>/scope.txt")
def scope_txt(slug: str) -> ResponseReturnValue:
    """Hand out the scope as plain text, as `portico scope check --rules` reads it."""
    return _file(slug, scope_feed.TEXT)


@bp.get("/<slug:slug>/scope/burp.json")
def burp(slug: str) -> ResponseReturnValue:
    """Hand out the scope as project options for Burp."""
    return _file(slug, scope_feed.BURP)


@bp.get("/<slug:slug>/scope/zap.context")
def zap(slug: str) -> ResponseReturnValue:
    """Hand out the scope as a context for ZAP."""
    return _file(slug, scope_feed.ZAP)


@bp.get("/<slug:slug>/policy.json")
def policy_json(slug: str) -> ResponseReturnValue:
    """Hand out all that a policy says: the version in force, or that of ``?version=``."""
    issue = _issue(slug, "policy.json")
    standing = as_json.Standing(issue.edition, issue.newest, issue.address)
    answer = jsonify(as_json.machine(issue.policy, standing))
    answer.headers["Content-Disposition"] = f'inline; filename="{slug}-policy.json"'
    answer.headers["Link"] = _relations(slug, "policy.json")
    return remembered(answer)


@bp.get("/<slug:slug>/scope/versions.json")
def versions(slug: str) -> ResponseReturnValue:
    """List every published version of the policy, newest first, with where its scope is.

    Raises:
        VersionRefused: One version is asked for, of what lists them all.
    """
    published = editions(web.services().catalogue.database, slug)
    if "version" in request.args:
        raise VersionRefused(
            "The list of versions has no versions of its own.",
            hint=f"Ask for {_place(slug, HISTORY)}, or a version of {_place(slug, 'scope.json')}.",
        )
    listed = [
        {
            "version": one.version,
            "sha256": one.sha256,
            "published": one.published.isoformat() if one.published else None,
            "scope": f"{_place(slug, 'scope.json')}?version={one.version}",
        }
        for one in published
    ]
    plain = {"format": "portico-versions/1", "program": slug, "versions": listed}
    return remembered(jsonify(plain))


@bp.errorhandler(PorticoError)
def refuse(error: PorticoError) -> Response:
    """Say no as the file would have come: in JSON, or as comments of a text."""
    return web.refusal(error, as_json=request.path.endswith(".json"))


def _file(slug: str, kind: Kind) -> Response:
    """Write one version of a program's scope: the one in force, or that of ``?version=``."""
    issue = _issue(slug, kind.page)
    answer = Response(scope_feed.written(issue, kind), content_type=kind.media)
    manner = "attachment" if kind.saved else "inline"
    answer.headers["Content-Disposition"] = f'{manner}; filename="{slug}-{kind.ending}"'
    answer.headers["Link"] = _relations(slug, kind.page)
    return remembered(answer)


def _issue(slug: str, page: str) -> Issue:
    """Return the version that is asked for, ready to be written at a page."""
    catalogue = web.services().catalogue
    published = editions(catalogue.database, slug)
    edition = chosen(published, request.args.getlist("version"), listed=_place(slug, HISTORY))
    return Issue(
        policy=catalogue.policy(slug, edition.version),
        edition=edition,
        newest=published[0].version,
        address=_place(slug, page),
    )


def _relations(slug: str, page: str) -> str:
    """Name the file in force and the list of versions (RFC 5829)."""
    newest, history = _place(slug, page), _place(slug, HISTORY)
    return f'<{newest}>; rel="latest-version", <{history}>; rel="version-history"'


def _place(slug: str, page: str) -> str:
    """Return an address of this portal in full."""
    return f"{web.services().config.url}/{slug}/{page}"
