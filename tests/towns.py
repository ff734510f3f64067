"""Shipped packs, published and staffed: whatever a policy says has to work from its pack alone."""

import io
import json
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from flask.testing import FlaskClient

from portal import house
from portal.app import create_app
from portal.cases.catalogue import Catalogue
from portal.cases.database import Database
from portal.cases.program import Program
from portal.config import Config
from portal.policy.pack import Policy
from tests import colleagues
from tests.actors import Answer, Researcher, Staff
from tests.colleagues import Colleague
from tests.conftest import URL, Clock
from tests.markup import words

PACKS = ("example", "integratpark", "unnamed", "onefactory", "iwelcome")
SILENT = "The policy does not say."


@dataclass
class Place:
    """One program, as people outside and inside meet it.

    Attributes:
        town: Where it stands.
        program: The program.
        staff: Those who open what is sent to it.
    """

    town: "Town"
    program: Program
    staff: Staff

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return self.program.slug

    @property
    def policy(self) -> Policy:
        """What it promises."""
        return self.program.policy

    def page(self, path: str = "") -> str:
        """Return one of its pages."""
        answer = self.town.client.get(f"/{self.slug}/{path}")
        assert answer.status_code == 200, answer.text
        return answer.text

    def words(self, path: str = "") -> str:
        """Return the words of one of its pages."""
        return words(self.page(path))

    def part(self, name: str, path: str = "") -> str:
        """Return the words of the part of a page under the heading of this id."""
        found = re.search(rf'<h2 id="{name}".*?</section>', self.page(path), re.DOTALL)
        assert found, name
        return words(found[0])

    def control(self, name: str) -> str:
        """Return the control of the form that has this id: its tag, and its options."""
        pattern = (
            rf'<select[^>]*\bid="{name}".*?</select>|<(?:input|textarea)[^>]*\bid="{name}".*?>'
        )
        found = re.search(pattern, self.form, re.DOTALL)
        assert found, name
        return found[0]

    @cached_property
    def form(self) -> str:
        """The report form."""
        return self.page("report")

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What the form asks besides title and files, by id, as its scripts are told."""
        sections = json.loads(self.page("report/form.json?version=1"))["sections"]
        return {one["id"]: one for section in sections for one in section["fields"]}

    def check(self, target: str, **answers: bool) -> dict[str, Any]:
        """Return what the checker says of a target."""
        asked = {"target": target, "answers": answers}
        return dict(json.loads(self.town.client.post(f"/{self.slug}/scope", json=asked).text))

    def ruled(self, target: str) -> str:
        """Return the words that the checker's page shows of a ruling, without script."""
        page = self.town.client.post(f"/{self.slug}/scope", data={"target": target}).text
        return words(page.split('id="result"')[1].split('<p class="actions">')[0])

    def by_hand(self) -> str:
        """Send a report without script, and return the words of the receipt's page."""
        sealed = self.reporter().sealed(reply=False)
        files = {"sealed": (io.BytesIO(sealed), "report.age")}
        answer = self.town.client.post(f"/{self.slug}/report", data=files)
        assert answer.status_code == 201, answer.text
        return words(answer.text)

    def reporter(self) -> Researcher:
        """Somebody new with something to report."""
        return Researcher(self.town.client, self.program)

    def sent(self, **ticks: str) -> tuple[Researcher, str]:
        """Have somebody new send a report; return who did, and its name."""
        reporter = self.reporter()
        return reporter, str(reporter.send(**ticks).json["report"])

    def handler(self) -> Colleague:
        """Somebody new who handles reports here, at their desk."""
        return self.town.hire({self.slug: "handler"})

    def act(self, report: str, verb: str, **data: object) -> Answer:
        """Record an event as somebody new at the desk, whose session is fresh."""
        return record(self.handler(), report, verb, **data)


@dataclass
class Town:
    """An instance with some of the packs, each with people of its own.

    Attributes:
        app: The portal.
        database: What it keeps.
        clock: The time it sees.
        key: What it signs receipts with.
    """

    app: Flask
    database: Database
    clock: Clock
    key: Ed25519PrivateKey
    places: dict[str, Place] = field(default_factory=dict)
    hired: int = 0

    @classmethod
    def founded(cls, folder: Path, tables: Path, packs: Iterable[str] = PACKS) -> Self:
        """Set up an instance in a folder and publish packs on it, at `START`."""
        key, clock = Ed25519PrivateKey.generate(), Clock()
        (folder / "receipt.key").write_text(key.private_bytes_raw().hex())
        database = Database(f"sqlite:///{shutil.copyfile(tables, folder / 'portico.db')}")
        app = create_app(Config(folder, URL, str(database.engine.url)), clock=clock)
        town = cls(app, database, clock, key)
        for name in packs:
            town.places[name] = town.open(pack(name))
        return town

    def open(self, source: str) -> Place:
        """Publish a pack, with a keyset of people who read its reports."""
        policy = Policy.parse(source)
        staff = Staff(
            roles=("handler", "recovery", *(one for one in policy.readers if one != "handler"))
        )
        self.catalogue.publish_policy(source, actor="test", now=self.clock.now)
        keyset = staff.keyset(policy.slug, self.key, now=self.clock.now)
        self.catalogue.publish_keyset(keyset, policy.slug, actor="test", now=self.clock.now)
        return Place(self, self.catalogue.program(policy.slug, now=self.clock.now), staff)

    def at(self, name: str) -> Place:
        """Go to the program of a pack."""
        return self.places[name]

    @property
    def catalogue(self) -> Catalogue:
        """What is published."""
        return Catalogue(self.database)

    @cached_property
    def client(self) -> FlaskClient:
        """A browser without script."""
        return self.app.test_client()

    def hire(self, roles: dict[str, str]) -> Colleague:
        """Put somebody new on the staff and sign them in."""
        self.hired += 1
        return colleagues.hire(self.app, self.database, f"Ada {self.hired}", roles, self.clock.now)

    def close(self) -> None:
        """Let go of the database."""
        self.app.extensions["portico"].store.database.close()
        self.database.close()


def pack(name: str) -> str:
    """Return a shipped pack by its file name."""
    return (house.folder("policies") / f"{name}.toml").read_text(encoding="utf-8")


def record(colleague: Colleague, report: str, verb: str, **data: object) -> Answer:
    """Record an event at the desk."""
    body: dict[str, object] = {"name": verb, "data": data}
    return colleague.post(f"/staff/api/reports/{report}/events", body)


def status(reporter: Researcher) -> str:
    """Return the words of the status page as somebody without script reads it."""
    answer = reporter.client.post("/status", data={"token": reporter.token.lookup})
    assert answer.status_code == 200, answer.text
    return words(answer.text)
