"""The ways in: what opens the desk, and the one answer for everything that does not."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases.database import Database
from portal.cases.tables import challenges, passkeys, sessions
from portal.desk import challenges as rows
from portal.desk.accounts import Accounts
from portal.desk.authority import Authority
from portal.desk.challenges import Challenges, Purpose
from portal.desk.invitations import LIFE
from portal.errors import PasskeyRefused
from tests.authenticator import PRESENT, VERIFIED, Authenticator, to_text
from tests.conftest import Clock
from tests.newcomers import Newcomer

pytestmark = pytest.mark.thorough

SECOND = timedelta(seconds=1)
REFUSED = {
    "code": "passkey-refused",
    "message": "This passkey does not open this desk.",
    "hint": "Try another passkey, or ask an admin for a new link.",
}

Make = Callable[[], Newcomer]
Invite = Callable[..., str]


def test_a_link_and_a_passkey_open_the_desk(ada: Newcomer) -> None:
    """Whoever comes with a link is signed in, with the roles they were invited for."""
    me = ada.get("/me").json
    assert (me["name"], me["roles"]) == ("Ada", {"example": "admin"})


def test_a_passkey_alone_opens_the_desk_again(ada: Newcomer) -> None:
    """Nobody types a name: the passkey says who it is."""
    asked = ada.asked("/sign-in")
    assert asked["options"]["allowCredentials"] == []
    assert asked["options"]["userVerification"] == "required"
    ada.post("/sign-out")
    assert not ada.signed_in()
    assert ada.sign_in().status_code == 200
    assert ada.signed_in()


def test_a_passkey_is_asked_for_so_that_no_name_is_needed(newcomer: Make, invite: Invite) -> None:
    """It must be findable without a name, recognise its person, and tell nothing of its maker."""
    options = newcomer().asked("/enrol", {"code": invite("Ada", example="reader")})["options"]
    assert options["rp"]["id"] == "portico.test"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["attestation"] == "none"


def test_a_link_works_once(newcomer: Make, ada: Newcomer, invite: Invite) -> None:
    """Used, expired, replaced and invented links get the same answer."""
    used, late = invite("Bo", example="reader"), invite("Cy", example="reader")
    replaced = invite("Di", example="reader")
    invite("Di", example="reader")
    assert newcomer().enrol(used).status_code == 201
    answers = [newcomer().post("/enrol/options", {"code": one}) for one in (used, replaced, "x")]
    assert {one.status_code for one in answers} == {403}
    assert {one.json["error"]["code"] for one in answers} == {"invitation-refused"}
    assert len({one.data for one in answers}) == 1
    assert newcomer().enrol(late).status_code == 201


def test_a_link_expires(newcomer: Make, invite: Invite, clock: Clock) -> None:
    """After three days it opens nothing."""
    code = invite("Ada", example="reader")
    clock.advance(LIFE)
    answer = newcomer().post("/enrol/options", {"code": code})
    assert answer.json["error"]["code"] == "invitation-refused"


def test_a_link_is_used_up_by_one_of_two(newcomer: Make, invite: Invite, app: Flask) -> None:
    """Two who hold the same link race for it: one gets in."""
    code, racers = invite("Ada", example="reader"), [newcomer(), newcomer()]
    bodies = []
    for one in racers:
        asked = one.asked("/enrol", {"code": code})
        credential = one.passkey.create(asked["options"])
        bodies.append(
            {"code": code, "handle": asked["handle"], "credential": credential, "label": "Key"}
        )
    codes = _at_once(lambda n: racers[n].post("/enrol/finish", bodies[n]).status_code, len(racers))
    assert sorted(codes) == [201, 403]


def _at_once(work: Callable[[int], Any], count: int) -> list[Any]:
    """Do something in several threads that start together."""
    results: list[Any] = [None] * count
    ready = threading.Barrier(count)

    def run(number: int) -> None:
        ready.wait()
        results[number] = work(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return results


def _unknown(ada: Newcomer) -> None:
    ada.passkey = Authenticator(owner=ada.passkey.owner)


def _wrong_signature(ada: Newcomer) -> None:
    ada.passkey.key = Authenticator().key


def _other_site(ada: Newcomer) -> None:
    ada.passkey.origin = "http://portico.test.evil.example"


def _framed(ada: Newcomer) -> None:
    ada.passkey.extra = {"crossOrigin": True}


def _unrecognised(ada: Newcomer) -> None:
    ada.passkey.flags = PRESENT


def _absent(ada: Newcomer) -> None:
    ada.passkey.flags = VERIFIED


def _of_another(ada: Newcomer) -> None:
    ada.passkey.owner = b"0123456789abcdef"


@pytest.mark.parametrize(
    "spoil",
    [
        _unknown,
        _wrong_signature,
        _other_site,
        _framed,
        _unrecognised,
        _absent,
        _of_another,
    ],
)
def test_what_does_not_open_gets_one_answer(
    ada: Newcomer, spoil: Callable[[Newcomer], None]
) -> None:
    """No answer tells whether a passkey is known, nor what was wrong with it."""
    ada.post("/sign-out")
    spoil(ada)
    answer = ada.sign_in()
    assert (answer.status_code, answer.json["error"]) == (403, REFUSED)
    assert not ada.signed_in()


def test_a_removed_key_and_somebody_who_left_get_the_same_answer(
    ada: Newcomer, newcomer: Make, invite: Invite, accounts: Accounts, clock: Clock
) -> None:
    """To whoever comes back they look like a passkey that was never here."""
    lost, ada.passkey = ada.passkey, Authenticator()
    ada.passkey, spare = lost, ada.passkey
    assert ada.add(spare).status_code == 201
    assert ada.delete(f"/account/passkeys/{to_text(lost.id)}").status_code == 200
    removed = ada.sign_in()
    bo = newcomer()
    bo.enrol(invite("Bo", example="reader"))
    accounts.let_go(bo.get("/me").json["id"], by=Authority("operator"), now=clock())
    assert not bo.signed_in()
    left = bo.sign_in()
    assert removed.json == left.json == {"error": REFUSED}


def test_a_challenge_is_answered_once(ada: Newcomer) -> None:
    """The same answer sent twice opens nothing the second time."""
    ada.post("/sign-out")
    asked = ada.asked("/sign-in")
    credential = ada.passkey.sign(asked["options"])
    assert ada.finish(asked, credential).status_code == 200
    ada.post("/sign-out")
    assert ada.finish(asked, credential).status_code == 403
    assert not ada.signed_in()


def test_a_challenge_is_answered_once_even_by_two_at_once(
    ada: Newcomer, database: Database, clock: Clock
) -> None:
    """Of many threads that take the same challenge, one gets it."""
    desk = Challenges(database)
    made = desk.issue(Purpose.SIGN_IN, now=clock())

    def take(_number: int) -> bool:
        try:
            return desk.take(made.handle, Purpose.SIGN_IN, now=clock()) == made.value
        except PasskeyRefused:
            return False

    assert sorted(_at_once(take, 8)) == [False] * 7 + [True]


def test_a_challenge_waits_five_minutes(ada: Newcomer, clock: Clock) -> None:
    """Longer is too long."""
    ada.post("/sign-out")
    asked = ada.asked("/sign-in")
    clock.advance(rows.LIFE)
    assert ada.answer(asked).status_code == 403
    asked = ada.asked("/sign-in")
    clock.advance(rows.LIFE - SECOND)
    assert ada.answer(asked).status_code == 200


def test_a_challenge_serves_one_purpose_and_one_person(
    ada: Newcomer, newcomer: Make, invite: Invite
) -> None:
    """What was asked to sign in does not confirm, and one person's is not another's."""
    bo = newcomer()
    bo.enrol(invite("Bo", example="reader"))
    assert ada.answer(ada.asked("/sign-in"), "confirm").status_code == 403
    assert ada.answer(bo.asked("/confirm"), "confirm").status_code == 403
    assert ada.confirm().status_code == 200


def test_a_challenge_serves_one_of_a_persons_purposes(
    ada: Newcomer, database: Database, clock: Clock
) -> None:
    """What one person was asked to confirm adds no passkey of theirs."""
    desk, me = Challenges(database), ada.get("/me").json["id"]
    made = desk.issue(Purpose.CONFIRM, staff=me, now=clock())
    with pytest.raises(PasskeyRefused):
        desk.take(made.handle, Purpose.ADD, staff=me, now=clock())
    assert desk.take(made.handle, Purpose.CONFIRM, staff=me, now=clock()) == made.value


def test_challenges_do_not_pile_up(
    ada: Newcomer, database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has expired goes with the next one; of those that wait, the oldest makes room."""
    desk = Challenges(database)
    monkeypatch.setattr(rows, "MOST", 3)
    first = desk.issue(Purpose.SIGN_IN, now=clock())
    made = [desk.issue(Purpose.SIGN_IN, now=clock() + SECOND * n) for n in range(1, 4)]
    with database.reading() as connection:
        assert len(connection.execute(select(challenges)).all()) == 3
    with pytest.raises(PasskeyRefused):
        desk.take(first.handle, Purpose.SIGN_IN, now=clock())
    assert desk.take(made[-1].handle, Purpose.SIGN_IN, now=clock()) == made[-1].value
    assert desk.sweep(now=clock() + rows.LIFE * 2) == 2


