"""`GET /api/news`: answered once there is something new for this device (SPEC P11)."""

from flask import current_app, request
from marshmallow import Schema, fields, validate

from server.api.contract import Blueprint
from server.api.schemas import Body
from server.auth import tokens
from server.core.parked import PARK
from server.live.waiting_room import WaitingRoom
from server.sync import pull

blueprint = Blueprint("live", __name__, url_prefix="/api", description="News")

#: until a device asks again that could not be let in to wait
LATER_S = 60
CURSOR_CHARS_MAX = 2000


class NewsAsked(Body):
    cursor = fields.String(required=True, validate=validate.Length(1, CURSOR_CHARS_MAX))


class News(Schema):
    #: whether an exchange would bring something
    news = fields.Boolean(required=True)
    #: before which it is no use to ask again
    wait_s = fields.Integer(required=True)


@blueprint.get("/news")
@blueprint.arguments(NewsAsked, location="query")
@blueprint.response(200, News)
def news(given: dict[str, str]) -> dict[str, object]:
    """Waits up to 45 s. Says no more than that an exchange would bring something; `cursor` is that of the last one."""
    cursor = pull.read(given["cursor"])
    if cursor is None:
        return {"news": True, "wait_s": 0}
    room: WaitingRoom | None = current_app.extensions.get("ovikello-live")
    park = request.environ.get(PARK)
    if room is None or room.is_full or park is None:
        return {"news": False, "wait_s": LATER_S}
    park(room.seat(tokens.identity().actor, cursor))
    return {"news": False, "wait_s": 0}
