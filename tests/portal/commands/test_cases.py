"""`portico report list | event` and `portico export`: what staff do on the server."""

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases.database import Database
from portal.cases.tables import audit
from portal.commands import cases
from tests.actors import Researcher, Staff
from tests.conftest import START, URL

pytestmark = pytest.mark.thorough

Portico = Callable[..., Any]


@pytest.fixture(autouse=True)
def instance(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The portal's own folder, which the commands are about."""
    monkeypatch.setenv("PORTICO_DIR", str(tmp_path))
    monkeypatch.setenv("PORTICO_URL", URL)
    monkeypatch.setattr(cases, "utc_now", lambda: START + timedelta(hours=1))
    return tmp_path


@pytest.fixture
def report(researcher: Researcher) -> str:
    """A report that arrived."""
    return str(researcher.send().json["report"])


def test_the_list_shows_what_is_due(report: str, portico: Portico) -> None:
    """One line for each report: its name, program, state, arrival and next date."""
    (line,) = portico("report", "list").out.splitlines()
    assert line.startswith(f"{report}  example  report  received  not checked  received 2026-11-22")
    assert "  due " in line


def test_the_list_names_what_cannot_wait(researcher: Researcher, portico: Portico) -> None:
    """First of all, and in words."""
    Researcher(researcher.client, researcher.program).send()
    researcher.send(kind="quick", exposed="yes", exploited="yes")
    first, _ = portico("report", "list").out.splitlines()
    assert "  quick report  DATA EXPOSED  EXPLOITED  " in first


def test_an_event_is_recorded(report: str, portico: Portico) -> None:
    """What staff type shows in the list; too early, or unknown, is refused."""
    assert portico("report", "event", report, "acknowledge", "--by", "ada").code == 0
    assert "  acknowledged  " in portico("report", "list").out
    for words in ((report, "acknowledge"), (report, "explode"), ("nobody", "update")):
        said = portico("report", "event", *words)
        assert said.code == 1
        assert said.err.startswith("portico: ")


def test_an_export_names_the_portal_and_holds_the_reports(
    report: str, instance: Path, portico: Portico
) -> None:
    """All of them, or those that are named."""
    for more in ((), ("--report", report)):
        assert portico("export", "-o", str(instance / "b.zip"), *more).code == 0
        with zipfile.ZipFile(instance / "b.zip") as bundle:
            manifest = json.loads(bundle.read("manifest.json"))
        assert manifest["portal"] == URL
        assert [entry["report"] for entry in manifest["reports"]] == [report]
    assert not (instance / "b.zip.part").exists()


@pytest.mark.parametrize("name", ["absent/b.zip", "folder", "receipt.key/b.zip", "."])
def test_where_no_file_can_be_written_none_is_left(
    name: str, report: str, instance: Path, portico: Portico
) -> None:
    """A folder that is not there is an error with a hint, and nothing half-written stays."""
    (instance / "folder").mkdir()
    said = portico("export", "-o", str(instance / name))
    assert said.code == 1
    message, hint = said.err.splitlines()
    assert "cannot be written" in message
    assert hint.strip()
    assert list(instance.rglob("*.part")) == []


@pytest.mark.parametrize(
    ("since", "count"),
    [
        ("2026-11-22", 1),
        ("2026-11-23", 0),
        ("2026-11-22T09:30", 1),
        ("2026-11-22T09:31", 0),
        ("2026-11-22T14:30+05:00", 1),
        ("2026-11-22T14:31+05:00", 0),
        ("2026-11-22T05:00-05:00", 0),
    ],
)
def test_since_honours_its_offset(
    since: str, count: int, report: str, instance: Path, portico: Portico
) -> None:
    """A moment is meant where it says; without an offset, in UTC. The report came at 09:30 UTC."""
    said = portico("export", "-o", str(instance / "b.zip"), "--since", since)
    assert said.out.startswith(f"{count} report{'s are' if count != 1 else ' is'} in ")


def test_a_date_that_is_none_is_a_misuse(
    portico: Portico, capsys: pytest.CaptureFixture[str]
) -> None:
    """The answer shows how to write one."""
    with pytest.raises(SystemExit):
        portico("export", "-o", "b.zip", "--since", "yesterday")
    assert "2026-11-22" in capsys.readouterr().err


def test_reports_can_be_opened_after_their_keys_expired(
    report: str, staff: Staff, instance: Path, portico: Portico, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bundle still carries the keyset, and staff check every signature against it."""
    monkeypatch.setattr(cases, "utc_now", lambda: datetime(2027, 3, 1, tzinfo=UTC))
    assert portico("export", "-o", str(instance / "b.zip")).code == 0
    key = instance / "handler.key"
    key.write_text(staff.identities["handler"].text)
    words = ("-i", str(key), "-d", str(instance / "opened"))
    said = portico("open", str(instance / "b.zip"), *words)
    assert said.code == 0, said.err
    assert f"The bundle was signed by the portal {URL}." in said.out
    assert "The portal's receipt names exactly these files." in said.out


def test_new_verbs_take_their_data(
    report: str, researcher: Researcher, stranger: Researcher, portico: Portico
) -> None:
    """A date for publication, and the report that came first."""
    dated = ("propose-publication", "--date", "2027-01-31")
    assert portico("report", "event", report, *dated).code == 0
    later = str(stranger.send().json["report"])
    assert portico("report", "event", later, "duplicate", "--of", report).code == 0
    assert "received on" in stranger.status().json["events"][-1]["note"]
    assert portico("report", "event", report, "propose-publication").code == 1


def test_a_command_can_say_why(
    report: str,
    researcher: Researcher,
    stranger: Researcher,
    instance: Path,
    portico: Portico,
    database: Database,
) -> None:
    """For the log alone, and need not; what is none of the list is refused."""
    later = str(stranger.send().json["report"])
    linked = ("report", "event", later, "duplicate", "--of", report)
    refused = portico(*linked, "--reason", "the hole is in /login")
    assert refused.code == 1
    assert "same-cause" in refused.err
    assert portico(*linked, "--reason", "same-cause").code == 0
    assert "same-cause" not in stranger.status().text
    bundle = str(instance / "b.zip")
    assert portico("export", "-o", bundle, "--reason", "drill").code == 0
    assert portico("export", "-o", bundle).code == 0
    with database.reading() as connection:
        entries = connection.execute(select(audit.c.act, audit.c.data)).all()
    told = [
        data.get("reason")
        for act, data in entries
        if act in {"event duplicate", "reports exported"}
    ]
    assert told == ["same-cause", "drill", None]


def test_what_takes_two_people_is_not_done_by_one(
    report: str, researcher: Researcher, portico: Portico
) -> None:
    """The command is no way around the second person."""
    portico("report", "event", report, "acknowledge")
    said = portico("report", "event", report, "decline")
    assert said.code == 1
    assert "two people" in said.err
    assert researcher.status().json["state"] == "acknowledged"


def test_a_report_that_came_by_mail_is_entered(
    researcher: Researcher, instance: Path, portico: Portico, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is listed with the time at which it came; the same file again is kept once."""
    monkeypatch.setattr("portal.commands.entering.utc_now", lambda: START)
    file = instance / "mail.age"
    file.write_bytes(researcher.sealed(reply=False))
    words = ("report", "enter", str(file), "--program", "example", "--by", "ada")
    when = ("--received", "2026-11-20T14:05+01:00")
    kept, again = portico(*words, *when), portico(*words, *when)
    assert (kept.code, again.code) == (0, 0)
    assert "kept before" in again.out
    (line,) = portico("report", "list").out.splitlines()
    assert "received 2026-11-20 13:05" in line
    assert portico(*words, "--received", "2026-11-23T14:05+01:00").code == 1
    assert portico("report", "enter", str(instance / "none"), *words[3:], *when).code == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("pause", "--clock", "ack", "--reason", "legal-hold"), 0, "clock_paused"),
        (("pause", "--clock", "lunch", "--reason", "legal-hold"), 1, "The clocks are: ack"),
        (("pause", "--clock", "ack"), 1, "“pause” needs reason"),
        (("set-aware", "--at", "2026-11-22T10:00+00:00", "--reason", "clear-evidence"), 0, "aware"),
        (("set-aware", "--at", "today", "--reason", "clear-evidence"), 1, "2026-11-22T09:30+01:00"),
        (("note-notified", "--regime", "gdpr-33", "--stage", "party", "--at",
          "2026-11-22T10:00+00:00"), 1, "Its stages are: notification"),
        (("decide-reportable", "--regime", "gdpr-33", "--answer", "no",
          "--reason", "unlikely-risk"), 0, "reportable"),
        (("reward", "--answer", "yes", "--factor", "impact=high"), 1, "impact, report"),
        (("reward", "--answer", "yes", "--factor", "impact=high", "--factor", "report=low"),
         0, "rewarded"),
        (("share-outside", "--basis", "consent", "--reason", "vendor-fix"), 1, "message"),
        (("publish", "--date", "2026-11-22"), 1, "Record “accept” first"),
        (("leak", "--date", "2026-11-22", "--reason", "attacker"), 0, "leaked"),
    ],
)  # fmt: skip
def test_the_command_takes_what_events_carry(
    report: str, portico: Portico, words: tuple[str, ...], code: int, said: str
) -> None:
    """Everything the desk can record; and what is refused says what to give."""
    answer = portico("report", "event", report, *words)
    assert answer.code == code
    assert said in answer.out + answer.err


def test_a_case_over_held_data_takes_a_word(report: str, portico: Portico) -> None:
    """S3-13: the command warns as the desk does, and goes on when it is meant."""
    assert portico("report", "event", report, "note-data-held").code == 0
    warned = portico("report", "event", report, "close")
    assert warned.code == 1
    assert "despite_held" in warned.err
    assert portico("report", "event", report, "close", "--despite-held").code == 0


def test_a_weight_that_is_none_is_a_misuse(
    report: str, portico: Portico, capsys: pytest.CaptureFixture[str]
) -> None:
    """The answer shows how to write one."""
    with pytest.raises(SystemExit):
        portico("report", "event", report, "reward", "--answer", "yes", "--factor", "impact")
    assert "low, medium, high" in capsys.readouterr().err
