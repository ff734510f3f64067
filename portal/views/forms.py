"""The forms that are posted in the clear: a target, a token, a receipt, a sealed file.

Report fields are not among them: they exist in the browser only. The public face has no session,
hence no authority that a foreign page could borrow, and so no cross-site token.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import CombinedMultiDict
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from portal.errors import DeliveryRefused, MalformedToken, StatementRefused
from portal.intake.checking import LONGEST_TARGET, Inquiry
from portal.intake.looking_back import Memory

LONGEST_TOKEN = 200  # characters; leaves room for blanks and line breaks in a pasted one
LONGEST_STATEMENT = 64 * 1024  # characters of a pasted receipt
LONGEST_CODE = 100  # characters; leaves room for blanks in a pasted one


class PublicForm(FlaskForm):  # type: ignore[misc]
    """A form of the public face."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """No session, no cookie, no cross-site token."""

        csrf = False

        def wrap_formdata(self, _form: object, _formdata: object) -> CombinedMultiDict[str, Any]:
            """Read posted fields alone: a JSON body is not a form."""
            posted: tuple[Any, ...] = (request.files, request.form)
            return CombinedMultiDict(posted)


class TargetForm(PublicForm):
    """What the checker asks for; the policy's own questions come along as ``answer-…``."""

    target = StringField(validators=[DataRequired(), Length(max=LONGEST_TARGET)])

    def inquiry(self, fields: Mapping[str, str]) -> Inquiry:
        """Return what was asked; no target, or far too much of one, asks about nothing."""
        asked = Inquiry.from_form(fields)
        return asked if self.validate() else replace(asked, target="")


class TokenForm(PublicForm):
    """What someone without script types to see a report's state."""

    token = StringField(validators=[DataRequired(), Length(max=LONGEST_TOKEN)])

    def text(self) -> str:
        """Return what was typed.

        Raises:
            MalformedToken: Nothing, or far too much.
        """
        if not self.validate():
            raise MalformedToken(
                "Please enter your token or status code.",
                hint="A token has six groups of five characters; a status code has 64.",
                reason="length",
            )
        return str(self.token.data)


class ProofForm(PublicForm):
    """A receipt to be checked, and what its holder kept beside it."""

    statement = StringField(validators=[DataRequired(), Length(max=LONGEST_STATEMENT)])
    target = StringField(validators=[Length(max=LONGEST_TARGET)])
    code = StringField(validators=[Length(max=LONGEST_CODE)])

    def memory(self, fields: Mapping[str, str]) -> Memory:
        """Return what was kept beside the receipt; `text` judges the lengths.

        Raises:
            InquiryRefused: A fact that cannot be read.
        """
        asked = Inquiry.from_form(fields)
        return Memory(asked.target.strip(), str(self.code.data or ""), asked.answers, asked.facts)

    def text(self) -> str:
        """Return what was pasted.

        Raises:
            StatementRefused: Nothing, or far too much.
        """
        if not self.validate():
            raise StatementRefused(
                "Please paste a receipt.",
                hint="It is one long line with two dots in it; a target and a code are short.",
            )
        return str(self.statement.data).strip()


class SealedFileForm(PublicForm):
    """A file that was sealed by hand."""

    sealed = FileField(validators=[FileRequired()])

    def check(self) -> None:
        """Make sure that a file was chosen.

        Raises:
            DeliveryRefused: None was.
        """
        if not self.validate():
            raise DeliveryRefused(
                "No file was chosen.", hint="Choose the .age file that the command made."
            )
