"""flask-smorest, with our own shape of refusals and a JSON reader that is strict.

webargs reads JSON by the standard library, which takes NaN and lone surrogates and gives up with a
RecursionError on deep nesting; orjson refuses all three.
"""

import flask_smorest
import orjson
from flask import Request
from webargs.core import missing
from webargs.flaskparser import FlaskParser

from server.api.schemas import Refusal
from server.config import LIMITS
from server.core.problems import Problem
from server.sync import protocol


class StrictParser(FlaskParser):
    def load_json(self, req: Request, schema: object) -> object:  # noqa: ARG002 - webargs' signature
        if not req.is_json:
            return missing
        most = req.max_content_length or LIMITS.form_bytes_max
        body = protocol.unpacked(req.get_data(), req.headers.get("Content-Encoding"), most)
        if not protocol.holds_few_values(body):
            raise Problem("body_too_large")
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError:
            raise Problem("body_malformed") from None


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]  # flask-smorest ships no types
    ARGUMENTS_PARSER = StrictParser()


class Api(flask_smorest.Api):  # type: ignore[misc]  # flask-smorest ships no types
    """Without flask-smorest's error handler: all refusals leave through `server/core/error_handlers.py`."""

    ERROR_SCHEMA = Refusal

    def _register_error_handlers(self) -> None:
        pass
