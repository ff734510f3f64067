"""What to say about what rules do to each other."""

from scope.lint.grades import ERROR, NOTICE, WARNING, Advice

ADVICE: dict[str, Advice] = {
    "duplicate": Advice(WARNING, "The rule says the same as {detail!r}.", "Delete one of the two."),
    "shadowed": Advice(
        NOTICE, "{detail!r} covers all of this rule already.", "Keep it only if its note matters."
    ),
    "both-sides": Advice(
        WARNING, "{detail!r} excludes the very same, and exclusions win.", "Delete one of the two."
    ),
    "inside-exclusion": Advice(
        NOTICE,
        "The rule lies inside the exclusion {detail!r}, and wins over it as the smaller one.",
        "Delete it if the exclusion was meant to end it.",
    ),
    "under-exclusion": Advice(
        WARNING,
        "The rule lies inside the exclusion {detail!r}, and in this program exclusions always win.",
        "Delete it, or let smaller rules count.",
    ),
    "silent-exclusion": Advice(
        ERROR,
        "The exclusion excludes nothing.",
        "Write the targets that it means, or keep it outside of the rules.",
    ),
    "excludes-nothing": Advice(
        NOTICE,
        "No included rule reaches what this one excludes.",
        "Keep it as a clear word, or go.",
    ),
    "apex-unmentioned": Advice(
        NOTICE,
        "The rule covers names below {detail}, and no rule says whether {detail} itself is meant.",
        "Add a rule for {detail}, or decide what wildcards mean in this program.",
    ),
}
