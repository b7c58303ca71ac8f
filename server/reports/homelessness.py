"""Which form of homelessness a client is in on a day, by the four national forms and the six of ETHOS Light."""

from datetime import date
from typing import NamedTuple

from server.catalogue import entries_of
from server.reports.codes import PERMANENT, by_code
from server.reports.facts import CaseFacts
from server.reports.homes import is_open_at_night, open_stay
from server.reports.service import is_active
from server.reports.shape import ReportContext

#: the four national forms, in order
FORMS = ("rough_or_emergency_shelter", "hostel_or_lodging", "institution", "staying_with_others")
NOT_HOMELESS = frozenset({"not_homeless", "at_risk"})
#: no national form has it
UNCONVENTIONAL = "non_conventional_dwelling"
IF_NO_HOME = by_code("stay_kind", "homelessness_form_if_no_home", str)
#: by national form, the ETHOS class that follows from it without asking
DERIVED = {
    form: entry["code"]
    for entry in entries_of("ethos_light")
    if not entry["ask"]
    for form in entry["from_homelessness_form"]
}


class Situation(NamedTuple):
    """`form` is a national form, or says not homeless; None where nothing is known, or ETHOS has a class of its own."""

    case: CaseFacts
    form: str | None
    ethos: str | None

    @property
    def is_homeless(self) -> bool:
        """By one of the four national forms."""
        return self.form in FORMS


def situation(case: CaseFacts, day: date) -> Situation:
    stay = open_stay(case, day)
    ethos = (stay.text("ethos") if stay else None) or case.header.text("ethos")
    form = _form(case, day)
    if form in NOT_HOMELESS:
        return Situation(case, form, None)
    if ethos == UNCONVENTIONAL:
        return Situation(case, None, ethos)
    return Situation(case, form, ethos or DERIVED.get(form or ""))


def _form(case: CaseFacts, day: date) -> str | None:
    """As the open stay says; else as its kind does where no permanent home is open, which is a home; else the case."""
    stay = open_stay(case, day)
    if stay and stay.text("housing_situation"):
        return stay.text("housing_situation")
    if any(each.text("stay_kind") in PERMANENT and is_open_at_night(each, day) for each in case.all("stay")):
        return "not_homeless"
    form = IF_NO_HOME.get(stay.text("stay_kind") or "") if stay else None
    return form or case.header.text("housing_situation")


def situations(about: ReportContext) -> list[Situation]:
    """Of each case that is active on the last day."""
    day = about.period.end
    return [situation(case, day) for case in about.cases if is_active(case, day)]
