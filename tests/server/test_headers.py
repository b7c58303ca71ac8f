"""What every answer tells the browser, and how the built PWA is served."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from server import create_app
from server.api import static
from server.config import Settings
from tests.cast import Template


@pytest.fixture
def template(sqlite_template: Template) -> Template:
    """No row of a database is read here: one kind is enough."""
    return sqlite_template


@pytest.fixture(autouse=True)
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small built PWA."""
    root = tmp_path / "static"
    (root / "assets").mkdir(parents=True)
    (root / "index.html").write_text("<title>Ovikello</title>")
    (root / "service-worker.js").write_text("// worker")
    (root / "manifest.webmanifest").write_text("{}")
    (root / "assets" / "app-1a2b.js").write_text("plain")
    (root / "assets" / "app-1a2b.js.br").write_text("brotli")
    (root / "assets" / "app-1a2b.js.gz").write_text("gzip")
    monkeypatch.setattr(static, "ROOT", root)
    return root


def get(app: Flask, path: str, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return app.test_client().get(path, headers=named, buffered=True)


@pytest.mark.parametrize("path", ["/", "/api/health", "/api/nothing", "/missing.js"])
def test_it_works(app: Flask, path: str) -> None:
    """Security 31 and 36."""
    headers = get(app, path).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("path", "camera"),
    [("/", "(self)"), ("/clients/0190/planning", "(self)"), ("/assets/app-1a2b.js", "()"), ("/api/health", "()")],
)
def test_x9_the_camera_is_for_the_page_alone(app: Flask, path: str, camera: str) -> None:
    """[X9] And nothing else that a phone has is for anything."""
    allowed = dict(part.split("=") for part in get(app, path).headers["Permissions-Policy"].split(", "))
    assert allowed.pop("camera") == camera
    assert set(allowed.values()) == {"()"}


@pytest.mark.parametrize("production", [True, False])
def test_https_is_remembered_where_it_is_real(settings: Settings, production: bool) -> None:
    """Security 36: on a laptop's localhost it would break every other server there."""
    app = create_app(replace(settings, production=production))
    header = app.test_client().get("/api/nothing").headers.get("Strict-Transport-Security", "")
    assert header.startswith("max-age=63072000") is production


@pytest.mark.parametrize("path", ["/api/health", "/api/nothing", "/api/devices"])
def test_answers_of_the_api_are_never_stored(app: Flask, path: str) -> None:
    """Security 4."""
    assert get(app, path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "kept", "media_type"),
    [
        ("/", static.ASK_ANEW, "text/html; charset=utf-8"),
        ("/index.html", static.ASK_ANEW, "text/html; charset=utf-8"),
        ("/clients/0190/planning", static.ASK_ANEW, "text/html; charset=utf-8"),
        ("/service-worker.js", static.ASK_ANEW, "text/javascript; charset=utf-8"),
        ("/manifest.webmanifest", static.ASK_ANEW, "application/manifest+json"),
        ("/assets/app-1a2b.js", static.FOR_EVER, "text/javascript; charset=utf-8"),
    ],
)
def test_the_shell_is_asked_for_anew_and_hashed_files_are_kept(
    app: Flask, path: str, kept: str, media_type: str
) -> None:
    reply = get(app, path)
    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == kept
    assert reply.headers["Content-Type"] == media_type


def test_an_unchanged_file_is_not_sent_again(app: Flask) -> None:
    etag = get(app, "/").headers["ETag"]
    assert get(app, "/", If_None_Match=etag).status_code == 304


@pytest.mark.parametrize(
    ("accepted", "encoding", "body"),
    [("gzip, br", "br", "brotli"), ("gzip", "gzip", "gzip"), ("", None, "plain"), ("br;q=0", None, "plain")],
)
def test_the_smallest_copy_is_sent(app: Flask, accepted: str, encoding: str | None, body: str) -> None:
    reply = get(app, "/assets/app-1a2b.js", Accept_Encoding=accepted)
    assert (reply.headers.get("Content-Encoding"), reply.text) == (encoding, body)
    assert reply.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert reply.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "path", ["/assets/old-9z.js", "/favicon.ico", "/assets/../models.py", "/assets/app-1a2b.js.br"]
)
def test_a_missing_file_is_no_page(app: Flask, path: str) -> None:
    reply = get(app, path)
    assert (reply.status_code, reply.json) == (404, {"problem": {"code": "not_found"}})


def test_an_unbuilt_app_is_not_found(app: Flask, built: Path) -> None:
    (built / "index.html").unlink()
    assert get(app, "/").status_code == 404


def test_a_proxy_is_believed_only_where_one_is_declared(settings: Settings, app: Flask) -> None:
    """Security 38."""
    from flask import request

    def address(app: Flask) -> str:
        app.add_url_rule("/address", view_func=lambda: request.remote_addr or "")
        return get(app, "/address", X_Forwarded_For="192.0.2.1").text

    assert address(app) == "127.0.0.1"
    assert address(create_app(replace(settings, trusted_proxies=1))) == "192.0.2.1"
