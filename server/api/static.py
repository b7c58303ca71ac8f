"""The built PWA. Hashed files are kept for ever, the shell is asked for anew, app routes get the shell."""

import mimetypes
from pathlib import Path

from flask import Blueprint, Response, request, send_from_directory
from werkzeug.security import safe_join

from server.auth import tokens
from server.core.problems import Problem

ROOT = Path(__file__).parents[1] / "static"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_ANEW = "no-cache"
#: smaller copies beside a file, best first: name suffix by what the browser accepts
ENCODINGS = {"br": ".br", "gzip": ".gz"}

blueprint = Blueprint("static", __name__)
mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("text/javascript", ".js")


@blueprint.get("/")
@blueprint.get("/<path:name>")
@tokens.open_to_all
def static(name: str = "index.html") -> Response:
    if name.partition("/")[0] == "api":
        raise Problem("not_found")
    if name.endswith(tuple(ENCODINGS.values())):
        raise Problem("not_found")  # a smaller copy has no address of its own: alone nobody could read it
    if not _is_file(name):
        # A route of the app has no dot; a missing file does, and must not turn into a page.
        if "." in name.rpartition("/")[2]:
            raise Problem("not_found")
        name = "index.html"
    return _send(name)


def _is_file(name: str) -> bool:
    path = safe_join(str(ROOT), name)
    return path is not None and Path(path).is_file()


def _send(name: str) -> Response:
    kept = FOR_EVER if name.startswith("assets/") else ASK_ANEW
    encoding = _smaller(name)
    suffix = ENCODINGS.get(encoding, "")
    if not suffix and not _is_file(name):
        raise Problem("not_found")  # the PWA has not been built
    media_type = mimetypes.guess_type(name)[0]
    response = send_from_directory(ROOT, f"{name}{suffix}", mimetype=media_type, etag=True)
    response.headers["Cache-Control"] = kept
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response


def _smaller(name: str) -> str:
    accepted = request.accept_encodings
    for encoding, suffix in ENCODINGS.items():
        if accepted.quality(encoding) > 0 and _is_file(f"{name}{suffix}"):
            return encoding
    return ""
