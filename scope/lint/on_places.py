"""What to say about what a rule covers."""

from scope.lint.grades import NOTICE, WARNING, Advice

ADVICE: dict[str, Advice] = {
    "public-suffix": Advice(
        WARNING,
        "The rule covers {detail}, where strangers register names.",
        "Mark the rule as confirmed if all of it is yours; until then it permits nothing.",
    ),
    "hosting-suffix": Advice(
        WARNING,
        "The rule covers {detail}, whose names a provider lends to its customers.",
        "Name your own hosts, or mark the rule as confirmed.",
    ),
    "broad-block": Advice(
        WARNING,
        "The rule covers {detail} addresses.",
        "Name smaller blocks, or mark the rule as confirmed; until then it permits nothing.",
    ),
    "star-on-name": Advice(
        WARNING,
        "The star stands where strangers choose the name.",
        "Write a dot after the star, or list the names.",
    ),
    "star-in-suffix": Advice(
        WARNING,
        "A star inside the last label permits nothing.",
        "Write *, or the suffixes you mean.",
    ),
    "top-level-star": Advice(
        WARNING,
        "The rule covers the name under every public suffix, also those you do not hold.",
        "List the suffixes that are yours.",
    ),
    "store-page": Advice(
        WARNING,
        "The rule names a page of an app store that is not an app's own; a person decides.",
        "Link the app's own page, or mark the rule as confirmed if the store is yours.",
    ),
    "user-part": Advice(
        WARNING,
        "An e-mail address names no host; a person decides.",
        "Write the host alone.",
    ),
    "shared-host": Advice(
        WARNING,
        "{detail} serves many owners, and the rule covers all of it.",
        "Name the path of your own page or repository.",
    ),
    "app-as-host": Advice(
        NOTICE, "The rule is shaped like an app's package name.", "Write android: before it."
    ),
    "host-as-app": Advice(
        WARNING,
        "{detail} is written as an app and looks like a host, which it does not cover.",
        "Write the host alone, if that is meant.",
    ),
    "query-widened": Advice(
        NOTICE,
        "The exclusion asks for a query; on the same page without it, a person decides.",
        "Exclude the whole page, if that is meant.",
    ),
    "url-block": Advice(
        WARNING,
        "The rule is a URL whose path looks like the length of a block: {detail}.",
        "Write the block without http, if that is meant; a URL permits its one address only.",
    ),
    "old-address": Advice(
        NOTICE, "The host is an old spelling of the address {detail}.", "Write the address."
    ),
    "odd-scheme": Advice(
        NOTICE,
        "The port of {detail}:// is not known, so the rule permits by that scheme only.",
        "Write the port after the host.",
    ),
    "unknown-suffix": Advice(
        NOTICE,
        "No public name ends in {detail}.",
        "Check the spelling, unless the name is internal.",
    ),
    "private-address": Advice(
        NOTICE,
        "{detail} is not reachable from the internet.",
        "Say in a note how researchers get there.",
    ),
    "host-bits": Advice(
        NOTICE, "The block is written with host bits; it means {detail}.", "Write the block itself."
    ),
    "reversed-range": Advice(
        NOTICE, "The range is written backwards; it means {detail}.", "Write the lower end first."
    ),
}
