"""The end of a case: why, what came of it, what stands on the checklist, and which risks are met by which means."""

from marshmallow import fields

from server.catalogue import entries_of
from server.kinds.base import Items, Kind, Part, code, codes, date, long_text, reference, yes_no
from server.kinds.due import Deadline
from server.kinds.rules import asks, carries, derives, fills, flagged, folded, group, offers, this_record, warns
from server.rules.conditions import all_, before, has, not_, one_of, today

#: about three, six and twelve months later somebody asks how it goes
FOLLOW_UP_DAYS = (91, 182, 365)
#: a little before the first of them it is offered
FIRST_ASKED_DAYS = 80
#: nobody is left to ask or to agree with
WITHOUT_CLIENT = one_of("reason", "death", "lost_contact")
REQUIRED = [entry["code"] for entry in entries_of("exit_checklist_item") if entry["required"]]


class Checked(Part):
    sentence = ("on", "by")

    on = date()
    by = reference("person")


class Exit(Kind):
    icon = "door-open"
    happened = ("on",)
    layout = (
        group("on", "reason", "outcomes", "next_plan"),
        folded("checklist", "checked"),
        folded("feedback", "feedback_from_client", "feedback_to_client", "daily_support"),
    )
    fills = (fills("on", today()),)
    carries = (carries("status", "ended", when=before("on", today(1))),)
    offers = (offers("ask", "follow_up", before("on", today(-FIRST_ASKED_DAYS)), {"exit": this_record()}),)
    rules = (
        asks("on"),
        asks("reason"),
        asks("outcomes", when=not_(WITHOUT_CLIENT)),
        asks("risks_and_means", has("checked/risks_and_means"), when=not_(WITHOUT_CLIENT), at="checked"),
        warns(
            "unchecked", all_(*(has(f"checked/{item}") for item in REQUIRED)), when=not_(WITHOUT_CLIENT), at="checked"
        ),
        derives("case_ended", before("on", today(1)), tone="plain"),
        derives("moved_on", flagged("reason", "exit_reason", "counts_as_moved_on"), tone="good"),
    )
    falls_due = (Deadline("follow_up", "on", days=FOLLOW_UP_DAYS, unless=one_of("reason", "death")),)
    columns = ("on", "reason", "outcomes")

    on = date()
    reason = code("exit_reason")
    outcomes = codes("case_outcome")
    next_plan = long_text()
    checked = Items(fields.Nested(Checked), item=code("exit_checklist_item"))
    feedback_from_client = long_text()
    feedback_to_client = long_text()
    #: somebody is needed every day
    daily_support = yes_no()
