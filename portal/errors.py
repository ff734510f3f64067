"""Every way Portico says no.

    PorticoError                 something a person can put right; carries code, message and hint
    ├── SettingMissing           a setting the instance cannot start without
    ├── MalformedToken           a token that was mistyped, cut, or is not ours
    ├── PackRefused              a policy pack with faults; lists all of them
    ├── KeysetRefused            a keyset that is unsigned, expired, mixed or out of order
    ├── IdentityRefused          a key file that cannot be used
    ├── SharingRefused           a file that cannot be shared with more people
    ├── DeliveryRefused          a delivery that breaks a rule of the intake
    │   ├── EnvelopeRefused      not an age file we take, or not the file that was declared
    │   ├── TooLarge             more bytes than the portal takes
    │   ├── StatementRefused     a signed statement that is forged, foreign or of another kind
    │   ├── OutOfScope           the policy refuses reports about this target
    │   ├── LookupTaken          another report was already filed under this token
    │   ├── MessageOutOfTurn     a message whose number is not the next in its thread
    │   ├── TooManyMessages      more messages within a day than a conversation has
    │   └── KeysetOutdated       sealed to a keyset that another one has replaced
    ├── QueueRefused             a question to the queue, or a saved view, that cannot be read
    ├── InquiryRefused           a question about targets that a program put in an odd way
    ├── NoSuchProgram            no program of that name is published here
    ├── NoSuchVersion            the policy was never published in that version
    ├── VersionRefused           a version that cannot be read, or is asked for where none are
    ├── NoValidKeys              the program's keys have expired, so its form is closed
    ├── ProgramPaused            the program takes no new reports for the time being
    ├── ProgramClosed            the program takes no new reports any more
    ├── NoSuchReport             unknown, expired and deleted tokens alike
    ├── EventRefused             an event that the report's state does not allow
    ├── SignInNeeded             nobody is signed in, or no longer
    ├── ConfirmationNeeded       a grave act, for which the passkey is asked for once more
    ├── NotAllowed               staff whose role does not reach that far
    ├── PasskeyRefused           a passkey that opens nothing here, whatever the reason
    ├── BodyRefused              a request that lacks what its address asks for
    ├── ReasonRefused            an act without the reason it takes, or with one of no list
    ├── NameRefused              a name or label that cannot be shown in one line
    ├── InvitationRefused        a link to the desk that is used, expired or unknown
    ├── NoSuchColleague          nobody of that name, or nobody whom the asking person looks after
    ├── LastAdmin                a change that would leave a program without an admin
    ├── ArchiveRefused           an opened envelope whose archive would not be safe to unpack
    ├── FileRefused              a file that a command cannot read or write
    ├── MessageRefused           a message that a command does not send as things stand
    ├── PortalRefused            the portal answered a command with an error
    │   └── Unanswered           no answer came; `portal.offline.answers` has it
    └── StoreUnavailable         nothing was kept; try again

`portal.age.errors` and `scope.errors` stand apart, because those two rooms can be used alone.
"""

from collections.abc import Mapping
from typing import ClassVar


class PorticoError(Exception):
    """Something went wrong that a person can put right.

    Attributes:
        code: Stable name for programs, in kebab-case.
        status: HTTP status that fits when the error reaches a page or the API.
        message: What happened, one sentence.
        hint: What to do next, one sentence.
        facts: What a program needs in order to go on, beside the sentences.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400

    def __init__(self, message: str, *, hint: str, facts: Mapping[str, int] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.facts = facts or {}


class SettingMissing(PorticoError):
    """A setting the instance cannot start without is absent or unreadable."""

    code = "setting-missing"
    status = 500


class MalformedToken(PorticoError):
    """A token that was mistyped, cut, or is not ours.

    Attributes:
        reason: ``length``, ``character``, ``checksum`` or ``version``: the first check that failed.
        group: The group of five (1 to 6) in which the mistake lies, when it can be located.
    """

    code = "malformed-token"

    def __init__(self, message: str, *, hint: str, reason: str, group: int | None = None) -> None:
        super().__init__(message, hint=hint)
        self.reason = reason
        self.group = group


class KeysetRefused(PorticoError):
    """A keyset that is unsigned, expired, mixed or out of order."""

    code = "keyset-refused"


class IdentityRefused(PorticoError):
    """A key file that is missing, damaged, or of the wrong kind for its use."""

    code = "identity-refused"


class SharingRefused(PorticoError):
    """A file that cannot be shared with more people, or whose new header would not hold."""

    code = "sharing-refused"


class DeliveryRefused(PorticoError):
    """A delivery that breaks a rule of the intake; nothing of it was stored."""

    code = "delivery-refused"


class EnvelopeRefused(DeliveryRefused):
    """Not an age file that this program takes, or not the file that was declared."""

    code = "envelope-refused"
    status = 422


class TooLarge(DeliveryRefused):
    """More bytes than the portal takes in one request."""

    code = "too-large"
    status = 413


class StatementRefused(DeliveryRefused):
    """A signed statement that is forged, foreign, damaged or of another kind."""

    code = "statement-refused"
    status = 422


class OutOfScope(DeliveryRefused):
    """The program's policy refuses reports about this target."""

    code = "out-of-scope"
    status = 422


