"""Where a client lives or sleeps: from a night shelter to the home of one's own, with the step that leads on."""

from server.kinds.base import Kind, code, date, home_address, long_text, reference, whole
from server.kinds.due import Deadline
from server.kinds.rules import asks, counts, derives, flagged, folded, group, warns
from server.rules.conditions import after, all_, any_, before, has, is_, not_, one_of, other, same, today, within

CENTS_MAX = 10_000_000
FORTNIGHT_DAYS = 14
NEEDS_NEXT_HOME = flagged("stay_kind", "stay_kind", "needs_next_home")
PERMANENT = flagged("stay_kind", "stay_kind", "permanent_home")
INSTITUTION = flagged("stay_kind", "stay_kind", "institution")
SUBLET = one_of("stay_kind", "sublet")
RE_LET = one_of("stay_kind", "re_let")
NO_ACCOUNT = not_(other("agency_account", one_of("status", "active", "ending")))
HAS_BEGUN = all_(has("start"), not_(after("start", today())))
HAS_ENDED = has("end")
NEEDS_NO_STEP = any_(HAS_ENDED, not_(NEEDS_NEXT_HOME))
#: the day of a move belongs to both; and a rented home is kept while its tenant is in hospital
OVERLAPS = all_(
    has("start"),
    not_(INSTITUTION),
    not_(any_(before("end", "^start"), is_("end", same("start")))),
    not_(any_(after("start", "^end"), is_("start", same("end")))),
)
SINCE_SERVICE = not_(other("case", after("service.start", "^start")))


class Stay(Kind):
    icon = "house"
    life_area = "apartment_search"
    happened = ("start",)
    layout = (
        group("stay_kind", "start", "address"),
        group("why_last_resort", when=SUBLET),
        group("re_letting_reason", when=RE_LET),
        group("expected_end", "next_home", "next_home_on", when=NEEDS_NEXT_HOME),
        folded("lease", "rent_cents", "lease_until", "deposit_cents", "landlord", "dwelling"),
        folded("ended", "end", "reason"),
        folded("more", "next_home_words", "housing_situation", "ethos", "note"),
    )
    rules = (
        asks("stay_kind"),
        asks("start"),
        asks("why_last_resort", when=SUBLET),
        asks("re_letting_reason", when=RE_LET),
        asks(
            "account", not_(NO_ACCOUNT), when=all_(SUBLET, has("start"), not_(after("start", today()))), at="stay_kind"
        ),
        asks("backwards", not_(before("end", "start")), at="end"),
        warns("overlap", not_(other("stay", OVERLAPS)), at="start", when=all_(has("start"), not_(INSTITUTION))),
        warns("next_home", has("next_home"), at="next_home", when=all_(NEEDS_NEXT_HOME, not_(HAS_ENDED))),
        derives("cannot_start", all_(SUBLET, NO_ACCOUNT, not_(HAS_ENDED))),
        derives("over_time", all_(before("expected_end", today()), not_(HAS_ENDED))),
        derives("ends_soon", all_(within("expected_end", 0, 7), not_(HAS_ENDED))),
        derives(
            "home_found",
            all_(
                PERMANENT,
                HAS_BEGUN,
                SINCE_SERVICE,
                not_(other("stay", all_(PERMANENT, before("start", "^start"), SINCE_SERVICE))),
            ),
            tone="good",
        ),
    )
    is_open = not_(before("end", today()))
    counts = (counts("nights", "start", "end", "nights"),)
    falls_due = (
        Deadline("stay_ends", "expected_end", days=(-7, 0), unless=HAS_ENDED),
        Deadline("stay_next_home", "start", days=(FORTNIGHT_DAYS,), unless=any_(has("next_home_on"), NEEDS_NO_STEP)),
        Deadline("stay_next_home", "next_home_on", days=(FORTNIGHT_DAYS,), unless=NEEDS_NO_STEP),
    )
    columns = ("stay_kind", "start", "expected_end", "end", "next_home", "next_home_on")

    stay_kind = code("stay_kind")
    start = date()
    expected_end = date()
    end = date()
    landlord = reference("landlord")
    dwelling = reference("dwelling", address=True)
    address = home_address(searched=False)
    rent_cents = whole(0, CENTS_MAX, "cents")
    deposit_cents = whole(0, CENTS_MAX, "cents")
    lease_until = date()
    next_home = code("next_home_step")
    #: when the step was last looked at
    next_home_on = date()
    next_home_words = long_text()
    #: why no other home could be found: a sublet is the last resort
    why_last_resort = long_text()
    re_letting_reason = code("re_letting_reason")
    housing_situation = code("homelessness_form")
    ethos = code("ethos_light")
    #: why it ended
    reason = long_text()
    note = long_text()
