"""Whether the server answers and its database too. Open to all: it says nothing about anybody."""

from importlib.metadata import version

from flask import Response, jsonify
from marshmallow import Schema, fields
from sqlalchemy import text

from server.api.contract import Blueprint
from server.auth import tokens
from server.core.models import db

blueprint = Blueprint("health", __name__, url_prefix="/api/health", description="Health")


class HealthReply(Schema):
    status = fields.Constant("ok", required=True)
    version = fields.String(required=True)


@blueprint.get("")
@tokens.open_to_all
@blueprint.response(200, HealthReply)
def health() -> Response:
    """A database that does not answer is refused like everywhere else: `try_later`."""
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok", version=version("ovikello"))