class LookupTaken(DeliveryRefused):
    """Another report, with other contents, was already filed under this token."""

    code = "lookup-taken"
    status = 409


class MessageOutOfTurn(DeliveryRefused):
    """A message whose number is not the next in its thread; ``facts`` has the ``last`` one."""

    code = "message-out-of-turn"
    status = 409

    def __init__(self, last: int) -> None:
        super().__init__(
            f"The thread has {last} {'message' if last == 1 else 'messages'}; the next one has "
            f"the number {last + 1}.",
            hint="Read what came in meanwhile, then send yours again.",
            facts={"last": last},
        )


class TooManyMessages(DeliveryRefused):
    """More messages within a day than a conversation has."""

    code = "too-many-messages"
    status = 429


class KeysetOutdated(DeliveryRefused):
    """Sealed to a keyset that another one has replaced, so that somebody could not open it."""

    code = "keyset-outdated"
    status = 409


class QueueRefused(PorticoError):
    """A question to the queue, a mark or a saved view that cannot be read."""

    code = "queue-refused"

    @classmethod
    def about(cls, name: str, wanted: str) -> "QueueRefused":
        """Say that a value of a question cannot be used, and what it has to be."""
        return cls(f"“{name[:40]}” cannot be read.", hint=f"It has to be {wanted}.")


class InquiryRefused(PorticoError):
    """A question about targets that cannot be read; the message names the place."""

    code = "inquiry-refused"


class NoSuchProgram(PorticoError):
    """No program of that name is published here."""

    code = "no-such-program"
    status = 404

    @classmethod
    def called(cls, slug: str) -> "NoSuchProgram":
        """Say that no program of this name is published."""
        return cls(
            f"There is no program called “{slug}” here.",
            hint="Start from the front page, which lists every program.",
        )


class NoSuchVersion(PorticoError):
    """The program is published here, but its policy never was in that version."""

    code = "no-such-version"
    status = 404


class VersionRefused(PorticoError):
    """A version of a policy that cannot be read, or that is asked for where there are none."""

    code = "version-refused"


class NoValidKeys(PorticoError):
    """The program's keys have expired, so nobody could be sure who opens a report."""

    code = "no-valid-keys"
    status = 503


class ProgramPaused(PorticoError):
    """The program takes no new reports for the time being."""

    code = "program-paused"
    status = 503


class ProgramClosed(PorticoError):
    """The program takes no new reports any more."""

    code = "program-closed"
    status = 410


class NoSuchReport(PorticoError):
    """No report for this token: unknown, expired and deleted look the same."""

    code = "no-such-report"
    status = 404


class EventRefused(PorticoError):
    """An event that the report's state does not allow, or that lacks what it needs."""

    code = "event-refused"
    status = 409


class SignInNeeded(PorticoError):
    """Nobody is signed in at the desk, or the session or key is over."""

    code = "sign-in-needed"
    status = 401


class ConfirmationNeeded(PorticoError):
    """A grave act: the passkey must confirm first that its owner is there."""

    code = "confirmation-needed"
    status = 403


class NotAllowed(PorticoError):
    """An act that takes another role."""

    code = "not-allowed"
    status = 403


class PasskeyRefused(PorticoError):
    """A passkey that opens nothing here; which of the possible reasons it is, nobody is told."""

    code = "passkey-refused"
    status = 403

    @classmethod
    def plainly(cls) -> "PasskeyRefused":
        """Say no in the same words for every reason, so that the words give nothing away."""
        return cls(
            "This passkey does not open this desk.",
            hint="Try another passkey, or ask an admin for a new link.",
        )


class BodyRefused(PorticoError):
    """A request that lacks what its address asks for."""

    code = "body-refused"


class ReasonRefused(PorticoError):
    """An act without the reason it takes, or with one that is not in its list."""

    code = "reason-refused"


class NameRefused(PorticoError):
    """A name or label that is empty, too long, or not one line of visible text."""

    code = "name-refused"


class InvitationRefused(PorticoError):
    """A link to the desk that was used, has expired, or never was one."""

    code = "invitation-refused"
    status = 403


class NoSuchColleague(PorticoError):
    """Nobody of that name or id, as far as the asking person may know."""

    code = "no-such-colleague"
    status = 404


class LastAdmin(PorticoError):
    """A change that would leave a program without anybody who can care for it."""

    code = "last-admin"
    status = 409


class ArchiveRefused(PorticoError):
    """An opened envelope whose archive would not be safe to unpack."""

    code = "archive-refused"


class FileRefused(PorticoError):
    """A file that a command was given and cannot read, or cannot write."""

    code = "file-refused"


class MessageRefused(PorticoError):
    """A message that a command does not send as things stand; nothing of it left the machine."""

    code = "message-refused"


class PortalRefused(PorticoError):
    """The portal answered a command with an error, or could not be reached."""

    code = "portal-refused"


class StoreUnavailable(PorticoError):
    """The database could not keep the change; nothing was acknowledged."""

    code = "store-unavailable"
    status = 503
