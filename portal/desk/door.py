"""The ways in: a link and a new passkey, a passkey alone, and the passkey once more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.cases.database import Database
from portal.desk import invitations, passkeys
from portal.desk.challenges import Challenges, Purpose
from portal.desk.credentials import Credential
from portal.desk.invitations import Invitations
from portal.desk.member import Member
from portal.desk.passkeys import Holder, Passkeys
from portal.desk.relying_party import RelyingParty
from portal.desk.sessions import Sessions
from portal.errors import PasskeyRefused


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page passes on to the browser.

    Attributes:
        handle: What the page sends back with the answer.
        options: For `navigator.credentials`, bytes in base64url.
    """

    handle: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Door:
    """Lets people in."""

    database: Database
    party: RelyingParty

    def ask_anybody(self, *, now: datetime) -> Asked:
        """Ask for any passkey of this desk: nobody has to say who they are."""
        made = self._challenges.issue(Purpose.SIGN_IN, now=now)
        return Asked(made.handle, self.party.request(made.value))

    def sign_in(self, handle: str, answer: object, *, now: datetime) -> str:
        """Start a session for the holder of a passkey; return its secret.

        Raises:
            PasskeyRefused: It opens nothing: unknown, removed, a wrong signature, an owner who
                left. All look alike.
        """
        credential = Credential.signed(answer)
        challenge = self._challenges.take(handle, Purpose.SIGN_IN, now=now)
        holder = self._verified(credential, challenge, now)
        return Sessions(self.database).start(holder.staff, passkey=credential.id, now=now)

    def ask_invited(self, code: str, *, now: datetime) -> tuple[str, Asked]:
        """Return the name of an invited person, and ask for a new passkey of theirs.

        Raises:
            InvitationRefused: The link is used, expired or unknown.
        """
        invitee = Invitations(self.database).invitee(code, now=now)
        asked = self._ask_new(Purpose.ENROL, invitee.id, invitee.name, now)
        return invitee.name, asked

    def enrol(self, code: str, handle: str, answer: object, *, label: str, now: datetime) -> str:
        """Keep an invited person's new passkey, use the link up, and start a session.

        Raises:
            InvitationRefused: The link is used, expired or unknown.
            PasskeyRefused: The passkey could not be verified.
            NameRefused: The label is not one line of visible text.
        """
        invitee = Invitations(self.database).invitee(code, now=now)
        credential = Credential.created(answer)
        challenge = self._challenges.take(handle, Purpose.ENROL, staff=invitee.id, now=now)
        made = self.party.verify_new(credential, challenge)
        with self.database.writing() as connection:
            invitations.spend(connection, code, now=now)
            passkeys.add(connection, invitee.id, made, label=label, invited=True, now=now)
        return Sessions(self.database).start(invitee.id, passkey=made.id, now=now)

    def ask_again(self, member: Member, *, now: datetime) -> Asked:
        """Ask somebody who is signed in for one of their own passkeys."""
        made = self._challenges.issue(Purpose.CONFIRM, staff=member.id, now=now)
        known = Passkeys(self.database).known(member.id)
        return Asked(made.handle, self.party.request(made.value, known=known))

    def confirm(
        self, member: Member, secret: str, handle: str, answer: object, *, now: datetime
    ) -> None:
        """Note that somebody confirmed with their passkey within this session.

        Raises:
            PasskeyRefused: It is not theirs, or does not verify.
        """
        credential = Credential.signed(answer)
        challenge = self._challenges.take(handle, Purpose.CONFIRM, staff=member.id, now=now)
        self._verified(credential, challenge, now, only=member.id)
        Sessions(self.database).confirm(secret, now=now)

    def ask_another(self, member: Member, *, now: datetime) -> Asked:
        """Ask somebody who just confirmed for one more passkey.

        Raises:
            ConfirmationNeeded: They did not confirm.
        """
        member.require_fresh(now=now)
        return self._ask_new(Purpose.ADD, member.id, member.name, now)

    def add(
        self, member: Member, handle: str, answer: object, *, label: str, now: datetime
    ) -> None:
        """Keep one more passkey of somebody who just confirmed.

        Raises:
            ConfirmationNeeded: They did not confirm.
            PasskeyRefused: It could not be verified, or is known already.
            NameRefused: The label is not one line of visible text.
        """
        member.require_fresh(now=now)
        credential = Credential.created(answer)
        challenge = self._challenges.take(handle, Purpose.ADD, staff=member.id, now=now)
        made = self.party.verify_new(credential, challenge)
        with self.database.writing() as connection:
            passkeys.require_any(connection, member.id)
            passkeys.add(connection, member.id, made, label=label, invited=False, now=now)

    @property
    def _challenges(self) -> Challenges:
        return Challenges(self.database)

    def _ask_new(self, purpose: Purpose, staff_id: str, name: str, now: datetime) -> Asked:
        made = self._challenges.issue(purpose, staff=staff_id, now=now)
        known = Passkeys(self.database).known(staff_id)
        options = self.party.creation(made.value, staff_id=staff_id, name=name, known=known)
        return Asked(made.handle, options)

    def _verified(
        self, credential: Credential, challenge: bytes, now: datetime, *, only: str | None = None
    ) -> Holder:
        """Return whose passkey signed the challenge.

        Raises:
            PasskeyRefused: Nobody's, or not that of the one person who was asked.
        """
        known = Passkeys(self.database)
        holder = known.holder(credential.id)
        if holder is None or only not in {None, holder.staff}:
            raise PasskeyRefused.plainly()
        count = self.party.verify(
            credential, challenge, public_key=holder.public_key, staff_id=holder.staff
        )
        known.note_use(credential.id, sign_count=count, now=now)
        return holder
