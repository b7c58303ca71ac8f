"""JSON by orjson: fast, strict (no NaN, no lone surrogates, bounded depth), the same bytes everywhere."""

import orjson
from flask import Response
from flask.json.provider import JSONProvider


class OrjsonProvider(JSONProvider):
    """What `jsonify` and `request.get_json` use."""

    def dumps(self, obj: object, **_options: object) -> str:
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **_options: object) -> object:
        return orjson.loads(s)

    def response(self, *args: object, **kwargs: object) -> Response:
        body = orjson.dumps(self._prepare_response_obj(args, kwargs))
        return Response(body, mimetype="application/json")
