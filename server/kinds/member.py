"""Somebody of the client's network: an authority, a landlord, a relative."""

from server.kinds.agreement import LETS_TALK_TO_LANDLORD
from server.kinds.base import Kind, code, long_text, reference, text, yes_no
from server.kinds.rules import asks, folded, group, warns
from server.rules.conditions import is_, not_, other


class Member(Kind):
    icon = "users"
    life_area = "errands_network"
    layout = (group("member_kind", "name", "phone", "task"), folded("more", "partner", "note", "ended"))
    rules = (
        asks("name"),
        asks("member_kind"),
        warns(
            "landlord_consent",
            other("agreement", LETS_TALK_TO_LANDLORD),
            at="member_kind",
            when=is_("member_kind", "landlord"),
        ),
    )
    is_open = not_(is_("ended", True))

    member_kind = code("network_member_kind")
    name = text()
    phone = text(32, searched=False, joined=False)
    #: what they do for the client
    task = text()
    #: who they are with, where that stands in the register
    partner = reference("partner")
    note = long_text()
    ended = yes_no()
