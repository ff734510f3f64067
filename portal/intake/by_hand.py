"""Sealing by hand: what someone without script needs to make the same report with `age` alone."""

from portal.cases.program import Program
from portal.intake.form import Form
from portal.policy.field import Asked

# What to type beside the two downloaded files; evidence is added to the list after report.md.
COMMAND = "tar cf - report.md | age -R recipients.txt -o report.age"
QUESTION_COMMAND = "tar cf - question.md | age -R recipients.txt -o question.age"

# Where staff look for the key to answer to.
OWN_KEY = "Your own age public key, if you want answers:"

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


def template(program: Program, form: Form) -> str:
    """Return a report to fill in: the policy's own questions, as Markdown.

    What explains a question stands in comments, so that only answers remain as text.
    """
    parts = [f"# Report to {program.name}", _comment(_INTRODUCTION)]
    for section in form.sections:
        questions = [_question(asked) for asked in section.fields if asked.field.kind != "files"]
        if section.id == "target":
            questions.insert(0, _TARGET)
        if section.id == "finding":
            questions += _urgent(form)
        if section.id == "evidence":
            questions.append(_EVIDENCE)
        if questions:
            parts += [f"## {section.title}", *questions]
    parts += _conduct(form)
    return "\n\n".join([*parts, _reply(program)]) + "\n"


def question(program: Program, form: Form) -> str:
    """Return a question to fill in, for policies that take questions."""
    asked = [_question(one) for one in form.question]
    parts = [f"# Question to {program.name}", _comment(_ASKING), *asked, _reply(program)]
    return "\n\n".join(parts) + "\n"


def _urgent(form: Form) -> list[str]:
    asked = [_question(one) for group in form.urgent.values() for one in group]
    return [_comment(_URGENT), *asked]


def _comment(text: str) -> str:
    return f"<!-- {text} -->"


_INTRODUCTION = "Write below each heading. Notes like this one are for you and may stay or go."
_ASKING = (
    "A question is not a report and starts no clock. If you found something, fill in report.md "
    "instead. Write below each heading."
)
_URGENT = (
    "The next four are for what cannot wait: non-public data lies open, or the problem is being "
    "exploited. Then also tick it where you send the file, so that staff open yours first."
)
_TARGET = "### Target\n\n" + _comment("Required. The site, address or app you found it in.")
_EVIDENCE = _comment(
    "Name your files after report.md in the command that seals the report. Pictures keep hidden "
    "data such as place and camera: take it out first, for example with `exiftool -all= FILE`."
)
_REPLY = (
    "A key of your own lets staff answer: `{command}` makes one, and prints its public half. Staff "
    "cannot see in the sealed file whose keys it has, so yours has to stand here. Answers wait for "
    "you on the status page."
)
_KEYGEN = {"hybrid": "age-keygen -pq -o key.txt", "classic": "age-keygen -o key.txt"}


def _reply(program: Program) -> str:
    kind = program.keyset.kind if program.keyset else "hybrid"
    note = _comment(_REPLY.format(command=_KEYGEN[kind]))
    return f"## How staff can answer\n\n{note}\n\n{OWN_KEY}"


def _question(asked: Asked) -> str:
    offered = " / ".join(choice.label for choice in asked.field.choices)
    notes = [f"{asked.strength.capitalize()}.", asked.field.help, asked.note]
    notes += [f"One of: {offered}."] if offered else []
    said = " ".join(note for note in notes if note)
    return f"### {asked.field.label}\n\n{_comment(said)}"


def _conduct(form: Form) -> list[str]:
    parts: list[str] = []
    if form.statements:
        lines = "\n".join(f"- [ ] {clause.statement} ({clause.id})" for clause in form.statements)
        parts += [
            "## What you confirm",
            _comment("Put an x into the brackets of each line that is true."),
            lines,
        ]
    if form.methods:
        lines = "\n".join(f"- [ ] {clause.text} ({clause.id})" for clause in form.methods)
        note = _comment("The policy rules these out. Put an x into the brackets of what you did.")
        parts += ["## What you did all the same", note, lines]
    return parts
