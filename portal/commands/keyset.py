"""`portico keyset`: whose keys a program's reports are sealed to."""

import argparse
import os
import tempfile
from getpass import getpass
from pathlib import Path

from portal.commands import sharing
from portal.offline import key_files, reading, visible
from portal.offline.identity import parse_card, parse_root
from portal.offline.keyring import KeysetDraft, missing_recovery, parse_public_key
from portal.offline.pins import Pins
from portal.policy.clocks import utc_now
from portal.policy.entries import RECOVERY
from portal.policy.keyset import LIFETIME, Keyset


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    keyset = subparsers.add_parser("keyset", help="put together and sign a keyset")
    verbs = keyset.add_subparsers(dest="verb", required=True)
    _register_drafting(verbs)
    sign = verbs.add_parser("sign", help="sign a draft with the root key, offline")
    sign.add_argument("draft", type=Path, metavar="DRAFT")
    sign.add_argument("--root", type=Path, required=True, metavar="FILE", help="the root key")
    sign.add_argument("-o", "--output", type=Path, required=True, metavar="KEYSET")
    sign.add_argument("--days", type=int, default=LIFETIME.days, help="until it expires")
    sign.set_defaults(run=_sign)
    verify = verbs.add_parser("verify", help="check a signed keyset, and show it")
    verify.add_argument("keyset", type=Path, metavar="KEYSET")
    verify.add_argument("--root", metavar="FINGERPRINT", help="the root it must be signed by")
    verify.set_defaults(run=_verify)
    publish = verbs.add_parser("publish", help="put it in force on the server ($PORTICO_DIR)")
    publish.add_argument("keyset", type=Path, metavar="KEYSET")
    publish.set_defaults(run=_publish)
    sharing.register(verbs)
    forget = verbs.add_parser("forget", help="expect no root any more, as of a demo made anew")
    forget.add_argument("--url", required=True, help="address of the portal")
    forget.add_argument("--program", metavar="SLUG", help="only this one, not all of the portal's")
    forget.set_defaults(run=_forget)


