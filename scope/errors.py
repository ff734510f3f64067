"""What `scope` says when it cannot go on.

    ScopeError              something a person can put right; carries code, message and hint
    ├── InvalidTarget       a text that names no target
    ├── RuleRefused         a rule whose parts contradict each other
    ├── FactRefused         something said about a target that cannot be read
    ├── AnswerRefused       an answer that is neither yes nor no, or to no question of the rules
    ├── SettingRefused      a way to read rules that there is not
    ├── RulesUnreadable     a rules file with lines that cannot be taken
    └── FormatUnreadable    a file that is not in the format it was said to be in

`scope` raises nothing else, whatever text it is given.
"""


class ScopeError(Exception):
    """Something went wrong that a person can put right.

    Attributes:
        code: Stable name for programs, in kebab-case.
        message: What happened, one sentence.
        hint: What to do next, one sentence.
    """

    code: str = "scope-error"

    def __init__(self, message: str, *, hint: str, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if code is not None:
            self.code = code


class InvalidTarget(ScopeError):
    """A text that names no target; ``code`` says which check failed."""

    code = "invalid-target"


class RuleRefused(ScopeError):
    """A rule whose parts contradict each other, such as questions on an included rule."""

    code = "rule-refused"


class FactRefused(ScopeError):
    """Something said about a target that cannot be read; ``code`` is ``bad-fact``."""

    code = "bad-fact"


class AnswerRefused(ScopeError):
    """An answer that is no bool (``bad-answer``), or to no question (``unknown-answer``)."""

    code = "bad-answer"


class SettingRefused(ScopeError):
    """A setting with a value that it cannot have; ``code`` is ``bad-setting``."""

    code = "bad-setting"


class RulesUnreadable(ScopeError):
    """A rules file with lines that cannot be taken; ``code`` is ``rules-unreadable``."""

    code = "rules-unreadable"


class FormatUnreadable(ScopeError):
    """A file that is not in the format it was said to be in; ``code`` is ``format-unreadable``."""

    code = "format-unreadable"