def test_failing_sign_ins_lock_nobody_out(ada: Newcomer, newcomer: Make) -> None:
    """However often a stranger fails, the right passkey opens."""
    ada.post("/sign-out")
    stranger = newcomer()
    for _ in range(30):
        assert stranger.answer(stranger.asked("/sign-in")).status_code == 403
    assert ada.sign_in().status_code == 200


def test_a_counter_that_goes_back_is_refused_and_written_down(
    ada: Newcomer, acts: Callable[[], list[str]]
) -> None:
    """Somebody has a copy of the passkey: the audit log says so; a forger cannot make it say so."""
    ada.post("/sign-out")
    ada.passkey.count = 9
    ada.sign_in()
    ada.post("/sign-out")
    ada.passkey.count = 4
    assert ada.sign_in().json["error"] == REFUSED
    assert acts()[-1] == "passkey went back"
    before = len(acts())
    _wrong_signature(ada)
    ada.passkey.count = 4
    assert ada.sign_in().json["error"] == REFUSED
    assert len(acts()) == before


def test_a_passkey_that_does_not_count_is_welcome(newcomer: Make, invite: Invite) -> None:
    """Synced passkeys always say 0."""
    bo = newcomer()
    bo.passkey.counts = False
    bo.enrol(invite("Bo", example="reader"))
    for _ in range(2):
        assert bo.sign_in().status_code == 200


