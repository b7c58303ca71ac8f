"""The case: who the client is, what was agreed and how the support has moved from phase to phase."""

from marshmallow import fields

from server.config import LIMITS
from server.kinds.base import Items, Kind, Part, code, codes, date, long_text, reference, text, whole
from server.kinds.due import Deadline, Rhythm, one_of

HAS_ENDED = one_of("status", "ended", "refused")


class Service(Part):
    """A fixed-term service: both ends are one value."""

    start = date()
    end = date()


class Referral(Part):
    source = code("referral_source")
    on = date()
    referrer = text()


class PhasePeriod(Part):
    """One step of the phase history. Phases move both ways; the history is only added to."""

    phase = code("support_phase")
    since = date()
    reason = code("phase_change_reason")
    hours_per_month = whole(0, LIMITS.hours_per_month_max)
    note = long_text()


class Case(Kind):
    falls_due = (
        Rhythm("rhythm_missed", "visit_rhythm_days", HAS_ENDED),
        Deadline("service_ending", "service.end", days=(-60, -30, -14), unless=HAS_ENDED),
    )

    client_id = text(16)
    client_name = text()
    address = text()
    municipality = text()
    phone = text(32)
    language = code("language")
    status = code("decision_status")
    service_type = code("service_type")
    service = fields.Nested(Service)
    referral = fields.Nested(Referral)
    eligibility_reason = long_text()
    housing_situation = code("homelessness_form")
    own_worker = reference()
    social_worker = text()
    team = reference()
    safety = codes("safety_flag")
    safety_note = text()
    visit_rhythm_days = whole(1, 365)
    phases = Items(fields.Nested(PhasePeriod))
