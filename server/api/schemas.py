"""Shapes that more than one endpoint speaks."""

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from server.config import LIMITS
from server.core.problems import CATALOGUE
from server.kinds.base import storable
from server.rules.shape import ID_PATTERN


class Body(Schema):
    """A request's body: an unknown field is a mistake, not something to drop silently."""

    class Meta:
        unknown = RAISE


class ProblemShape(Schema):
    code = fields.String(required=True, validate=validate.OneOf(sorted(CATALOGUE)))
    fields_ = fields.Dict(
        keys=fields.String(), values=fields.List(fields.String()), data_key="fields", attribute="fields"
    )


class Refusal(Schema):
    """Every answer that is not a success. The sentences stand in `server/core/problems.json`."""

    problem = fields.Nested(ProblemShape, required=True)


class TextPage(Body):
    """Which page: `next` of the one before."""

    after = fields.String(load_default="", validate=[validate.Length(max=LIMITS.line_chars_max), storable])


def next_() -> fields.String:
    description = "the `after` of the next page; null on the last"
    return fields.String(required=True, allow_none=True, metadata={"description": description})


def id_() -> fields.String:
    return fields.String(required=True, validate=validate.Regexp(ID_PATTERN))


def line() -> fields.String:
    """A line that says something and that either database can keep."""
    return fields.String(required=True, validate=[validate.Length(1, LIMITS.line_chars_max), storable, _not_blank])


def _not_blank(written: str) -> None:
    if not written.strip():
        raise ValidationError("Blank.")


def password() -> fields.String:
    """Any text that could be a password; whether a new one is good enough is decided elsewhere."""
    return fields.String(required=True, validate=validate.Length(1, LIMITS.password_chars_max))


def chosen_password() -> fields.String:
    """A new one, where somebody may choose one."""
    return fields.String(load_default=None, validate=validate.Length(1, LIMITS.password_chars_max))


def second_factor_code(*, required: bool = False) -> fields.String:
    """Six digits of the app, or a recovery code."""
    given = {"required": True} if required else {"load_default": None}
    return fields.String(**given, validate=validate.Length(1, LIMITS.code_chars_max))
