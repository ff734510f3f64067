"""What a reporter orders on the command line: options and a Markdown file, read into an `Order`."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from portal.cases.kinds import KINDS, QUESTION, QUICK, REPORT
from portal.errors import DeliveryRefused, PortalRefused
from portal.offline import order, readiness, reading, report_file
from portal.offline.order import Order

ANSWERS: Mapping[str, bool] = {"yes": True, "no": False}


def add(send: argparse.ArgumentParser) -> None:
    """Add the options that say what is sent."""
    send.add_argument("--program", required=True, metavar="SLUG")
    send.add_argument("--target", help="checked without its path and query; or as the report says")
    send.add_argument("--title", help="what is wrong, and where, in one line; likewise")
    send.add_argument(
        "--kind",
        choices=tuple(KINDS),
        default=REPORT,
        help="quick: target and title are enough for now; question: no target, no clock",
    )
    send.add_argument(
        "--exposed", action="store_true", help="non-public data lies open; the server sees this"
    )
    send.add_argument(
        "--exploited", action="store_true", help="it is being exploited; the server sees this"
    )
    send.add_argument("files", nargs="*", type=Path, metavar="FILE")
    send.add_argument("--field", action="append", default=[], metavar="ID=TEXT", type=_pair)
    send.add_argument("--answer", action="append", default=[], metavar="ID=yes|no", type=_answer)
    send.add_argument("--attest", action="append", default=[], metavar="CLAUSE")
    send.add_argument("--no-copy", action="store_true", help="do not let the token open it")
    send.add_argument("--with-path", action="store_true", help="let the check see the path too")


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not name or not separator:
        raise argparse.ArgumentTypeError("write it as NAME=VALUE")
    return name, value


def _answer(text: str) -> tuple[str, bool]:
    name, value = _pair(text)
    if value not in ANSWERS:
        raise argparse.ArgumentTypeError("write it as NAME=yes or NAME=no")
    return name, ANSWERS[value]


def read(options: argparse.Namespace) -> Order:
    """Return what is wanted.

    Raises:
        DeliveryRefused: It names no target, no title, or more than its kind may have.
        PortalRefused: A file is missing, or is none.
        TooLarge: The files are more than a portal takes.
    """
    return _question(options) if options.kind == QUESTION else _order(options)


def _order(options: argparse.Namespace) -> Order:
    more = dict(options.field)
    written, files = _written(options)
    target = order.target_of(written, given=options.target)
    return Order(
        program=options.program,
        target=target,
        fields=order.fields_of(written, title=options.title, target=target, more=more),
        files=files,
        answers=dict(options.answer),
        attested=list(dict.fromkeys([*written.attested, *options.attest])),
        used=written.used,
        own_copy=not options.no_copy,
        with_path=options.with_path,
        kind=options.kind,
        exposed=options.exposed,
        exploited=options.exploited,
    )


def _question(options: argparse.Namespace) -> Order:
    """Return a question: it has no target, confirms nothing, and starts no clock."""
    written, files = _written(options)
    if options.target or written.target or options.exposed or options.exploited:
        raise DeliveryRefused(
            "A question has no target, and nothing about it is urgent.",
            hint="Send what you found as a report, or name the target in the question's text.",
        )
    return Order(
        program=options.program,
        target="",
        fields=order.question_of(written, subject=options.title, more=dict(options.field)),
        files=files,
        answers=dict(options.answer),
        own_copy=not options.no_copy,
        kind=QUESTION,
    )


def _written(options: argparse.Namespace) -> tuple[report_file.Written, list[Path]]:
    """Return what stands in the first Markdown file, and the other files."""
    readiness.check_fields(dict(options.field))
    files = list(options.files)
    report = next((path for path in files if path.suffix.lower() == ".md"), None)
    if report is None and options.kind != QUICK:
        raise PortalRefused(
            f"None of the files is the {options.kind}.",
            hint="Write it as Markdown, in a file named .md.",
        )
    written = report_file.read(reading.text(report) if report else "")
    files = [path for path in files if path != report]
    readiness.check_files(files)
    return written, files
