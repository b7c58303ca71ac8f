"""Reports for workers, leaders and the commissioner, as figures that can be looked behind (SPEC Z)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TypedDict

from flask import Response
from marshmallow import fields, validate

from server.api.contract import Blueprint
from server.api.report_shapes import ReportList, ReportReply, StatementReply
from server.api.schemas import Body
from server.auth import tokens
from server.catalogue import LANGUAGES
from server.config import LIMITS
from server.core import audit
from server.core.models import User, db
from server.core.problems import Problem
from server.kinds.base import in_the_calendar, storable
from server.reports import answering, exporting, proof, splits
from server.reports.answering import Asked
from server.reports.days import Period, day_of, month_of
from server.reports.said import SaidReport, SaidReports
from server.rules.dates import DATE_PATTERN, is_day
from server.rules.shape import is_id
from server.sync.exchange import reading

blueprint = Blueprint("reports", __name__, url_prefix="/api", description="Reports")


def _day(key: str) -> fields.String:
    return fields.String(data_key=key, load_default=None, validate=[validate.Regexp(DATE_PATTERN), in_the_calendar])


def _filter() -> fields.String:
    return fields.String(load_default=None, validate=[validate.Length(1, LIMITS.line_chars_max), storable])


class ReportQuery(Body):
    """Which days and which cases. Without days: the last whole month."""

    start = _day("from")
    end = _day("to")
    team = _filter()
    municipality = _filter()
    area = _filter()
    service_type = _filter()
    group = fields.String(load_default=None, validate=validate.OneOf(splits.GROUPS))
    unit = _filter()
    funding = _filter()
    worker = _filter()
    split = fields.String(load_default=None, validate=validate.OneOf(splits.SPLITS))
    #: the figure whose records are listed
    behind = fields.String(load_default=None, validate=validate.Length(1, LIMITS.line_chars_max))
    #: `fi`, `sv` or `en`; without it the person's own
    language = fields.String(load_default=None, validate=validate.OneOf(LANGUAGES))


class WantedReport(TypedDict):
    """What of a query this module reads; `splits.filters_of` reads the rest."""

    start: str | None
    end: str | None
    split: str | None
    behind: str | None
    language: str | None


class LanguageQuery(Body):
    language = fields.String(load_default=None, validate=validate.OneOf(LANGUAGES))


@blueprint.get("/reports")
@blueprint.arguments(LanguageQuery, location="query")
@blueprint.response(200, ReportList)
def readable(given: dict[str, str | None]) -> SaidReports:
    """The reports of one's role, in the person's language."""
    actor = tokens.identity().actor
    language = given["language"] or _own_language()
    return answering.report_list(actor, language)


@blueprint.get("/reports/<key>")
@blueprint.arguments(ReportQuery, location="query")
@blueprint.response(200, ReportReply)
def read(given: WantedReport, key: str) -> SaidReport:
    """One report: its formula in words, its figures and tables, and the period before."""
    actor = tokens.identity().actor
    asked = _asked(given, key)
    with reading() as connection:
        return answering.report_reply(connection, actor, asked)


class ExportQuery(ReportQuery):
    """`outside`: small cells are hidden as from a commissioner, whoever asks."""

    format_ = fields.String(
        data_key="format", load_default="xlsx", validate=validate.OneOf(sorted(exporting.MIMETYPES))
    )
    outside = fields.Boolean(load_default=False)


class WantedExport(WantedReport):
    format_: exporting.Format
    outside: bool


@blueprint.get("/reports/<key>/export")
@tokens.with_fresh_password
@blueprint.arguments(ExportQuery, location="query")
@blueprint.response(200, content_type="application/octet-stream")
def export(given: WantedExport, key: str) -> Response:
    """The same as a file. Asked for with a fresh password, and noted before it is handed out."""
    actor = tokens.identity().actor
    asked = replace(_asked(given, key), is_for_outside=given["outside"])
    with reading() as connection:
        answer = answering.report_reply(connection, actor, asked)
    format_ = given["format_"]
    told = {"report": key, "format": format_, "outside": given["outside"], "filters": sorted(asked.wanted)}
    audit.note_reading(actor, "report_exported", {**told, **answer["period"]})
    response = Response(exporting.written(answer, asked.language, format_), content_type=exporting.MIMETYPES[format_])
    name = f"{key}-{answer['period']['from']}-{answer['period']['to']}.{format_}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/statements/<decision>/<month>")
@blueprint.response(200, StatementReply)
def statement(decision: str, month: str) -> proof.StatementDocument:
    """The hours of a decision in a month (`2026-11`), each line an entry, with the chain that proves it."""
    actor = tokens.identity().actor
    first = f"{month}-01"
    if not (is_id(decision) and is_day(first)):
        raise Problem("not_found")
    with reading() as connection:
        found = proof.statement(connection, actor, decision, date.fromisoformat(first))
    audit.note_reading(actor, "statement_read", {"decision": decision, "month": month})
    return found


def _asked(given: WantedReport, key: str) -> Asked:
    report = answering.report_for(tokens.identity().actor, key)
    language = given["language"] or _own_language()
    return Asked(report, _period(given), language, splits.filters_of(given), given["split"], given["behind"])


def _period(given: WantedReport) -> Period:
    last_month = month_of(day_of(datetime.now(UTC)).replace(day=1) - timedelta(days=1))
    start = date.fromisoformat(given["start"]) if given["start"] else None
    end = date.fromisoformat(given["end"]) if given["end"] else None
    if start is None and end is None:
        return last_month
    start = start or month_of(end or last_month.end).start
    end = end or month_of(start).end
    if end < start:
        raise Problem("fields_invalid", {"to": ["backwards"]})
    if (end - start).days > LIMITS.report_days_max:
        raise Problem("fields_invalid", {"to": ["too_long"]})
    return Period(start, end)


def _own_language() -> str:
    actor = tokens.identity().actor
    return db.session.get_one(User, (actor.user, actor.org)).language
