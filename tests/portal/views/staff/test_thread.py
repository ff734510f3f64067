"""The thread at the desk: who may read it, who may write, and whose name is shown to whom."""

from collections.abc import Callable

from sqlalchemy import select

from portal.cases.database import Database
from portal.cases.tables import audit, queue
from tests import letters
from tests.actors import Answer, Researcher, Staff
from tests.colleagues import Colleague

Hire = Callable[..., Colleague]


def messages(colleague: Colleague, report: str) -> Answer:
    """List the thread at the desk."""
    return colleague.get(f"/staff/api/reports/{report}/messages")


def test_staff_and_reporter_talk(
    hire: Hire, researcher: Researcher, report: str, staff: Staff
) -> None:
    """A reply is kept and fetched by the reporter; staff see who wrote, the reporter only that."""
    ada, sent = hire("Ada", example="handler"), letters.sealed(researcher, "Thank you.")
    kept = letters.reply(ada, report, 1, sent)
    assert kept.status_code == 201
    assert letters.reply(ada, report, 1, sent).json == kept.json
    assert letters.write(researcher, 2).status_code == 201
    listed = messages(ada, report).json
    assert [one["author"] for one in listed["messages"]] == ["staff", "reporter"]
    assert [one["actor"] for one in listed["messages"]] == [{"id": ada.id, "name": "Ada"}, None]
    assert researcher.fetch("message-1").data == sent
    assert "Ada" not in letters.thread(researcher).text
    assert ada.id not in letters.thread(researcher).text


def test_a_reader_reads_and_does_not_write(hire: Hire, researcher: Researcher, report: str) -> None:
    """Writing to a reporter takes a handler."""
    reader = hire("Rob", example="reader")
    assert messages(reader, report).status_code == 200
    refused = letters.reply(reader, report, 1, letters.sealed(researcher))
    assert (refused.status_code, refused.json["error"]["code"]) == (403, "not-allowed")


def test_another_programs_staff_find_nothing(
    hire: Hire, researcher: Researcher, report: str
) -> None:
    """To them the report looks as if it did not exist."""
    other = hire("Eve", unnamed="admin")
    absent = "00000-00000"
    for one in (messages, lambda who, name: letters.reply(who, name, 1, b"x")):
        seen, none = one(other, report), one(other, absent)
        assert seen.status_code == none.status_code == 404
        assert seen.text.replace(report, absent) == none.text


def test_nobody_is_told_to_sign_in(researcher: Researcher, report: str) -> None:
    """Without a session there is no thread, and no message."""
    address = f"/staff/api/reports/{report}/messages"
    for answer in (researcher.client.get(address), researcher.client.post(address, data={})):
        assert answer.status_code == 401


def test_a_page_of_another_site_cannot_write(
    hire: Hire, researcher: Researcher, report: str
) -> None:
    """The cookie alone is not enough to send a message."""
    ada = hire("Ada", example="handler")
    form = letters.fields(1, letters.sealed(researcher))
    refused = ada.post(f"/staff/api/reports/{report}/messages", data=form, headers={})
    assert refused.status_code == 403


def test_bad_input_is_refused(hire: Hire, researcher: Researcher, report: str) -> None:
    """A message that is no age file, and one out of turn."""
    ada = hire("Ada", example="handler")
    assert letters.reply(ada, report, 1, b"Dear reporter").status_code == 422
    refused = letters.reply(ada, report, 2, letters.sealed(researcher))
    assert (refused.status_code, refused.json["error"]["last"]) == (409, 0)
    assert messages(ada, report).json["messages"] == []


def test_the_file_of_the_other_side_is_no_answer(
    hire: Hire, researcher: Researcher, report: str
) -> None:
    """Uploading by hand what staff wrote is a slip, and said to be one."""
    sent = letters.sealed(researcher)
    letters.reply(hire("Ada", example="handler"), report, 1, sent)
    assert letters.by_hand(researcher, sent).status_code == 400
    assert letters.write(researcher, 1, sent).status_code == 409


def test_a_message_is_news_and_in_the_audit_log(
    hire: Hire, researcher: Researcher, report: str, database: Database
) -> None:
    """The queue's row moves on, also of a report on the quiet list; the log says who wrote."""
    ada = hire("Ada", example="handler")
    with database.writing() as connection:
        connection.execute(queue.update().values(quiet=True))
    letters.write(researcher, 1)
    letters.reply(ada, report, 2, letters.sealed(researcher))
    with database.reading() as connection:
        assert connection.scalar(select(queue.c.activity)) == 3
        acts = connection.execute(select(audit.c.act, audit.c.actor)).all()[-2:]
    assert acts == [("message received", "reporter"), ("message sent", ada.id)]
