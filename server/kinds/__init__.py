"""The kinds of record: what each may hold, one declaration each.

A new kind is one `Kind` subclass in a module of this folder, listed in `KINDS`, and one screen in the browser.
The browser's types, the OpenAPI contract and the checker of the hot path all follow from the declaration.
"""

from server.kinds.agency_account import AgencyAccount
from server.kinds.agreement import Agreement
from server.kinds.application import Application
from server.kinds.attachment import Attachment
from server.kinds.base import Kind
from server.kinds.benefit import Benefit
from server.kinds.case import Case
from server.kinds.checklist import Checklist
from server.kinds.decision import Decision
from server.kinds.disclosure import Disclosure
from server.kinds.disturbance import Disturbance
from server.kinds.eviction import Eviction
from server.kinds.exit import Exit
from server.kinds.follow_up import FollowUp
from server.kinds.goal import Goal
from server.kinds.home_key import HomeKey
from server.kinds.home_safety import HomeSafety
from server.kinds.member import Member
from server.kinds.note import Note
from server.kinds.outreach import Outreach
from server.kinds.people import Person, Team
from server.kinds.plan import Plan
from server.kinds.rating import Rating
from server.kinds.referral import Referral
from server.kinds.registers import Dwelling, Landlord, Partner, Unit
from server.kinds.rent import Rent
from server.kinds.risk import Risk
from server.kinds.session import Session
from server.kinds.shift import Shift
from server.kinds.stay import Stay
from server.kinds.support_need import SupportNeed
from server.kinds.talk import Talk
from server.kinds.unmet_need import UnmetNeed
from server.kinds.visit import Visit

ALL = (
    Case,
    Visit,
    Note,
    Goal,
    Checklist,
    Decision,
    SupportNeed,
    Plan,
    Agreement,
    Application,
    Stay,
    Rent,
    Disturbance,
    Eviction,
    AgencyAccount,
    Rating,
    Risk,
    HomeSafety,
    HomeKey,
    UnmetNeed,
    Disclosure,
    Benefit,
    Member,
    Talk,
    Exit,
    FollowUp,
    Landlord,
    Partner,
    Unit,
    Dwelling,
    Shift,
    Person,
    Team,
    Referral,
    Outreach,
    Attachment,
    Session,
)
KINDS: dict[str, type[Kind]] = {kind.kind_name(): kind for kind in ALL}

__all__ = ["KINDS", "Kind"]
