"""The end of access for a time is written before its person is served (S6), and within the hour for who never asks.

What is asked meanwhile does not depend on it: access that is over is no access (`server/core/models.py`, `LASTS`).
"""

from functools import partial

from sqlalchemy import select

from server.core.actor import Actor
from server.core.models import Organisation, db
from server.core.transaction import in_one_transaction
from server.sync import scope


def end_if_over(actor: Actor) -> None:
    """Before anything else of a person's request. Costs a look at an index where nothing is over."""
    with db.engine.connect() as connection:
        is_over = scope.has_expired(connection, actor.org, actor.user)
    if is_over:
        in_one_transaction(lambda transaction: scope.expire_stand_ins(transaction, actor.org, actor.user))


def end_all_that_are_over() -> int:
    """Everybody's, organisation by organisation. Returns how many."""
    with db.engine.connect() as connection:
        orgs = list(connection.scalars(select(Organisation.id)))
    return sum(in_one_transaction(partial(scope.expire_stand_ins, org=org)) for org in orgs)
