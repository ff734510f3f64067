"""`portico report thank | unthank`: names on the page of thanks."""

import argparse
import os

from portal.cases.thanks import Thanks
from portal.commands import opened
from portal.desk import names
from portal.policy.clocks import utc_now


def register(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs to those of `portico report`."""
    thank = verbs.add_parser("thank", help="put a reporter's name on the public page of thanks")
    thank.add_argument("id", metavar="ID")
    thank.add_argument("name", metavar="NAME", help="exactly as they asked to be named")
    thank.set_defaults(run=_thank)
    unthank = verbs.add_parser("unthank", help="take the name out again")
    unthank.add_argument("id", metavar="ID")
    unthank.set_defaults(run=_unthank)
    for verb in (thank, unthank):
        verb.add_argument("--by", default=os.environ.get("USER", "operator"), help="who does it")


def _thank(options: argparse.Namespace) -> int:
    name = names.parse(options.name)
    with opened.instance() as instance:
        now, report = utc_now(), instance.store.report(options.id)
        policy = instance.catalogue.program(report.program, now=now).policy
        Thanks(instance.database).add(report, name, policy=policy, actor=options.by, now=now)
    print(f"“{name}” stands on the page of thanks of {policy.name}, for everybody to read.")
    return 0


def _unthank(options: argparse.Namespace) -> int:
    with opened.instance() as instance:
        report = instance.store.report(options.id)
        gone = Thanks(instance.database).take_out(report, actor=options.by, now=utc_now())
    print("The name is off the page." if gone else "No name of this report was on the page.")
    return 0
