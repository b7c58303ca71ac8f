"""The housing application, from its draft to the signed tenancy."""

from server.kinds.base import Kind, code, date, home_address, instant, long_text, reference, text, whole
from server.kinds.due import Deadline, Upcoming
from server.kinds.rules import Stage, Stages, derives, fills, folded, group, offers, says, warns
from server.rules.conditions import all_, before, has, not_, one_of, same, today, within

RENT_CENTS_MAX = 1_000_000
WAITING = one_of("status", "sent", "active", "expiring")


class Application(Kind):
    icon = "key-round"
    life_area = "apartment_search"
    happened = ("sent_on",)
    stages = Stages(
        "status",
        (
            Stage("draft", then=("documents_missing", "sent")),
            Stage("documents_missing", asks=("missing",), then=("sent",)),
            Stage("sent", asks=("sent_on",), then=("active", "viewing_arranged", "rejected")),
            Stage("active", asks=("sent_on",), then=("viewing_arranged", "offer_received", "expiring")),
            Stage("expiring", asks=("expires_on",), then=("active", "expired")),
            Stage("viewing_arranged", asks=("viewing_at",), then=("offer_received", "rejected")),
            Stage("offer_received", asks=("answer_by",), then=("offer_accepted", "offer_declined")),
            Stage("offer_accepted", then=("deposit_pending", "contract_signed")),
            Stage("offer_declined", asks=("declined_words",), then=("active",), is_over=True),
            Stage("rejected", is_over=True),
            Stage("deposit_pending", then=("contract_signed",)),
            Stage("contract_signed", then=("moved_in",), is_over=True),
            Stage("moved_in", is_over=True),
            Stage("withdrawn", is_over=True),
            Stage("expired", is_over=True),
        ),
    )
    layout = (
        group("status"),
        group("missing", when=one_of("status", "documents_missing")),
        group("sent_on", "expires_on", when=WAITING),
        group("viewing_at", when=one_of("status", "viewing_arranged")),
        group("answer_by", when=one_of("status", "offer_received")),
        group("declined_words", when=one_of("status", "offer_declined")),
        group("stay", when=one_of("status", "contract_signed", "moved_in")),
        group("housing_source", "landlord", "address", "rent_cents"),
        folded("more", "doer", "help_level", "note"),
    )
    fills = (fills("housing_source", says("municipal_rental")), fills("doer", says("client")))
    offers = (
        offers(
            "home",
            "stay",
            all_(one_of("status", "contract_signed", "moved_in"), not_(has("stay"))),
            {"stay_kind": "own_rental", "address": same("address"), "rent_cents": same("rent_cents")},
            link="stay",
        ),
    )
    rules = (
        warns("expires_first", before("sent_on", "expires_on"), at="expires_on", when=has("expires_on")),
        warns("stay", has("stay"), at="stay", when=one_of("status", "contract_signed", "moved_in")),
        derives("expires_soon", all_(WAITING, within("expires_on", 0, 14))),
        derives("answer_late", all_(one_of("status", "offer_received"), before("answer_by", today()))),
    )
    falls_due = (
        Upcoming("application_viewing", "viewing_at", unless=not_(one_of("status", "viewing_arranged"))),
        Deadline("application_expires", "expires_on", days=(-14,), unless=not_(WAITING)),
        Deadline("application_answer", "answer_by", days=(-1, 0), unless=not_(one_of("status", "offer_received"))),
    )
    columns = ("status", "housing_source", "landlord", "sent_on", "expires_on", "answer_by", "viewing_at")

    status = code("housing_application_status")
    housing_source = code("housing_source")
    landlord = reference("landlord")
    address = home_address(searched=False)
    rent_cents = whole(0, RENT_CENTS_MAX, "cents")
    sent_on = date()
    expires_on = date()
    viewing_at = instant()
    answer_by = date()
    missing = text()
    declined_words = long_text()
    doer = code("doer")
    help_level = code("help_level")
    #: the home that it led to
    stay = reference("stay")
    note = long_text()
