"""How a case ended, and what was heard of the client three, six and twelve months later."""

from datetime import date, timedelta

from server.catalogue import entries_of
from server.demo.people import Client
from server.demo.phone import Phone
from server.demo.rng import at_clock, draws, uuid7

WENT_TO = (
    ("own_rental_home", ["housing_success", "life_management", "risks_reduced"], "same_home"),
    ("own_home_retained", ["eviction_prevented", "housing_success"], "same_home"),
    ("more_supported_housing", ["functioning_maintained"], "more_support"),
    ("own_rental_home", ["improved_wellbeing", "housing_success"], "homeless"),
)
HEARD = {
    "same_home": "Kaikki hyvin, ovi on oma.",
    "more_support": "Täällä on joku yölläkin.",
    "homeless": "Vuokrat jäi, nukun kaverin luona.",
}
#: months, and the days that they are told by
FOLLOW_UPS = ((3, 91), (6, 182), (12, 365))


def leave(phone: Phone, client: Client, today: date) -> None:
    if client.ended is None:
        return
    rng = draws("leaving", client.case)
    begun_ms = at_clock(client.since, "14.30")
    reason, outcomes, home = WENT_TO[int(client.client_id.removeprefix("OV-")) // 42 % len(WENT_TO)]
    checked = {"on": client.ended.isoformat(), "by": client.worker.id}
    fields: dict[str, object] = {
        "on": client.ended.isoformat(),
        "reason": reason,
        "outcomes": outcomes,
        "next_plan": "Velkaneuvonta jatkuu. Takaisin saa soittaa milloin vain.",
        "feedback_from_client": "Minua kuunneltiin, eikä hätäilty.",
        "feedback_to_client": "Hoidit muuton ja vuokrat itse loppuun asti.",
        **{f"checked/{one['code']}": checked for one in entries_of("exit_checklist_item") if one["required"]},
    }
    record = uuid7(begun_ms, rng)
    phone.write_once(at_clock(client.ended, "15.00"), "exit", client.case, record, fields)
    for months, days in FOLLOW_UPS:
        heard = client.ended + timedelta(days=days)
        follow_up = uuid7(begun_ms + months, rng)
        if heard < today:
            last = home if months > FOLLOW_UPS[0][0] else "same_home"
            fields = {"on": heard.isoformat(), "months": months, "home": last, "words": HEARD[last], "exit": record}
            fields["wants_support"] = last == "homeless"
            phone.write_once(at_clock(heard, "10.00"), "follow_up", client.case, follow_up, fields)
