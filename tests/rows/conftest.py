"""What the tests of the published policies share: a town with all packs, and reports from afar."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal import cli
from portal.intake.token import Token
from portal.offline.document import Document
from tests import node as nodes
from tests.actors import Researcher
from tests.listening import listening
from tests.towns import Place, Town


@dataclass(frozen=True)
class Sent:
    """A report that `portico submit` sent, and staff opened.

    Attributes:
        said: What the command printed.
        reporter: Whoever holds its token.
        document: `report.json`.
        text: `report.md`, as staff read it.
        report: Its name.
    """

    said: str
    reporter: Researcher
    document: Document
    text: str
    report: str


Submit = Callable[..., Sent]
PassOn = Callable[..., tuple[str, str]]  # what was said, and all that was written


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory, tables: Path) -> Iterator[Town]:
    """All five packs on one instance, on the day they were published; nobody moves its clock."""
    made = Town.founded(tmp_path_factory.mktemp("town"), tables)
    yield made
    made.close()


@pytest.fixture
def found(tmp_path: Path, tables: Path) -> Iterator[Callable[..., Town]]:
    """Sets up an instance of the test's own: `found("unnamed")`; its clock may be moved."""
    made: list[Town] = []

    def founded(*packs: str) -> Town:
        folder = tmp_path / f"town-{len(made)}"
        folder.mkdir()
        made.append(Town.founded(folder, tables, packs))
        return made[-1]

    yield founded
    for one in made:
        one.close()


@pytest.fixture
def faults() -> Callable[[Place, dict[str, str]], dict[str, str]]:
    """Says what the form finds wrong with answers, by field: `faults(place, {"steps": ""})`."""

    def wrong(place: Place, values: dict[str, str]) -> dict[str, str]:
        script = """
        const { faultsIn } = await load("js/form-validation.js")
        return faultsIn(input.specs, input.values)
        """
        asked = list(place.asked.values())
        found = nodes.run(script, {"specs": asked, "values": values})
        return {one["field"]: one["message"] for one in found}

    return wrong


@pytest.fixture
def line(town: Town) -> Iterator[str]:
    """The address of the town, for commands."""
    with listening(town.app) as address:
        yield address


@pytest.fixture
def submit(
    town: Town,
    line: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Submit]:
    """Sends a report with `portico submit`: the program's own `report.md`, its boxes ticked.

    `submit(place, "integratpark.com", ["no-malware"], "--field", "handle=fox")`
    """
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr("portal.commands.reporter.utc_now", town.clock)

    def sent(place: Place, target: str, ticks: list[str], *words: str) -> Sent:
        form = place.page("report.md")
        for clause in ticks:
            form, ticked = re.subn(rf"- \[ \](.*\({clause}\))", r"- [x]\1", form)
            assert ticked == 1, clause
        (tmp_path / "report.md").write_text(form)
        order = ["submit", "--url", line, "--program", place.slug, "--target", target]
        order += [
            "--title",
            "A door is open",
            "--receipts",
            str(tmp_path),
            str(tmp_path / "report.md"),
        ]
        capsys.readouterr()
        code, said = cli.main([*order, *words]), capsys.readouterr()
        assert code == 0, said.err
        return opened(place, said.out)

    yield sent
    shutil.rmtree(tmp_path / "config", ignore_errors=True)


@pytest.fixture
def pass_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> PassOn:
    """Opens a report with `portico open` for others to read: `pass_on(place, sent, "outside")`."""

    def passed(place: Place, sent: Sent, audience: str, *words: str) -> tuple[str, str]:
        key, sealed, copy = (tmp_path / name for name in ("key.txt", "report.age", "copy"))
        key.write_text(place.staff.identities["handler"].text)
        sealed.write_bytes(sent.reporter.fetch().data)
        order = ["open", str(sealed), "-i", str(key), "-d", str(copy), "--for", audience]
        capsys.readouterr()
        code, said = cli.main([*order, *words]), capsys.readouterr()
        assert code == 0, said.err
        files = [path for path in copy.rglob("*") if path.is_file()]
        assert files
        return said.out, "\n".join(path.read_text("utf-8") for path in files)

    return passed


def opened(place: Place, said: str) -> Sent:
    """Open as staff do what a command says it sent."""
    token = re.search(r"Token\s+(\S+)", said)
    assert token
    reporter = Researcher(place.town.client, place.program, Token.parse(token[1]))
    files = place.staff.read(reporter.fetch().data)
    document = Document.parse(files["report.json"])
    report = reporter.status().json["report"]
    return Sent(said, reporter, document, files["report.md"].decode(), report)
