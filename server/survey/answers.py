"""What was answered: four questions from one to five, and words. A row knows its team and its day, and no more (Y3)."""

from collections.abc import Mapping
from datetime import date
from typing import TypedDict
from uuid import uuid4

import orjson
from marshmallow import RAISE, Schema, ValidationError, fields, validate
from sqlalchemy.orm import Session as Transaction

from server.catalogue import entries_of
from server.config import LIMITS
from server.core.models import SurveyAnswer
from server.kinds.base import storable
from server.survey.tickets import Ticket

QUESTIONS = "satisfaction_question"
SCALE = "satisfaction_scale"
#: the languages of the view, as the catalogue names them
TEXTS = {"fi": "fi", "sv": "sv", "en": "en", "fi_easy": "fi_plain"}


def _scored() -> list[str]:
    return [each["code"] for each in entries_of(QUESTIONS) if each["scale"] != "text"]


class AnswerShape(Schema):
    """What a sealed answer holds. No scores: the client was asked, and did not want to answer."""

    class Meta:
        unknown = RAISE

    day = fields.Date(required=True)
    language = fields.String(required=True, validate=validate.OneOf(sorted(TEXTS)))
    scores = fields.Dict(
        keys=fields.String(validate=validate.OneOf(_scored())),
        values=fields.Integer(strict=True, validate=validate.Range(1, 5)),
        required=True,
    )
    text = fields.String(load_default="", validate=[validate.Length(max=LIMITS.survey_text_chars_max), storable])


class AnswerValues(TypedDict):
    day: date
    language: str
    scores: dict[str, int]
    text: str


def parsed(content: bytes, ticket: Ticket, today: date) -> AnswerValues | None:
    """An answer of the time between the ticket's making and today; None for anything else."""
    try:
        answer: AnswerValues = AnswerShape().load(orjson.loads(content))
    except (orjson.JSONDecodeError, ValidationError):
        return None
    return answer if ticket.made_on <= answer["day"] <= today else None


def keep(transaction: Transaction, ticket: Ticket, answer: AnswerValues) -> None:
    transaction.add(
        SurveyAnswer(
            id=uuid4().hex,
            org=ticket.org,
            team=ticket.team,
            day=answer["day"].isoformat(),
            language=answer["language"],
            scores=orjson.dumps(answer["scores"]).decode(),
            text=answer["text"].strip(),
        )
    )


def questions() -> list[dict[str, object]]:
    """Each question in all languages: the phone is handed over in the client's, not in the worker's."""
    found = _of(QUESTIONS)
    return [{"code": each["code"], "is_text": each["scale"] == "text", "texts": _texts(each)} for each in found]


def scale() -> list[dict[str, object]]:
    return [{"value": each["value"], "texts": _texts(each)} for each in _of(SCALE)]


def _of(catalogue: str) -> list[dict[str, object]]:
    return sorted(entries_of(catalogue), key=lambda each: int(each["order"]))


def _texts(entry: Mapping[str, object]) -> dict[str, str]:
    return {language: str(entry[key]) for language, key in TEXTS.items()}