def _with_prf(credential: dict[str, Any]) -> None:
    credential["clientExtensionResults"] = {"prf": {"results": {"first": "c2VjcmV0"}}}


def _with_large_blob(credential: dict[str, Any]) -> None:
    credential["clientExtensionResults"] = {"largeBlob": {}}


def _as_json_writes_it(credential: dict[str, Any]) -> None:
    credential["rawId"] = credential["id"]
    credential["authenticatorAttachment"] = "platform"


def _with_more_inside(credential: dict[str, Any]) -> None:
    credential["response"]["publicKey"] = "AAAA"


@pytest.mark.parametrize(
    "add", [_with_prf, _with_large_blob, _as_json_writes_it, _with_more_inside]
)
def test_more_than_belongs_in_an_answer_is_refused(
    ada: Newcomer, newcomer: Make, invite: Invite, add: Callable[[dict[str, Any]], None]
) -> None:
    """A page that sends what `toJSON()` gives, PRF output and all, is refused at every door."""
    bo, code = newcomer(), invite("Bo", example="reader")
    asked = bo.asked("/enrol", {"code": code})
    credential = bo.passkey.create(asked["options"])
    add(credential)
    body = {"code": code, "handle": asked["handle"], "credential": credential, "label": "Key"}
    answers = [bo.post("/enrol/finish", body)]
    for ceremony in ("confirm", "sign-in"):
        asked = ada.asked(f"/{ceremony}")
        credential = ada.passkey.sign(asked["options"])
        add(credential)
        answers.append(ada.finish(asked, credential, ceremony))
    assert [one.status_code for one in answers] == [403] * 3
    assert all("more than belongs" in one.json["error"]["message"] for one in answers)


def test_what_is_known_of_a_passkeys_properties_may_be_sent(ada: Newcomer) -> None:
    """The one extension result that is allowed says that no name is needed."""
    asked = ada.asked("/confirm")
    credential = ada.passkey.sign(asked["options"])
    credential["clientExtensionResults"] = {"credProps": {"rk": True}}
    assert ada.finish(asked, credential, "confirm").status_code == 200


