"""The worker that sends what is due: `ovikello worker`, or a thread of `ovikello serve`.

    claim a batch (a transaction) → who may hear, and where → send (no transaction) → settle (a transaction)

Killed anywhere, it loses nothing: what it had claimed falls due again after the lease, and what it had sent but not
settled is sent again under the same Topic and tag, so that a person sees it once (N6).
"""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import orjson
from flask import Flask

from server import moments
from server.checkin.channels import channels
from server.config import LIMITS, Settings
from server.database import writing
from server.models import db
from server.reminders import claiming, push
from server.reminders.claiming import Claimed, Result
from server.reminders.outbound import AddressRefused, NoAnswer, Told, Wire, outcome_of
from server.reminders.vapid import Signer

log = logging.getLogger("ovikello.worker")

THREADS = 8
POLL_S = 1.0
FORGET_EVERY_S = 60 * 60
#: a push service's answers for a subscription that is no more
GONE = (404, 410)
URGENT_CAUSES = ("checkin", "visit_upcoming")


def utc_now() -> datetime:
    return datetime.now(UTC)


class Worker:
    """`wire` is how it reaches the world and `clock` what time it is: tests bring their own."""

    def __init__(
        self,
        app: Flask,
        wire: Wire | None = None,
        clock: Callable[[], datetime] = utc_now,
        lease_s: int = LIMITS.lease_s,
    ) -> None:
        settings: Settings = app.extensions["ovikello-settings"]
        self.app = app
        self.wire = wire or Wire()
        self.clock = clock
        self.lease_s = lease_s
        self.signer = Signer(settings.vapid_path, settings.contact)
        self.channels = channels(app, self.wire)
        self.pool = ThreadPoolExecutor(THREADS, thread_name_prefix="reminders")

    def run(self, stop: threading.Event) -> None:
        """Send until told to stop. What was claimed when a database failed falls due again."""
        forgot_at = datetime.min.replace(tzinfo=UTC)
        while not stop.is_set():
            try:
                with self.app.app_context():
                    if (self.clock() - forgot_at).total_seconds() > FORGET_EVERY_S:
                        forgot_at = self.clock()
                        self._forget_old()
                    done = self.run_once()
            except Exception as error:  # noqa: BLE001 - whatever it is, the next reminder must be sent
                log.warning("a batch was given up (%s)", type(error).__name__)
                done = 0
            if not done:
                stop.wait(POLL_S)

    def run_once(self) -> int:
        """One batch. Returns how many rows it was."""
        now = self.clock()
        with db.engine.connect() as reading:
            if not claiming.is_any_due(reading, now):  # most of the time, and then nobody waits for a writer
                return 0
        with writing() as transaction:
            rows = claiming.claim(transaction.connection(), now, self.lease_s)
        if not rows:
            return 0
        with db.engine.connect() as reading:
            may_hear = claiming.may_hear(reading, rows, now)
            subscriptions = claiming.subscriptions_of(reading, {row.user for row in rows})
        wanted = [row for row in rows if row.id in may_hear and moments.text(now) < row.drop_at]
        told = self._send_all(wanted, subscriptions, now)
        results = [self._result(row, told.get(row.id), now) for row in rows]
        gone = {each.address for answers in told.values() for each in answers if each.outcome == "gone"}
        with writing() as transaction:
            claiming.settle(transaction.connection(), rows[0].claim, results, gone)
        return len(rows)

    def _forget_old(self) -> None:
        with writing() as transaction:
            claiming.forget_old(transaction.connection(), self.clock())

    def _send_all(
        self, rows: Iterable[Claimed], subscriptions: Mapping[str, Sequence[Claimed]], now: datetime
    ) -> dict[str, list[Told]]:
        """What each address said of each row; an empty list where a person has none."""
        waiting: dict[str, list[Any]] = {}
        for row in rows:
            taken = set(orjson.loads(row.taken_by))
            if row.channel == "push":
                to = [each for each in subscriptions.get(row.user, ()) if each.id not in taken]
                waiting[row.id] = [self.pool.submit(self._push, row, each, now) for each in to]
            elif row.channel in self.channels:
                waiting[row.id] = [self.pool.submit(self.channels[row.channel], row)]
        return {row: [_told(each) for each in sent] for row, sent in waiting.items()}

    def _push(self, row: Claimed, to: Claimed, now: datetime) -> Told:
        left_s = (moments.moment(row.drop_at) - now).total_seconds()
        headers = {
            "TTL": str(max(60, int(left_s))),
            "Urgency": "high" if row.cause.startswith(URGENT_CAUSES) else "normal",
            "Topic": row.id,
        }
        try:
            answer = push.send(self.wire, self.signer, to, push.payload(row), headers)
        except push.KeyGone:
            return Told(to.id, "gone")
        except (AddressRefused, NoAnswer) as error:
            return self._failed(to.id, error)
        if answer.status in GONE:
            return Told(to.id, "gone")
        return Told(to.id, outcome_of(answer), answer.retry_after)

    def _failed(self, address: str, error: Exception) -> Told:
        log.warning("%s: %s", type(error).__name__, error)
        return Told(address, "later" if isinstance(error, NoAnswer) else "refused")

    def _result(self, row: Claimed, answers: Sequence[Told] | None, now: datetime) -> Result:
        at = moments.text(now)
        taken = (*orjson.loads(row.taken_by), *(each.address for each in answers or () if each.outcome == "taken"))
        if answers is None:  # too late, or not theirs to hear any more
            return Result(row.id, "dropped", at, taken, row.sent_at)
        later = [each for each in answers if each.outcome == "later"]
        if later:
            again = max(claiming.next_try(row, now, each.retry_after) for each in later)
            return Result(row.id, "waiting", again, taken, at if taken else row.sent_at)
        # Without an address that takes it, it stands in the inbox all the same.
        return Result(row.id, "sent", at, taken, at)


def _told(sent: Future[Told]) -> Told:
    """What an address answered. A mistake of ours is tried again and stops nobody else's reminders."""
    error = sent.exception()
    if error is None:
        return sent.result()
    log.error("not sent (%s)", type(error).__name__)
    return Told("", "later")
