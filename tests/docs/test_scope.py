"""The page on scopes keeps its word: what it says to type works, and prints what it shows."""

import contextlib
import doctest
import io
import re
import shlex
import shutil
from pathlib import Path

import pytest

from portal import cli
from portal.commands.scope.check import EXIT_CODES
from scope import Ruling, Scope
from scope.codes import CODES
from scope.formats import FORMATS
from tests import pages
from tests.live import ROOT, Live

PAGE = (ROOT / "docs" / "scope.md").read_text(encoding="utf-8")
PORTAL = "https://report.example.org"


def table(head: str) -> list[list[str]]:
    """Return the cells of the table that starts with a head, marks for code taken off."""
    rows = PAGE.partition(f"| {head} |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip().replace("`", "") for cell in row.split(" | ")] for row in rows]


def test_the_examples_in_python_run() -> None:
    """What the page shows at the Python prompt is what happens."""
    found = doctest.DocTestParser().get_doctest(PAGE, {}, "scope.md", None, 0)
    runner = doctest.DocTestRunner()
    runner.run(found)
    assert runner.summarize().attempted > 0
    assert runner.summarize().failed == 0


@pytest.mark.parametrize("line", pages.commands(PAGE))
def test_every_portico_command_is_understood(line: str) -> None:
    """Each command line of the page is one that `portico` parses as written."""
    words = shlex.split(line)[1:]
    with contextlib.redirect_stderr(io.StringIO()):
        assert cli.parser(words[0]).parse_args(words).run


@pytest.mark.browser
def test_it_can_be_followed_to_the_letter(live: Live, tmp_path: Path) -> None:
    """Its blocks, run in their order against a portal, print what the page shows, and no error."""
    if shutil.which("curl") is None:
        pytest.fail("curl is missing: run `sudo apt-get install curl`.")
    for script, printed, shown in pages.followed(PAGE.replace(PORTAL, live.url), tmp_path):
        assert "portico: " not in printed, printed
        assert shown is None or (script, printed) == (script, shown)


def test_the_exit_codes_are_those_of_the_command() -> None:
    """The table for scripts has every ruling with its code."""
    listed = {
        Ruling(ruling): int(code)
        for code, rulings, _ in ([cell.strip(" |") for cell in row] for row in table("exit code"))
        for ruling in rulings.split(", ")
    }
    assert listed == EXIT_CODES


def test_every_code_is_explained() -> None:
    """The table for programs is the engine's own, word for word."""
    listed = {row[0].strip("| "): (row[1], row[2].rstrip(" |")) for row in table("code")}
    assert listed == {
        name: (code.ruling.value, code.meaning.replace("`", "")) for name, code in CODES.items()
    }


def test_every_format_is_listed() -> None:
    """Each format stands there with its name, its title and the ways it goes."""
    listed = [[cell.strip("| ") for cell in row] for row in table("name")]
    ways = {True: "yes", False: "no"}
    assert listed == [
        [name, ways[each.reads], ways[each.writes], each.title] for name, each in FORMATS.items()
    ]


# What each row of the table of rules claims, tried out; a row without an example fails the test.
CLAIMS = {
    "`shop.example`": (
        "shop.example:81/x in",
        "a.shop.example unknown",
        "www.shop.example unknown",
    ),
    "`*.shop.example`": ("a.b.shop.example in", "shop.example unknown"),
    "`api-*.shop.example`": ("api-1.shop.example in", "api-1.b.shop.example review"),
    "`*shop.example`": ("shop.example in", "a.shop.example in", "myshop.example review"),
    "`shop.*`": ("shop.co.uk in", "shop.other.com unknown"),
    "`shop.co*`": ("shop.co/a in", "shop.com review", "shop.de unknown"),
    "`*`": ("shop.com review",),
    "`shop.example:8443`": ("shop.example:8443 in", "shop.example:8444 unknown"),
    "`https://shop.example`": ("http://shop.example in",),
    "`shop.example/app`": ("shop.example/app/x in", "shop.example/apple unknown"),
    "`/admin`": ("shop.example/admin out", "shop.example/a in"),
    "`192.0.2.0/24`": ("192.0.2.255 in", "192.0.3.1 unknown"),
    "`android:com.shop`": ("android:com.shop in", "play.google.com unknown"),
    "`github.com/shop/app`": ("https://github.com/Shop/App/issues in", "github.com partial"),
    "`{a,b}.shop.example`": ("a.shop.example in", "b.shop.example in", "c.shop.example unknown"),
    "`shop-<name>.example`": ("shop-7.example review",),
    "a sentence": ("shop.example unknown",),
}
EXCLUDED = {"`/admin`"}
SENTENCE = "All of our shops, please"


def test_every_kind_of_rule_covers_what_the_page_says() -> None:
    """Each row of the table of rules is tried with targets that it covers, and that it does not."""
    rows = PAGE.partition("| you write |")[2].partition("\n\n")[0].splitlines()[2:]
    written = [re.match(r"`[^`]+`|[^|]+\b", row.removeprefix("| ")) for row in rows]
    assert [each and each[0] for each in written] == [*CLAIMS]
    for rule, tried in CLAIMS.items():
        text = SENTENCE if rule == "a sentence" else rule.strip("`")
        sides = (["shop.example"], [text]) if rule in EXCLUDED else ([text], [])
        scope = Scope.from_rules(*sides)
        for target, _, ruling in (each.rpartition(" ") for each in tried):
            assert scope.check(target).ruling == ruling, (text, target)


def test_every_linked_file_exists() -> None:
    """No link of the page leads nowhere."""
    links = re.findall(r"\]\((?!http)([^)#]+)", PAGE)
    assert all((ROOT / "docs" / link).exists() for link in links)
