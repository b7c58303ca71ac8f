"""What every answer tells the browser to allow, to keep and to hide."""

from flask import Flask, Response, request

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",  # Argon2id derives the vault's key
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types svelte-trusted-html ovikello",
    )
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
#: [X9] the app's own page, which takes photos; no frame in it, and no other answer
OF_THE_PAGE = {"Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"}
TWO_YEARS = "max-age=63072000; includeSubDomains"


def install(app: Flask, *, production: bool) -> None:
    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update(ALWAYS)
        if request.endpoint == "static.static" and response.mimetype == "text/html":
            response.headers.update(OF_THE_PAGE)
        if production:
            response.headers["Strict-Transport-Security"] = TWO_YEARS
        if request.path.startswith("/api/"):
            response.headers["Cache-Control"] = "no-store"
        return response
