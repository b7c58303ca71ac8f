"""A contact of outreach work, of the whole team: somebody met outside, who may be known by a nickname alone."""

from server.catalogue import entries_of
from server.kinds.base import Items, Kind, code, codes, date, instant, long_text, reference, text, whole
from server.kinds.due import Deadline
from server.kinds.homes import TEAM
from server.kinds.rules import asks, derives, fills, flagged, folded, group, now
from server.rules.conditions import Condition, all_, any_, has, not_, one_of

PEOPLE_MAX = 200
IS_URGENT = flagged("needs", "outreach_need", "urgent")


def answered(flag: str) -> Condition:
    """One of the card's questions has an answer that the catalogue flags so."""
    asked = [(each["code"], each[flag]) for each in entries_of("housing_card_question") if each[flag]]
    return any_(*(one_of(f"answers/{question}", *answers) for question, answers in asked))


class Outreach(Kind):
    icon = "footprints"
    home_file = TEAM
    happened = ("at",)
    layout = (
        group("at", "alias", "place_words", "needs", "done", "next", "next_on"),
        folded("card", "answers"),
        folded("more", "place", "age_band", "language", "people", "ethos", "joined"),
    )
    fills = (fills("at", now()),)
    rules = (
        asks("at"),
        derives("concern", all_(answered("concern_when"), not_(has("joined")))),
        derives("wants_help", all_(any_(IS_URGENT, answered("refer_when")), not_(has("joined")))),
    )
    is_open = not_(has("joined"))
    falls_due = (Deadline("outreach_next", "next_on", days=(0,), unless=has("joined"), whole_file=True),)

    at = instant()
    place = code("place")
    place_words = text()
    #: what they are called there: never a full name or an identity code
    alias = text(joined=False)
    needs = codes("outreach_need")
    #: the housing card: three questions that anybody may ask
    answers = Items(code("housing_card_answer"), item=code("housing_card_question"))
    done = long_text()
    next = text()
    next_on = date()
    age_band = code("age_band")
    language = code("language")
    people = whole(1, PEOPLE_MAX)
    ethos = code("ethos_light")
    #: the client's file that they have by now
    joined = reference("case")
