"""What the client has answered to: a consent with its limits and end, a commitment in the client's own words.

*Not now* is an answer like any other. It closes nothing.
"""

from marshmallow import fields

from server.kinds.base import Kind, OwnHand, Part, code, date, long_text, reference, text
from server.kinds.due import Deadline
from server.kinds.rules import asks, derives, fills, flagged, folded, group, warns
from server.rules.conditions import all_, before, has, is_, not_, one_of, today

NEEDS_SIGNATURE = flagged("agreement_kind", "agreement_kind", "needs_signature")
SAYS_YES = flagged("answer", "agreement_answer", "in_force")
IS_OVER = before("until", today())
STANDS = all_(not_(has("withdrawn_on")), not_(IS_OVER))
#: the client lets somebody contact the landlord
LETS_TALK_TO_LANDLORD = all_(is_("agreement_kind", "landlord_contact"), SAYS_YES, STANDS)


class CopyGiven(Part):
    sentence = ("on", "how")

    on = date()
    how = text(searched=False)


class Agreement(Kind):
    icon = "circle-check"
    happened = ("on",)
    layout = (
        group("agreement_kind", "answer"),
        group("limits", when=is_("answer", "yes_with_limits")),
        group("own_words", "on", "until"),
        folded("papers", "signed_on", "copy_given", "member"),
        folded("withdrawn", "withdrawn_on"),
    )
    fills = (fills("on", today()),)
    rules = (
        asks("agreement_kind"),
        asks("answer"),
        asks("on"),
        asks("limits", when=is_("answer", "yes_with_limits")),
        asks("backwards", not_(before("until", "on")), when=has("until"), at="until"),
        warns("own_words", has("own_words"), when=is_("agreement_kind", "commitment"), at="own_words"),
        warns("unsigned", has("signed_on"), when=all_(SAYS_YES, NEEDS_SIGNATURE), at="signed_on"),
        warns("no_copy", has("copy_given.on"), when=SAYS_YES, at="copy_given"),
        derives("in_force", all_(SAYS_YES, STANDS), tone="good"),
        derives("withdrawn", has("withdrawn_on"), tone="plain"),
        derives("disputed", one_of("own_hand.agrees", "partly", "no"), tone="plain"),
        derives("has_ended", all_(SAYS_YES, IS_OVER, not_(has("withdrawn_on"))), tone="plain"),
    )
    is_open = STANDS
    falls_due = (Deadline("agreement_ends", "until", days=(-14,), unless=has("withdrawn_on")),)
    columns = ("agreement_kind", "answer", "limits", "on", "until", "withdrawn_on")

    agreement_kind = code("agreement_kind")
    answer = code("agreement_answer")
    limits = long_text()
    own_words = long_text()
    on = date()
    until = date()
    signed_on = date()
    copy_given = fields.Nested(CopyGiven)
    #: whom it is about: with whom may be talked
    member = reference("member")
    withdrawn_on = date()
    own_hand = fields.Nested(OwnHand)