@pytest.mark.parametrize(
    "odd",
    [None, [], "x", 7, {}, {"id": "x"}, {"id": 5, "type": "public-key", "response": {}},
     {"id": "AA", "type": "public-key", "response": {"clientDataJSON": "!"}},
     {"id": "A" * 1367, "type": "public-key", "response": []},
     {"id": "AA", "type": "public-key", "response": {
         "clientDataJSON": "AA", "authenticatorData": "AA", "signature": "AA"}},
     {"id": "AA", "type": "public-key", "response": {
         "clientDataJSON": "AA", "attestationObject": "AA", "transports": [7]}},
     {"id": "AA", "type": "public-key", "response": {
         "clientDataJSON": "e30", "attestationObject": "_w"}}],
)  # fmt: skip
def test_an_odd_answer_is_refused(
    ada: Newcomer, newcomer: Make, invite: Invite, odd: object
) -> None:
    """Whatever a stranger sends, the answer is no, and never a fault of ours."""
    for ceremony in ("sign-in", "confirm"):
        assert ada.finish(ada.asked(f"/{ceremony}"), odd, ceremony).status_code == 403
    bo, code = newcomer(), invite("Bo", example="reader")
    asked = bo.asked("/enrol", {"code": code})
    body = {"code": code, "handle": asked["handle"], "credential": odd, "label": "Key"}
    assert bo.post("/enrol/finish", body).status_code == 403
    assert bo.enrol(code).status_code == 201  # the link is still good


@pytest.mark.parametrize("label", ["", "   ", "a\nb", "x" * 81, "a\u202eb"])
def test_a_label_is_one_visible_line(newcomer: Make, invite: Invite, label: str) -> None:
    """What cannot be shown in a list is refused, and the link stays good."""
    bo, code = newcomer(), invite("Bo", example="reader")
    assert bo.enrol(code, label).json["error"]["code"] == "name-refused"
    assert bo.enrol(code, "Key").status_code == 201


def test_a_passkey_belongs_to_one_person(newcomer: Make, ada: Newcomer, invite: Invite) -> None:
    """One that is known already cannot be enrolled again, by anybody."""
    bo = newcomer()
    bo.passkey.id = ada.passkey.id
    assert bo.enrol(invite("Bo", example="reader")).json["error"] == REFUSED


def test_a_confirmation_takes_ones_own_passkey(
    ada: Newcomer, newcomer: Make, invite: Invite
) -> None:
    """A colleague's does not count, though it opens the desk for them."""
    bo = newcomer()
    bo.enrol(invite("Bo", example="reader"))
    asked = ada.asked("/confirm")
    listed = [one["id"] for one in asked["options"]["allowCredentials"]]
    assert listed == [to_text(ada.passkey.id)]
    own, ada.passkey = ada.passkey, bo.passkey
    assert ada.answer(asked, "confirm").json["error"] == REFUSED
    ada.passkey = own
    assert ada.confirm().status_code == 200


def test_only_known_ways_to_a_passkey_are_kept(newcomer: Make, invite: Invite) -> None:
    """What a browser makes up is left out, and asking for the passkey again still works."""
    bo, code = newcomer(), invite("Bo", example="reader")
    asked = bo.asked("/enrol", {"code": code})
    credential = bo.passkey.create(asked["options"])
    credential["response"]["transports"] = ["usb", "telepathy", "internal"]
    body = {"code": code, "handle": asked["handle"], "credential": credential, "label": "Key"}
    assert bo.post("/enrol/finish", body).status_code == 201
    (listed,) = bo.asked("/confirm")["options"]["allowCredentials"]
    assert listed["transports"] == ["usb", "internal"]


def test_signing_in_again_ends_the_session_before(ada: Newcomer, database: Database) -> None:
    """A browser holds one session; the one it had is not left behind."""
    ada.sign_in()
    with database.reading() as connection:
        ended = list(connection.scalars(select(sessions.c.ended_at).order_by("started_at")))
    assert sum(one is None for one in ended) == 1
    assert len(ended) == 2


def test_the_database_keeps_nothing_that_opens_the_desk(
    ada: Newcomer, database: Database, invite: Invite
) -> None:
    """Codes, handles and sessions are kept as hashes; of a passkey, its public half."""
    code, handle = invite("Bo", example="reader"), ada.asked("/sign-in")["handle"]
    with database.reading() as connection:
        dump = "\n".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]
    assert code not in dump
    assert handle not in dump
    with database.reading() as connection:
        (kept,) = connection.execute(select(passkeys)).all()
    assert kept.id == to_text(ada.passkey.id)
