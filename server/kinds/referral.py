"""A referral: who asks for what, why, how soon, and when it was answered. It stays in what an intake becomes (H4)."""

from marshmallow import fields

from server.catalogue import codes_of
from server.kinds.base import Kind, Part, choice, code, codes, date, instant, long_text, reference, text, yes_no
from server.kinds.due import HOUR_MINUTES, Deadline
from server.kinds.homes import INTAKE
from server.kinds.readers import CASEWORKERS, CLIENT_WORK
from server.kinds.rules import Stage, Stages, asks, carries, derives, folded, group
from server.rules.conditions import after, all_, any_, has, is_, not_, one_of, plus

RESPONSE_HOURS = 24
#: the warning comes while there is time left to answer
WARNING_HOURS = 20
STEPS = (WARNING_HOURS * HOUR_MINUTES, RESPONSE_HOURS * HOUR_MINUTES)

IS_OVER = any_(
    has("withdrawn_at"),
    one_of("status", "decision_made", "active", "extension_requested", "ending_soon", "ended", "refused"),
)
#: the same time runs until there is somewhere to sleep
WANTS_DWELLING = any_(is_("wanted", "temporary_housing"), is_("no_roof_tonight", True))
IN_TIME = plus("need_notified_at", hours=RESPONSE_HOURS)
IS_LATE = any_(
    after("first_response.at", IN_TIME),
    all_(WANTS_DWELLING, after("dwelling_available_at", IN_TIME)),
)
#: the primary reason is one of those that were chosen
IS_AMONG_REASONS = any_(
    *(all_(one_of("reasons", each), is_("primary_reason", each)) for each in codes_of("homelessness_reason"))
)


class FirstResponse(Part):
    """When somebody answered, and who."""

    sentence = ("at", "by")

    at = instant()
    by = reference("person")


class Referral(Kind):
    icon = "door-open"
    home_file = INTAKE
    # why somebody has no home, and what they need: as of support_need
    readers = CASEWORKERS
    visibility_class = CLIENT_WORK
    happened = ("need_notified_at",)
    stages = Stages(
        "status",
        (
            Stage("referral_received", then=("offered", "decision_made", "refused")),
            Stage("offered", then=("decision_made", "refused")),
            Stage("decision_made", then=("active",), is_over=True),
            Stage("active", then=("extension_requested", "ended"), is_over=True),
            Stage("extension_requested", then=("active", "ended"), is_over=True),
            Stage("ending_soon", then=("extension_requested", "ended"), is_over=True),
            Stage("ended", is_over=True),
            Stage("refused", is_over=True),
        ),
    )
    layout = (
        group("need_notified_at", "no_roof_tonight", "crisis", "wanted"),
        group("eligibility_reason"),
        group("daily_support", when=has("returner_of")),
        group("late_reason", "late_words", when=IS_LATE),
        folded("why", "reasons", "primary_reason", "outside_own_control"),
        folded("answer", "first_response", "dwelling_available_at", "dwelling", "status", "withdrawn_at"),
        folded("referrer_more", "source", "referrer", "referrer_role", "partner", "assessed_on"),
        folded("more", "background", "needs", "urgent", "returner_of"),
    )
    rules = (
        asks("need_notified_at"),
        asks("eligibility_reason"),
        asks("primary_reason", IS_AMONG_REASONS, when=any_(has("reasons"), has("primary_reason"))),
        asks("late_reason", when=IS_LATE),
        asks("daily_support", when=has("returner_of")),
        derives("no_roof", all_(is_("no_roof_tonight", True), not_(IS_OVER))),
        derives("late", IS_LATE),
    )
    carries = (carries("daily_support", {"needed": True}, when=is_("daily_support", "yes")),)
    is_open = not_(IS_OVER)
    falls_due = (
        Deadline(
            "referral_response",
            "need_notified_at",
            minutes=STEPS,
            at_night=True,
            unless=any_(IS_OVER, has("first_response.at")),
            whole_file=True,
        ),
        Deadline(
            "referral_dwelling",
            "need_notified_at",
            minutes=STEPS,
            at_night=True,
            unless=any_(IS_OVER, not_(WANTS_DWELLING), has("dwelling_available_at")),
            whole_file=True,
        ),
    )
    columns = (
        "need_notified_at",
        "no_roof_tonight",
        "crisis",
        "wanted",
        "urgent",
        "first_response",
        "dwelling_available_at",
        "status",
    )

    need_notified_at = instant()
    source = code("referral_source")
    referrer = text()
    referrer_role = code("role")
    partner = reference("partner")
    assessed_on = date()
    eligibility_reason = long_text()
    background = long_text()
    needs = codes("support_need")
    reasons = codes("homelessness_reason")
    primary_reason = code("homelessness_reason")
    outside_own_control = yes_no()
    wanted = code("service_type")
    crisis = code("crisis_kind")
    urgent = yes_no()
    no_roof_tonight = yes_no()
    first_response = fields.Nested(FirstResponse)
    dwelling_available_at = instant()
    dwelling = reference("dwelling", address=True)
    late_reason = code("late_reason")
    late_words = long_text()
    withdrawn_at = instant()
    returner_of = reference("case")
    #: whether somebody who comes back needs help every day: more than before, often
    daily_support = choice("yes", "no", "not_known")
    status = code("decision_status")
