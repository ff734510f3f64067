"""The page on the desk keeps its word: what it says to type works, and prints what it shows."""

import contextlib
import io
import re
import shlex
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from portal import cli
from portal.desk.member import Role
from portal.offline.thread.verdicts import VERDICTS
from portal.policy.pack import Policy
from tests import pages
from tests.live import ROOT, Live, environment

# Blocks inside lists are indented.
PAGE = (ROOT / "docs" / "desk.md").read_text(encoding="utf-8").replace("\n   ", "\n")
PORTAL, DESK = "https://report.example.org", "https://desk.example.org"
# Lines that are not run where the others are, each with its reason.
LEFT_OUT = {
    f"portico desk --url {DESK} --portal {PORTAL}": "it would stay; see test_local_desk.py",
    f"portico reply REPORT answer.md log.txt --url {DESK} -i ada.key": "it asks for a desk key; "
    "see tests/portal/commands/test_replying.py",
    **{
        line: "it would stay; its settings are checked below"
        for line in PAGE.splitlines()
        if line.startswith("gunicorn ")
    },
}
# What is another each time: codes of links, numbers.
PASSING = ((re.compile(r"#\S+"), "#"), (re.compile(r"\d[\d,]*"), "0"))


@pytest.fixture
def home(live: Live, tmp_path: Path) -> Path:
    """A folder with what the README leaves there: keys, the keyset in force; and a mail."""
    for name, kept in {
        "ada.key": live.staff_machine / "example-handler.key",
        "recovery.key": live.staff_machine / "example-recovery.key",
        "root.key": live.staff_machine / "root.key",
        "example.keyset.jws": live.folder / "keysets" / "example.keyset.jws",
    }.items():
        shutil.copyfile(kept, tmp_path / name)
    (tmp_path / "report.md").write_text("# It came by mail\n")
    return tmp_path


@pytest.fixture
def report(live: Live, home: Path) -> str:
    """A report that arrived with a file, by its name."""
    (home / "log.txt").write_text("GET /\n")
    words = f"portico submit --url {live.url} --program example --title Door report.md log.txt"
    said = pages.run([f"{words} --target api.example.com:8443"], home)
    found = re.search(r"Kept as report (\S+)\.", said.stdout)
    assert found, said.stderr
    return found[1]


def fingerprint(live: Live) -> str:
    """Return the root's, as the public page shows it."""
    with urllib.request.urlopen(f"{live.url}/example/recipients.txt") as answer:
        found = re.search(r"root key (\w{64})", answer.read().decode())
    assert found
    return found[1]


def settled(text: str) -> str:
    """Return a text without what is another each time."""
    for shape, plain in PASSING:
        text = shape.sub(plain, text)
    return text


@pytest.mark.parametrize("line", pages.commands(PAGE))
def test_every_portico_command_is_understood(line: str) -> None:
    """Each command line of the page is one that `portico` parses as written."""
    words = shlex.split(line)[1:]
    with contextlib.redirect_stderr(io.StringIO()):
        assert cli.parser(words[0]).parse_args(words).run


@pytest.mark.browser
def test_it_can_be_followed_to_the_letter(live: Live, home: Path, report: str) -> None:
    """Its blocks, run in their order on an instance, print what the page shows, and no error.

    The demo's keys are of the classic kind, so Grace's is, too.
    """
    page = PAGE
    assert set(LEFT_OUT) <= set(page.splitlines())
    for line in LEFT_OUT:
        page = page.replace(f"{line}\n", "true\n")
    for written, here in {
        "/srv/portico": str(live.instance),
        PORTAL: live.url,
        DESK: f"http://localhost:{live.port}",
        "FINGERPRINT": fingerprint(live),
        "event REPORT": f"event {report}",
        "keygen -o": "keygen --classic -o",
    }.items():
        assert written in page
        page = page.replace(written, here)
    for script, printed, shown in pages.followed(page, home):
        assert "portico: " not in printed, printed
        assert shown is None or (script, settled(printed)) == (script, settled(shown))


@pytest.mark.browser
@pytest.mark.parametrize("line", [line for line in LEFT_OUT if line.startswith("gunicorn ")])
def test_each_face_is_served_as_the_page_says(live: Live, line: str) -> None:
    """The server knows every word of the two command lines, and finds the face they name."""
    words = [sys.executable, "-m", "gunicorn", "--check-config", *shlex.split(line)[1:]]
    known = environment() | {"PORTICO_DIR": str(live.instance)}
    done = subprocess.run(
        words, cwd=live.folder, env=known, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_roles_and_the_verdicts_are_those_of_the_code() -> None:
    """The two tables name every role, from the least to the most, and every verdict."""
    named = re.findall(r"^\| `([a-z]+)` \|", PAGE, re.MULTILINE)
    roles, verdicts = named[: len(Role)], named[len(Role) :]
    assert roles == [*map(str, Role)]
    assert sorted(verdicts) == sorted(set(VERDICTS.values()))


def test_what_it_puts_into_a_pack_is_understood() -> None:
    """The lines for acts of two people are ones that a pack may have."""
    added = PAGE.partition("```toml\n")[2].partition("```")[0]
    example = (ROOT / "policies" / "example.toml").read_text(encoding="utf-8")
    changed = re.sub(r"\[desk\]\n.*\n", added, example)
    assert changed != example
    assert Policy.parse(changed).two_people == ("decline", "propose-publication")


def test_every_linked_place_exists() -> None:
    """No link of the page leads nowhere, in it or beside it."""
    heads = {
        head.lower().replace(" ", "-") for head in re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    }
    links = re.findall(r"\]\((?!http)([^)]+)", PAGE)
    assert links
    for path, _, place in (link.partition("#") for link in links):
        assert place in heads if not path else (ROOT / "docs" / path).exists()