def _register_drafting(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    new = verbs.add_parser("new", help="start a draft")
    new.add_argument("-o", "--output", type=Path, required=True, metavar="DRAFT")
    start = new.add_mutually_exclusive_group(required=True)
    start.add_argument("--program", metavar="SLUG", help="a program's first keyset")
    start.add_argument("--after", type=Path, metavar="KEYSET", help="the one that follows this")
    new.add_argument("--classic", action="store_true", help="X25519 keys, not post-quantum")
    new.add_argument("--receipt-key", type=Path, metavar="FILE", help="the server's receipt.pub")
    new.set_defaults(run=_new)
    add = verbs.add_parser("add", help="add people, or the server's receipt key")
    add.add_argument("draft", type=Path, metavar="DRAFT")
    add.add_argument("cards", type=Path, nargs="*", metavar="CARD")
    add.add_argument("--role", default="handler", help=f"what they do, or {RECOVERY}")
    add.add_argument("--receipt-key", type=Path, metavar="FILE", help="the server's receipt.pub")
    add.set_defaults(run=_add)
    remove = verbs.add_parser("remove", help="take somebody out")
    remove.add_argument("draft", type=Path, metavar="DRAFT")
    remove.add_argument("name", metavar="NAME")
    remove.set_defaults(run=_remove)


def _new(options: argparse.Namespace) -> int:
    if options.after:
        draft = KeysetDraft.after(Keyset.read(reading.text(options.after), root=None))
    else:
        draft = KeysetDraft(options.program, "classic" if options.classic else "hybrid")
    draft = _with_receipt_key(draft, options)
    key_files.write_new(options.output, draft.text().encode("utf-8"), mode=key_files.PUBLIC_MODE)
    print(f"{options.output} becomes version {draft.version} of {draft.program}'s keyset.")
    return 0


def _add(options: argparse.Namespace) -> int:
    draft = _with_receipt_key(KeysetDraft.parse(reading.text(options.draft)), options)
    for path in options.cards:
        draft = draft.adding(parse_card(reading.text(path)), role=options.role)
    _rewrite(options.draft, draft)
    print(f"{options.draft} holds {len(draft.entries)} recipients.")
    if missing_recovery(draft):
        print(f"It still needs a recovery recipient: `portico keyset add … --role {RECOVERY}`.")
    return 0


def _remove(options: argparse.Namespace) -> int:
    draft = KeysetDraft.parse(reading.text(options.draft)).removing(options.name)
    _rewrite(options.draft, draft)
    print(f"{options.name} is out. Reports sealed before stay readable with their key.")
    return 0


def _sign(options: argparse.Namespace) -> int:
    draft = KeysetDraft.parse(reading.text(options.draft))
    root = parse_root(key_files.read(options.root, ask=getpass))
    text = draft.signed(root, days=options.days, now=utc_now())
    key_files.write_new(options.output, text.encode("ascii"), mode=key_files.PUBLIC_MODE)
    _show(Keyset.read(text, root=None))
    print(f"Signed: {options.output}. On the server: `portico keyset publish {options.output}`.")
    return 0


def _verify(options: argparse.Namespace) -> int:
    text = reading.text(options.keyset)
    program = Keyset.read(text, root=options.root).program
    _show(Keyset.verify(text, root=options.root, program=program, now=utc_now()))
    if options.root is None:
        print("Compare the root's fingerprint with the one on the program's keys page,")
        print("and with one you got another way.")
    return 0


def _publish(options: argparse.Namespace) -> int:
    # Only this verb runs on the server and needs its database.
    from portal.commands import opened
    from portal.commands.publishing import publish_keyset
    from portal.desk.sharing import Sharing, covering

    text = reading.text(options.keyset)
    with opened.instance() as instance:
        keyset = publish_keyset(text, instance.catalogue, now=utc_now())
        history = instance.catalogue.keyset_history(keyset.program)
        reports, files = Sharing(instance.database).count_unshared(
            keyset.program, covering(history)
        )
    print(
        f"Version {keyset.version} of {keyset.program}'s keyset is in force until {_day(keyset)}."
    )
    if files:
        print(
            f"{files} files of {reports} reports do not open for everybody in it yet. Share them on"
        )
        print("the desk's page of keys, or with `portico keyset share`.")
    return 0


def _forget(options: argparse.Namespace) -> int:
    pins = Pins.of_user()
    url = options.url if "://" in options.url else f"https://{options.url}"
    for program in pins.forget(url, options.program):
        print(f"Forgotten: the root of {visible.line(program)}. The next one seen is expected.")
    return 0


def _show(keyset: Keyset) -> None:
    print(f"Program   {keyset.program}")
    print(f"Version   {keyset.version}, {keyset.kind}, valid until {_day(keyset)}")
    print(f"Root      {keyset.fingerprint}")
    print(f"Receipts  {keyset.receipt_key.kid}")
    for entry in keyset.entries:
        print(f"  {entry.name} ({entry.role})  {_short(entry.recipient)}")


def _day(keyset: Keyset) -> str:
    return f"{keyset.expires:%Y-%m-%d %H:%M} UTC"


def _short(recipient: str) -> str:
    return recipient if len(recipient) <= 64 else f"{recipient[:24]}…{recipient[-12:]}"


def _with_receipt_key(draft: KeysetDraft, options: argparse.Namespace) -> KeysetDraft:
    if options.receipt_key is None:
        return draft
    return draft.with_receipt_key(
        parse_public_key(reading.text(options.receipt_key)), now=utc_now()
    )


def _rewrite(path: Path, draft: KeysetDraft) -> None:
    """Replace a draft in one step, so that it is never half written."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(draft.text())
    Path(name).chmod(key_files.PUBLIC_MODE)
    Path(name).replace(path)
