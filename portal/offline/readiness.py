"""What has to be settled before anything is sealed: better asked now than sent and regretted."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from portal.cases.kinds import QUESTION
from portal.config import MAX_DELIVERY
from portal.errors import DeliveryRefused, PortalRefused, TooLarge
from portal.intake.occasions import OCCASIONAL
from portal.offline import promised, visible
from portal.offline.archive import Archive, Member
from portal.offline.order import Order
from portal.offline.sent_target import sent_target
from portal.policy.fields import FIELDS

MEGABYTE = 2**20  # bytes, as the portal's own pages count
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp"})
UNCLEAR = "It is not one clear address, so it was not sent to be checked."


def check_fields(names: Iterable[str]) -> None:
    """Make sure the form has these fields.

    Raises:
        DeliveryRefused: It does not; the hint names those it has.
    """
    offered = {**FIELDS, **OCCASIONAL}
    known = [each.id for each in offered.values() if each.kind != "files"]
    for name in names:
        if name not in known:
            raise DeliveryRefused(
                f"The form has no field “{visible.line(name)}”.",
                hint=f"Its fields are: {', '.join(known)}.",
            )


def check_files(files: Sequence[Path]) -> None:
    """Make sure the attachments are files, and fit into one delivery with their padding.

    Raises:
        PortalRefused: One is no file.
        TooLarge: Together they are more than a portal takes.
    """
    for path in files:
        if not path.is_file():
            raise PortalRefused(f"{path} is not a file.", hint="Pack folders into an archive.")
    length = Archive([Member.of_file(path.name, path) for path in files], 0).length
    check_length(length if files else 0)


def check_length(length: int) -> None:
    """Make sure a delivery of that many bytes can be sent.

    Raises:
        TooLarge: It is more than a portal takes at once.
    """
    if length > MAX_DELIVERY:
        raise TooLarge(
            f"The files make {length / MEGABYTE:.1f} MB, and a delivery may have "
            f"{MAX_DELIVERY // MEGABYTE} MB.",
            hint="Leave out what shows nothing new, or compress it.",
        )


def pictures(files: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files that may say where, when and with what they were taken."""
    return tuple(path for path in files if path.suffix.lower() in PICTURES)


def check_target(order: Order) -> None:
    """Make sure the target can be checked; a question has none.

    Raises:
        DeliveryRefused: It is not one clear address.
    """
    if order.kind == QUESTION:
        return
    if sent_target(order.target, uses_paths=order.with_path) is None:
        raise unclear("The target is not one clear address.")


def check_verdict(verdict: Mapping[str, Any], *, answers: Mapping[str, bool]) -> None:
    """Make sure the portal could read the target, and waits for no answer.

    Raises:
        DeliveryRefused: It could not, or it does.
    """
    if verdict.get("ruling") == "invalid":
        raise unclear("The portal could not read the target.")
    asked = [name for name in questions(verdict) if name not in answers]
    if verdict.get("ruling") == "review" and asked:
        words = " ".join(f"--answer {name}=yes|no" for name in asked)
        raise DeliveryRefused(
            "Whether the target is in scope depends on your answers, so nothing was sent yet.",
            hint=f"Add {words}, or --unchecked to leave it open.",
        )


def check_answers(answers: Iterable[str], *, asked: Mapping[str, str]) -> None:
    """Make sure all answers are to questions that were asked.

    Raises:
        DeliveryRefused: One is not; the hint names those that were.
    """
    for name in answers:
        if name not in asked:
            known = f"The questions are: {', '.join(asked)}." if asked else "There are none."
            raise DeliveryRefused(
                f"“{visible.line(name)}” is no question about this target.", hint=known
            )


def questions(verdict: Mapping[str, Any]) -> dict[str, str]:
    """Return the questions of a verdict by their id, harmless to look at."""
    return {
        visible.line(each.get("id")): visible.line(each.get("text"))
        for each in promised.objects(verdict.get("questions"))
    }


def unclear(message: str) -> DeliveryRefused:
    """Return the error about a target that was not checked."""
    return DeliveryRefused(
        f"{message} Nothing was sent.",
        hint="Give one host, address or app; or add --unchecked to send it as not checked.",
    )
