"""At the desk: a name comes on the page of thanks by a recorded wish alone."""

from collections.abc import Callable

import pytest

from portal.cases.catalogue import Catalogue
from portal.cases.database import Database
from portal.cases.events import Event
from portal.cases.rows import events_of, insert_event
from tests.colleagues import Colleague
from tests.conftest import Clock

Hire = Callable[..., Colleague]


@pytest.fixture
def ada(hire: Hire) -> Colleague:
    """A handler of the example program."""
    return hire("Ada", example="handler")


@pytest.fixture
def wished(report: str, database: Database, clock: Clock) -> None:
    """It is recorded that the reporter is to be named; their message is not looked for here."""
    with database.writing() as connection:
        place = len(events_of(connection, report)) + 1
        event = Event("credited", clock.now, "ada", {"message": 1})
        insert_event(connection, report, place, event)


def address(report: str) -> str:
    """Where a name is put on the page."""
    return f"/staff/api/reports/{report}/thanks"


@pytest.mark.usefixtures("wished")
def test_a_name_comes_and_goes(ada: Colleague, report: str) -> None:
    """Put there, shown in the dossier and on the page, and taken off."""
    page = ada.client.get("/example/thanks")
    assert "Zoë" not in page.text
    assert ada.post(address(report), {"name": "  Zoë  Ω "}).json == {"name": "Zoë Ω"}
    assert "Zoë Ω" in ada.client.get("/example/thanks").text
    shown = ada.get(f"/staff/api/reports/{report}").json["thanks"]
    assert shown == {"page": True, "name": "Zoë Ω"}
    assert ada.delete(address(report)).json == {"taken_off": True}
    assert ada.delete(address(report)).json == {"taken_off": False}
    assert "Zoë" not in ada.client.get("/example/thanks").text


def test_without_a_recorded_wish_nobody_is_named(ada: Colleague, report: str) -> None:
    """S1-22: the default is nobody, and staff cannot skip the record."""
    refused = ada.post(address(report), {"name": "Zoë"})
    assert (refused.status_code, refused.json["error"]["code"]) == (409, "event-refused")


@pytest.mark.usefixtures("wished")
def test_where_the_policy_names_nobody_it_is_not_offered(
    ada: Colleague, report: str, catalogue: Catalogue, pack: Callable[[str], str], clock: Clock
) -> None:
    """S2-26: a page of thanks without names; the desk has no button for it, and takes no name."""
    source = pack("example").replace('forms = ["handle", "name"]\n', "")
    catalogue.publish_policy(source, actor="test", now=clock.now)
    assert ada.get(f"/staff/api/reports/{report}").json["thanks"] == {"page": False, "name": None}
    refused = ada.post(address(report), {"name": "Zoë"})
    assert (refused.status_code, refused.json["error"]["code"]) == (409, "event-refused")
    assert "names nobody" in refused.json["error"]["message"]


@pytest.mark.usefixtures("wished")
@pytest.mark.parametrize("name", ["", " ", "a\u202eb", "a\x1b[31m", "a\nb\x00", "x" * 81, 3, None])
def test_a_hostile_name_is_refused(ada: Colleague, report: str, name: object) -> None:
    """Nothing invisible, nothing endless, nothing that is no text."""
    assert ada.post(address(report), {"name": name}).status_code == 400
    assert "Nobody is named here so far." in ada.client.get("/example/thanks").text


@pytest.mark.usefixtures("wished")
def test_it_takes_a_handler(hire: Hire, report: str) -> None:
    """A reader of the program cannot, and nobody from elsewhere sees that there is a report."""
    reader, stranger = hire("Rae", example="reader"), hire("Sid", integratpark="handler")
    assert reader.post(address(report), {"name": "Zoë"}).status_code == 403
    assert stranger.post(address(report), {"name": "Zoë"}).status_code == 404
    assert reader.delete(address(report)).status_code == 403
