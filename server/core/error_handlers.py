"""Every error leaves as `{"problem": {code, fields}}` with the status of the catalogue, never as a trace."""

import errno

from flask import Flask, Response, current_app, g, jsonify
from flask_jwt_extended.exceptions import CSRFError, JWTExtendedException
from jwt.exceptions import PyJWTError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from werkzeug.exceptions import HTTPException

from server.config import LIMITS
from server.core.problems import Problem

#: what the web framework refuses by itself
CODE_OF_STATUS = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large", 422: "fields_invalid"}
CODE_OF_MESSAGE = {"Missing data for required field.": "required", "Unknown field.": "unknown"}

#: PostgreSQL's names for "somebody else holds it": serialisation failure, deadlock, lock timeout,
#: two that inserted the same id at once, too many connections, and a server that starts or stops
BUSY_STATES = {"40001", "40P01", "55P03", "23505", "53300", "57P01", "57P03"}
DISK_FULL_STATES = {"53100"}


def install(app: Flask) -> None:
    app.register_error_handler(Problem, problem_response)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(PoolExhausted, lambda _error: problem_response(_try_later()))
    app.register_error_handler(OSError, _disk)
    app.register_error_handler(CSRFError, lambda _error: problem_response(Problem("csrf_failed")))
    app.register_error_handler(JWTExtendedException, lambda _error: problem_response(Problem("sign_in_needed")))
    app.register_error_handler(PyJWTError, lambda _error: problem_response(Problem("sign_in_needed")))
    app.register_error_handler(Exception, _unexpected)


def problem_response(problem: Problem) -> Response:
    g.refused_with = problem.code  # for the security log
    response = jsonify(problem=problem.as_json())
    response.status_code = problem.status
    if problem.retry_after_s is not None:
        response.headers["Retry-After"] = str(problem.retry_after_s)
    return response


def _try_later() -> Problem:
    return Problem("try_later", retry_after_s=LIMITS.retry_after_s)


def _http(error: HTTPException) -> Response | HTTPException:
    status = error.code or 500
    if status < 400:
        return error  # a redirect
    if status >= 500:
        return problem_response(Problem("internal"))
    fields = _flat(getattr(error, "data", {}).get("messages", {})) if status == 422 else {}
    return problem_response(Problem(CODE_OF_STATUS.get(status, "body_malformed"), fields))


def _flat(messages: object, path: str = "") -> dict[str, list[str]]:
    """webargs nests sentences by place and field; the catalogue wants codes by path."""
    if isinstance(messages, dict):
        flat: dict[str, list[str]] = {}
        for name, inner in messages.items():
            deeper = path if name in {"json", "query"} and not path else f"{path}.{name}".strip(".")
            flat |= _flat(inner, deeper)
        return flat
    sentences = messages if isinstance(messages, list) else [messages]
    codes = (CODE_OF_MESSAGE.get(str(sentence), "invalid") for sentence in sentences)
    return {path: list(dict.fromkeys(codes))}


def _database(error: DBAPIError) -> Response:
    state = getattr(error.orig, "sqlstate", None)
    text = str(error.orig)
    if state in DISK_FULL_STATES or "disk is full" in text:
        return problem_response(Problem("storage_full"))
    locked = "locked" in text or "busy" in text
    if state in BUSY_STATES or (state is None and isinstance(error, OperationalError) and locked):
        return problem_response(_try_later())
    return _unexpected(error)


def _disk(error: OSError) -> Response:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return problem_response(Problem("storage_full"))
    return _unexpected(error)


def _unexpected(error: Exception) -> Response:
    # Parameters are hidden in database errors, so this names no client.
    current_app.logger.error("unexpected %s", type(error).__name__, exc_info=error)
    return problem_response(Problem("internal"))
