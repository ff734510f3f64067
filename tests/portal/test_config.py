"""Settings: read once, and what is missing is named."""

from pathlib import Path

import pytest

from portal.config import Config
from portal.errors import SettingMissing


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """An instance folder with its settings."""
    (tmp_path / "portico.toml").write_text('url = "https://report.example.org/"\n')
    return tmp_path


def test_the_file_is_enough(instance: Path) -> None:
    """The folder alone says everything; SQLite lies in it."""
    config = Config.load({"PORTICO_DIR": str(instance)})
    assert config.url == "https://report.example.org"
    assert config.database_url == f"sqlite:///{instance / 'portico.db'}"


def test_the_environment_wins(instance: Path) -> None:
    """A container may set what the file says otherwise."""
    environ = {
        "PORTICO_DIR": str(instance),
        "PORTICO_URL": "http://localhost:8000",
        "PORTICO_DATABASE_URL": "postgresql+psycopg://db/portico",
    }
    config = Config.load(environ)
    assert (config.url, config.database_url) == (
        "http://localhost:8000",
        environ["PORTICO_DATABASE_URL"],
    )


def test_the_desk_may_have_an_address_of_its_own(instance: Path) -> None:
    """Otherwise it is the portal's; the environment wins here, too."""
    environ = {"PORTICO_DIR": str(instance)}
    assert Config.load(environ).staff_url == "https://report.example.org"
    with (instance / "portico.toml").open("a") as file:
        file.write('staff_url = "https://desk.example.org/"\n')
    assert Config.load(environ).staff_url == "https://desk.example.org"
    environ["PORTICO_STAFF_URL"] = "http://localhost:8001"
    assert Config.load(environ).staff_url == "http://localhost:8001"


@pytest.mark.parametrize(
    ("environ", "file", "named"),
    [
        ({}, None, "PORTICO_DIR"),
        ({"PORTICO_DIR": "/nowhere/at/all"}, None, "/nowhere/at/all"),
        ({}, "", "url"),
        ({}, 'url = "report.example.org"', "url"),
        ({}, 'url = "https://a.example/path"', "url"),
        ({}, 'url = "https://a.example?x=1"', "url"),
        ({}, 'url = "https://a.example:none"', "url"),
        ({}, 'url = "http://[::1"', "url"),
        ({}, 'url = "https://ada:secret@a.example"', "url"),
        ({}, "url = 'https://a\"b.example'", "url"),
        ({}, 'url = "https://a.example"\ncolour = "red"', "colour"),
        ({}, "url = 5", "a value"),
        ({}, 'url = "https://a.example"\nstaff_url = "desk"', "staff_url"),
        ({}, 'url = "https://a.example"\nopen_in_browser = "yes"', "a value"),
        ({}, "url =", "portico.toml"),
    ],
)
def test_what_is_missing_is_named(
    tmp_path: Path, environ: dict[str, str], file: str | None, named: str
) -> None:
    """Start-up stops with the name of the setting and what to do."""
    if file is not None:
        (tmp_path / "portico.toml").write_text(file)
        environ = {"PORTICO_DIR": str(tmp_path)}
    with pytest.raises(SettingMissing, match=named) as refusal:
        Config.load(environ)
    assert refusal.value.hint


def test_a_password_is_not_shown(instance: Path) -> None:
    """The database's address may hold a password, so no log or traceback shows it."""
    secret = "postgresql+psycopg://portico:hunter2@db/portico"
    config = Config.load({"PORTICO_DIR": str(instance), "PORTICO_DATABASE_URL": secret})
    assert config.database_url == secret
    assert "hunter2" not in repr(config)


def test_reports_are_not_opened_in_the_browser_unless_told(instance: Path) -> None:
    """A page that sees an identity comes from the server only where the operator wants it."""
    environ = {"PORTICO_DIR": str(instance)}
    assert not Config.load(environ).open_in_browser
    with (instance / "portico.toml").open("a") as settings:
        settings.write("open_in_browser = true\n")
    assert Config.load(environ).open_in_browser
