"""What to say about how a rule is written."""

from scope.lint.grades import ERROR, NOTICE, WARNING, Advice

ADVICE: dict[str, Advice] = {
    "unreadable": Advice(
        ERROR,
        "The rule cannot be read and decides nothing.",
        "Write a host, address, URL or app id.",
    ),
    "path-alone": Advice(
        ERROR,
        "A path or port without a host permits nothing.",
        "Put the host before it; alone, it can only exclude.",
    ),
    "misspelt": Advice(
        ERROR,
        "The rule cannot be read as it is written; a person decides about {detail}.",
        "Write a host, address, URL or app id; a block as 192.0.2.0/24.",
    ),
    "prose": Advice(
        WARNING,
        "The rule is prose and decides nothing.",
        "Keep it as a note, or write what it covers.",
    ),
    "prose-with-asset": Advice(
        WARNING,
        "The rule is prose that mentions targets; a person decides about them.",
        "Write the target alone, and the rest as its note.",
    ),
    "condition": Advice(
        WARNING,
        "The rule joins a name and an address by a condition; a person decides.",
        "Write names and addresses as rules of their own, or the address as a condition.",
    ),
    "condition-proposed": Advice(
        WARNING,
        "The rule states a condition in words, which the engine never guesses at.",
        "Write it as a rule of its own: {detail}.",
    ),
    "condition-outside": Advice(
        WARNING,
        "The rule speaks of addresses that no included rule lists; a person decides.",
        "List the blocks, and write {detail!r} with not_resolves_to and these blocks.",
    ),
    "condition-never": Advice(
        ERROR, "The condition can never hold: {detail}.", "Correct the condition, or take it out."
    ),
    "condition-past": Advice(
        WARNING, "The rule has not applied since {detail}.", "Take it out, or give it a later day."
    ),
    "placeholder": Advice(
        WARNING,
        "The rule has a placeholder; a person decides about what it may stand for.",
        "Write the real name, or a star if every name is meant.",
    ),
    "redacted": Advice(
        WARNING,
        "Parts of the rule are blacked out, so it decides nothing.",
        "Write the whole name.",
    ),
    "as-number": Advice(
        NOTICE, "A network number decides nothing.", "List its address blocks as rules."
    ),
    "remark-lifted": Advice(
        NOTICE, "The remark {detail!r} is not a part of the target.", "Move it to the rule's note."
    ),
    "label-lifted": Advice(
        NOTICE, "The label {detail!r} is not a part of the target.", "Move it to the rule's note."
    ),
    "list-expanded": Advice(
        NOTICE, "One rule stands for {detail} targets.", "One target a rule makes verdicts clearer."
    ),
    "invisible-character": Advice(
        NOTICE, "An invisible character was left out.", "Type the rule again instead of pasting it."
    ),
    "blank": Advice(NOTICE, "Blanks were left out.", "Delete them."),
    "respelled": Advice(
        NOTICE, "A host, block or path is written in an unusual way.", "Write it plainly."
    ),
    "names-below": Advice(
        WARNING,
        "The words beside the rule may mean the names below {detail} too; a person decides.",
        "Write *.{detail} as a rule of its own, or take the words out.",
    ),
    "stray-bracket": Advice(
        NOTICE,
        "A bracket that nothing opens or closes was left out.",
        "Delete it, or add the other.",
    ),
    "ellipsis": Advice(
        WARNING, "Dots stand for more than the rule names.", "Name all of it, or write a star."
    ),
    "stray-mark": Advice(
        NOTICE, "Quotes, a comma or another mark round the rule was left out.", "Delete it."
    ),
    "fragment": Advice(
        NOTICE, "What follows # never reaches a server and is ignored.", "Delete it."
    ),
    "export": Advice(
        NOTICE,
        "Some tools cannot carry the {detail} of a rule.",
        "Check exports for them, and read the list of what was lost.",
    ),
    "mixed-scripts": Advice(
        WARNING,
        "The label {detail!r} mixes letters of different scripts, or has only look-alikes.",
        "Check each letter: look-alikes name another host.",
    ),
    "odd-sign": Advice(
        WARNING,
        "{detail!r} has a sign that no host name has.",
        "Type it again; separate targets with commas.",
    ),
    "label-hyphen": Advice(
        NOTICE, "The label {detail!r} starts with a hyphen.", "Check for a missing star or letter."
    ),
}
