"""After a storm: I1–I8, organisation by organisation."""

from functools import partial

from tests.storm import invariants
from tests.storm.invariants import Broken, Ledger
from tests.storm.phone import Phone
from tests.storm.world import World


def check(world: World, phones: list[Phone], ledger: Ledger) -> None:
    """`Broken` for the first invariant that does not hold."""
    invariants.i7_no_reading_disappears(ledger, set().union(*map(world.readings, world.orgs)))
    forgotten = world.wiped - world.still_wiped()
    if forgotten:
        raise Broken(f"I4: wiped, and let in again: {sorted(forgotten)}")
    for org in world.orgs:
        log, records, digests = world.log(org), world.records(org), world.digests(org)
        here = [phone for phone in phones if world.org_of(phone.person) == org]
        own = _part_of(ledger, here, world)
        own.given |= {line.id for line in log if line.author == org}
        readable = {person: world.readable(person) | world.shared(person) | {org} for person in world.granted}
        invariants.i1_nothing_acknowledged_is_lost(own, log, world.held(org))
        invariants.i2_each_change_is_applied_once(own, log, records)
        invariants.i5_no_value_disappears_unseen(log, records)
        invariants.i6_every_outbox_drains(here)
        invariants.i3_everybody_agrees(here, readable, records, digests)
        for phone in here:
            invariants.i8_everybody_sees_the_same_client(phone, partial(world.together, phone.person))


def _part_of(ledger: Ledger, phones: list[Phone], world: World) -> Ledger:
    """What the witness wrote down of the people with these phones; authors as the server names them."""
    people = {phone.person for phone in phones}
    own = {change for change, author in ledger.author.items() if author in people}
    return Ledger(
        given=set(ledger.given),
        written={change: ledger.written[change] for change in own},
        author={change: world.user_id(ledger.author[change]) for change in own},
        acknowledged=ledger.acknowledged & own,
        # After a restore a full hold may refuse what was held: it stands on the phone then, with that reason (I6).
        held=(ledger.held & own) - {entry.change["id"] for phone in phones for entry in phone.refused()},
        excused=ledger.excused & own,
        promised=set().union(*(phone.promised for phone in phones)),
    )
