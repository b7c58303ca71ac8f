"""Whether rents are paid by the day, what is lacking, and how soon somebody asked."""

from datetime import date

from server.reports.facts import Fact
from server.reports.shape import Computed, Figure, Left, Report, ReportContext, counted, median, percent

NOT_COUNTED = frozenset({"not_due", "unknown"})
DIRECT = "direct_payment"
#: of a rent that is said to be paid and of which no sum was written
PAID = frozenset({"paid", "paid_late", DIRECT})
CENTS = 100


def tenant_share(rent: Fact) -> int:
    share = rent.whole("tenant_share_cents")
    return share if share is not None else rent.whole("amount_cents") or 0


def paid_cents(rent: Fact, by: date) -> int:
    """What had been paid by the end of a day."""
    paid_on, paid = rent.day("paid_on"), rent.whole("paid_cents")
    if paid_on and paid_on > by:
        return 0
    if paid is None:
        return tenant_share(rent) if rent.text("status") in PAID else 0
    return paid


def is_on_time(rent: Fact, due_on: date) -> bool:
    if rent.text("status") == DIRECT:
        return True
    if rent.text("status") == "paid_late" and rent.day("paid_on") is None:
        return False
    return paid_cents(rent, due_on) >= tenant_share(rent)


def compute(about: ReportContext) -> Computed:
    due = [rent for rent in about.facts("rent") if about.period.holds(rent.day("due_on"))]
    known = [rent for rent in due if rent.text("status") not in NOT_COUNTED]
    on_time = [rent for rent in known if is_on_time(rent, date.fromisoformat(str(rent.values["due_on"])))]
    in_time = {rent.id for rent in on_time}
    late = [rent for rent in known if rent.id not in in_time]
    waits = [
        (contact - date.fromisoformat(str(rent.values["due_on"]))).days
        for rent in late
        if (contact := rent.day("first_contact_on"))
    ]
    owed = [(rent, lacking) for rent in about.facts("rent") if (lacking := arrears(rent, about.period.end))]
    cents = sum(lacking for _, lacking in owed)
    owing = [rent for rent, _ in owed]
    clients = len({rent.case for rent in owing})
    return Computed(
        n=len(known),
        figures=[
            percent("on_time", len(on_time), len(known), of=known),
            Figure("arrears", cents / CENTS, "eur", clients, of=owing),
            Figure("owing_clients", clients, "count", of=owing),
            Figure("days_to_contact", median(waits), "days", len(waits), of=late),
            counted("late", late),
        ],
        left_out=[
            Left("not_due", sum(rent.text("status") == "not_due" for rent in due)),
            Left("unknown_rent", sum(rent.text("status") == "unknown" for rent in due)),
        ],
    )


def arrears(rent: Fact, end: date) -> int:
    due_on = rent.day("due_on")
    if due_on is None or due_on > end or rent.text("status") in NOT_COUNTED or rent.text("status") == DIRECT:
        return 0
    return max(0, tenant_share(rent) - paid_cents(rent, end))


REPORT = Report("rent_follow_up", readers="WL", inputs=("rent",), compute=compute)
