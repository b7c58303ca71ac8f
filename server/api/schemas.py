"""Shapes that more than one endpoint speaks."""

from marshmallow import RAISE, Schema, fields, validate

from server.config import LIMITS
from server.kinds.base import ID_PATTERN
from server.problems import CATALOGUE


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
    """Every answer that is not a success. The sentences stand in `server/problems.json`."""

    problem = fields.Nested(ProblemShape, required=True)


def id_() -> fields.String:
    return fields.String(required=True, validate=validate.Regexp(ID_PATTERN))


def line() -> fields.String:
    return fields.String(required=True, validate=validate.Length(1, LIMITS.line_chars_max))


def password() -> fields.String:
    """Any text that could be a password; whether a new one is good enough is decided elsewhere."""
    return fields.String(required=True, validate=validate.Length(1, LIMITS.password_chars_max))
