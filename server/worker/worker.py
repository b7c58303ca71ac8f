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

import orjson
from flask import Flask

from server.attachments import uploads
from server.auth import security_log
from server.config import LIMITS, Settings
from server.core import timestamps
from server.core.database import writing
from server.core.models import db
from server.core.outbound import AddressRefused, Delivery, NoAnswer, Wire, outcome_of, reason_for, reason_of
from server.core.reminder_tables import SubscriptionRow
from server.core.signing import signer
from server.integrity import anchors
from server.likeness import comparing, keys
from server.reminders import schedule, web_push
from server.reminders.vapid import Signer
from server.safety import escalation, failed_alarms
from server.safety.channels import channels
from server.sync import stand_ins
from server.worker import job_queue
from server.worker.job_queue import Claimed, Result

log = logging.getLogger("ovikello.worker")

SENDER_THREADS = 8
POLL_S = 1.0
#: how much of a log could be cut off unnoticed
ANCHOR_EVERY_S = 10 * 60
TIDY_EVERY_S = 60 * 60
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
        with app.app_context():
            self.words = signer(web_push.PUT_OFF)
        self.signer = Signer(settings.vapid_path, settings.contact)
        self.channels = channels(app, self.wire)
        self.pool = ThreadPoolExecutor(SENDER_THREADS, thread_name_prefix="reminders")

    def run(self, stop: threading.Event) -> None:
        """Send until told to stop. What was claimed when a database failed falls due again."""
        tidied_at = anchored_at = datetime.min.replace(tzinfo=UTC)
        is_new = True
        while not stop.is_set():
            try:
                with self.app.app_context():
                    security_log.write_counts()
                    if (self.clock() - anchored_at).total_seconds() > ANCHOR_EVERY_S:
                        anchored_at = self.clock()
                        security_log.close_windows()
                        anchors.write_anchors(self.app)
                    if (self.clock() - tidied_at).total_seconds() > TIDY_EVERY_S:
                        tidied_at = self.clock()
                        self.tidy_up()
                    if is_new:
                        self.begin()
                        is_new = False
                    done = self.run_once() or comparing.compare_waiting()
            except Exception as error:  # noqa: BLE001 - whatever it is, the next reminder must be sent
                log.warning("a batch was given up (%s)", type(error).__name__)
                done = 0
            if not done:
                stop.wait(POLL_S)

    def run_once(self) -> int:
        """One batch of one organisation. Returns how many rows it was."""
        now = self.clock()
        with db.engine.connect() as reading:
            due = job_queue.organisations_due(reading, now)  # none most of the time: nobody waits for a writer
        for org in due:  # what other workers hold is passed by
            with writing() as transaction:
                schedule.recount_due_rhythms(transaction.connection(), org, timestamps.text(now))
                rows = job_queue.claim(transaction.connection(), org, now, self.lease_s)
            if rows:
                self._send(org, rows, now)
                return len(rows)
        return 0

    def _send(self, org: str, rows: Sequence[Claimed], now: datetime) -> None:
        with db.engine.connect() as reading:
            may_hear = job_queue.may_hear(reading, org, rows, now)
            subscriptions = job_queue.subscriptions_of(reading, org, {row.user for row in rows})
        wanted = [row for row in rows if row.id in may_hear and timestamps.text(now) < row.drop_at]
        told = self._send_all(wanted, subscriptions, now)
        results = [self._result(row, told.get(row.id), now) for row in rows]
        gone = {each.address for answers in told.values() for each in answers if each.outcome == "gone"}
        with writing() as transaction:
            failed_alarms.keep_waiting(transaction.connection(), rows)
            job_queue.settle(transaction.connection(), org, rows[0].claim, results, gone)
            failed_alarms.escalate(transaction.connection(), rows, now)

    def begin(self) -> None:
        """At the start, before anything is sent: what an older release wrote of rhythms is brought up to date (E6).
        Nobody may touch the case file of a client whose phase is light, and its rows would stay. So are the keys by
        which clients are recognised (H9)."""
        now = timestamps.text(self.clock())
        with db.engine.connect() as reading:
            waiting = schedule.with_rhythms(reading)
        for org, case in waiting:
            with writing() as transaction:
                schedule.reschedule_cases(transaction.connection(), org, [case], now)
        while keys.note_missing():
            pass

    def tidy_up(self) -> None:
        """Every hour: the end of stand-ins who never ask (S6), reminders that nobody will look at any more, and files
        that never came whole (X2)."""
        stand_ins.end_all_that_are_over()
        with writing() as transaction:
            job_queue.forget_old(transaction.connection(), self.clock())
            uploads.forget_unfinished(transaction)

    def _send_all(
        self, rows: Iterable[Claimed], subscriptions: Mapping[str, Sequence[SubscriptionRow]], now: datetime
    ) -> dict[str, list[Delivery]]:
        """What each address said of each row; an empty list where a person has none."""
        waiting: dict[str, list[Future[Delivery]]] = {}
        for row in rows:
            taken = set(orjson.loads(row.taken_by))
            if row.channel == "push":
                to = [each for each in subscriptions.get(row.user, ()) if each.id not in taken]
                waiting[row.id] = [self.pool.submit(self._push, row, each, now) for each in to]
            elif row.channel in self.channels:
                waiting[row.id] = [self.pool.submit(self.channels[row.channel], row)]
        return {row: [_told(each) for each in sent] for row, sent in waiting.items()}

    def _push(self, row: Claimed, to: SubscriptionRow, now: datetime) -> Delivery:
        left_s = (timestamps.moment(row.drop_at) - now).total_seconds()
        headers = {
            "TTL": str(max(60, int(left_s))),
            "Urgency": "high" if row.cause.startswith(URGENT_CAUSES) else "normal",
            "Topic": row.id,
        }
        try:
            answer = web_push.send(self.wire, self.signer, to, web_push.payload(row, self.words), headers)
        except web_push.KeyGone:
            return Delivery(to.id, "gone")
        except (AddressRefused, NoAnswer) as error:
            return self._failed(to.id, error)
        if answer.status in GONE:
            return Delivery(to.id, "gone")
        return Delivery(to.id, outcome_of(answer), answer.retry_after, reason_of(answer))

    def _failed(self, address: str, error: AddressRefused | NoAnswer) -> Delivery:
        log.warning("%s: %s", type(error).__name__, error)
        return Delivery(address, "later" if isinstance(error, NoAnswer) else "refused", reason=reason_for(error))

    def _result(self, row: Claimed, answers: Sequence[Delivery] | None, now: datetime) -> Result:
        result = self._outcome(row, answers, now)
        if row.cause not in escalation.ALARMS:
            return result
        return _alarm(row, result, answers, is_late=timestamps.text(now) >= row.drop_at)

    def _outcome(self, row: Claimed, answers: Sequence[Delivery] | None, now: datetime) -> Result:
        at = timestamps.text(now)
        taken = (*orjson.loads(row.taken_by), *(each.address for each in answers or () if each.outcome == "taken"))
        if answers is None:  # too late, or not theirs to hear any more
            return Result(row.id, "dropped", at, taken, row.sent_at)
        later = [each for each in answers if each.outcome == "later"]
        if later:
            again = max(job_queue.next_try(row, now, each.retry_after) for each in later)
            return Result(row.id, "waiting", again, taken, at if taken else row.sent_at)
        # Without an address that takes it, it stands in the inbox all the same.
        return Result(row.id, "sent", at, taken, at)


def _alarm(row: Claimed, result: Result, answers: Sequence[Delivery] | None, *, is_late: bool) -> Result:
    """An alarm that nobody took has failed, and why (K9). A push stands in the inbox all the same."""
    if result.taken_by:
        return result
    given = next((each.reason for each in answers or () if each.reason), None)
    if answers is None:
        given = "too_late" if is_late else "no_account"
    reason = given or "no_address"
    log.warning("an alarm was not taken: %s, %s, %s", row.cause, row.channel, reason)
    if result.state == "waiting":
        return result._replace(reason=reason)
    return result._replace(state="failed", reason=reason, sent_at=result.sent_at if row.channel == "push" else None)


def _told(sent: Future[Delivery]) -> Delivery:
    """What an address answered. A mistake of ours is tried again and stops nobody else's reminders."""
    error = sent.exception()
    if error is None:
        return sent.result()
    log.error("not sent (%s)", type(error).__name__)
    return Delivery("", "later", reason="not_sent")
