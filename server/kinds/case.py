"""The case: who the client is, what was agreed and how the support has moved from phase to phase."""

from marshmallow import fields

from server.config import LIMITS
from server.kinds.base import (
    Items,
    Kind,
    Part,
    choice,
    code,
    codes,
    date,
    home_address,
    long_text,
    reference,
    text,
    whole,
    yes_no,
)
from server.kinds.due import Deadline, Rhythm
from server.kinds.homes import OF_A_CLIENT
from server.kinds.rules import folded, warns
from server.rules.conditions import any_, has, is_, one_of

HAS_ENDED = one_of("status", "ended", "refused")
#: of a duplicate nothing falls due: its client is met in the file that is kept
IS_OVER = any_(HAS_ENDED, has("duplicate_of"))


class Service(Part):
    """A fixed-term service: both ends are one value."""

    sentence = ("period",)

    start = date()
    end = date()


class Referral(Part):
    sentence = ("source", "on")

    source = code("referral_source")
    on = date()
    referrer = text()


class Household(Part):
    """Who lives with the client: one value, since a child more is another kind of household."""

    sentence = ("household_kind", "adults", "children", "children_live")

    household_kind = code("household_kind")
    adults = whole(0, 30)
    children = whole(0, 30)
    children_live = code("children_in_household")


class Interpreter(Part):
    sentence = ("needed", "language")

    needed = yes_no()
    language = text(searched=False, joined=False)


class PhasePeriod(Part):
    """One step of the phase history. Phases move both ways; the history is only added to."""

    sentence = ("phase", "since", "note")

    phase = code("support_phase")
    since = date()
    reason = code("phase_change_reason")
    hours_per_month = whole(0, LIMITS.hours_per_month_max)
    note = long_text()
    feedback_from_client = long_text()
    feedback_to_client = long_text()


class DailySupport(Part):
    sentence = ("needed", "what")

    needed = yes_no()
    what = text()


class Case(Kind):
    icon = "user-round"
    made_by_hand = True
    #: what its form asks beside what is drawn by hand
    layout = (
        folded("home", "housing_situation", "homeless_since", "homeless_again", "prolonged_by_need", "ethos"),
        folded("support", "daily_support", "funding_code", "temporary_id"),
    )
    rules = (warns("ethos", has("ethos"), when=is_("housing_situation", "rough_or_emergency_shelter"), at="ethos"),)
    falls_due = (
        Rhythm("rhythm_missed", "visit_rhythm_days", as_needed=("light",), unless=IS_OVER),
        Deadline("service_ending", "service.end", days=(-60, -30, -14), unless=IS_OVER),
    )

    #: says `intake` until the client is taken in, then `case` (H4); of older files nothing
    home = choice(*sorted(OF_A_CLIENT))
    client_id = text(16, written=False, searched=False, joined=False)
    #: as it is shown; the two names beneath are what it is made of
    client_name = text(searched=False)
    family_name = text(searched=False, joined=False)
    given_names = text(searched=False, joined=False)
    birth_year = whole(1900, 2100, "year")
    #: why somebody under 18 is served
    age_override = long_text()
    household = fields.Nested(Household)
    interpreter = fields.Nested(Interpreter)
    address = home_address(searched=False)
    #: of the building, or how one is let in; hidden with the address
    door_code = home_address(64, searched=False, joined=False)
    municipality = text(searched=False, joined=False)
    area = text(searched=False, joined=False)
    phone = text(32, searched=False, joined=False)
    language = code("language")
    status = code("decision_status")
    service_type = code("service_type")
    service = fields.Nested(Service)
    referral = fields.Nested(Referral)
    eligibility_reason = long_text()
    housing_situation = code("homelessness_form")
    own_worker = reference("person")
    social_worker = text(joined=False)
    social_worker_phone = text(32, searched=False, joined=False)
    team = reference("team")
    safety = codes("safety_flag")
    safety_note = text()
    #: until when the flags hold, and the non-disclosure: then somebody looks at them again
    safety_until = date()
    non_disclosure_until = date()
    visit_rhythm_days = whole(1, 365)
    #: how somebody is called in records while their identity is not known
    temporary_id = text(64, searched=False, joined=False)
    #: the client was entered twice, and that file is kept (H7)
    duplicate_of = reference("case")
    ethos = code("ethos_light")
    homeless_since = date()
    #: more than once within three years
    homeless_again = yes_no()
    prolonged_by_need = yes_no()
    daily_support = fields.Nested(DailySupport)
    funding_code = text(64, searched=False, joined=False)
    phases = Items(fields.Nested(PhasePeriod))
