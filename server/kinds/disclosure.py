"""What was asked of others about a client or told to them: what, to whom, for what, and by what right."""

from server.kinds.base import Kind, choice, date, long_text, reference
from server.kinds.rules import asks, fills, group, warns
from server.rules.conditions import any_, has, today


class Disclosure(Kind):
    icon = "send"
    life_area = "errands_network"
    happened = ("on",)
    layout = (group("direction", "on", "member", "what", "purpose", "consent", "ground"),)
    fills = (fills("on", today()),)
    rules = (
        asks("direction"),
        asks("on"),
        asks("what"),
        asks("purpose"),
        warns("right", any_(has("consent"), has("ground")), at="ground", when=has("what")),
    )

    direction = choice("asked", "given")
    on = date()
    member = reference("member")
    what = long_text()
    purpose = long_text()
    consent = reference("agreement")
    #: the law or the task that gives the right, where there is no consent
    ground = long_text()
