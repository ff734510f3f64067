"""Sealing by hand: what someone without script needs to make the same report with `age` alone."""

from portal.cases.program import Program
from portal.intake.form import Form

# What to type beside the two downloaded files; evidence is added to the list after report.md.
COMMAND = "tar cf - report.md | age -R recipients.txt -o report.age"

_VERSION_NEEDED = {
    "hybrid": "age 1.3 or newer (or age-plugin-pq); Debian 12 and 13 carry older ones",
    "classic": "any version of age",
}


def recipients(program: Program) -> str:
    """Return the file that `age -R` reads: every recipient of the keyset, named.

    Raises:
        NoValidKeys: The program has no valid keyset.
    """
    keyset = program.valid_keyset
    lines = [
        f"# {program.name}: keyset version {keyset.version}, valid until {keyset.expires:%Y-%m-%d}",
        f"# Signed by root key {keyset.fingerprint}",
        f"# Needs {_VERSION_NEEDED[keyset.kind]}.",
        "# To keep a copy you can open yourself, add your own recipient as a last line.",
    ]
    for entry in keyset.entries:
        lines += [f"# {entry.role}", entry.recipient]
    return "\n".join(lines) + "\n"


def version_needed(program: Program) -> str | None:
    """Say which `age` can seal to this program's keys; None while it has none."""
    return _VERSION_NEEDED[program.keyset.kind] if program.keyset else None


def template(program: Program, form: Form) -> str:
    """Return a report to fill in: the policy's own questions, as Markdown."""
    lines = [f"# Report to {program.name}", ""]
    for section in form.sections:
        asked = [one for one in section.fields if one.strength != "hidden"]
        if not asked:
            continue
        lines += [f"## {section.title}", ""]
        for one in asked:
            lines += [f"### {one.field.label} ({one.strength})", "", one.field.help or "", ""]
    clauses = program.policy.attested
    if clauses:
        lines += ["## What you confirm", "", "Delete the lines that are not true.", ""]
        lines += [f"- {clause.text} ({clause.id})" for clause in clauses]
    lines += _reply_lines()
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def _reply_lines() -> list[str]:
    return [
        "",
        "## How staff can answer",
        "",
        "Your own age recipient (`age-keygen -o key.txt` makes one), for staff to seal answers to:",
        "",
        "",
    ]
