"""Who waits for news, and the one thread that looks whether there is some (SPEC P11).

It asks the database instead of being told by it: a question every `LOOK_S` while anybody waits works the same on both
databases, behind a pooler in transaction mode and with several processes; docs/decisions/0041 has the figures.
"""

import logging
import threading
import time
from dataclasses import dataclass, field

from flask import Flask

from server.core.actor import Actor
from server.core.parked import Answer
from server.sync import news
from server.sync.exchange import reading
from server.sync.pull import Cursor

log = logging.getLogger("ovikello.live")

LOOK_S = 0.05
#: after which a request is answered without news: proxies cut what is silent for a minute
WAIT_S = 45
#: to look again after the database did not answer
AFTER_FAILURE_S = 2
#: all of this process, and of one person
WAITING_MAX, OF_A_PERSON_MAX = 3000, 8

NEWS, NOTHING = b'{"news":true,"wait_s":0}\n', b'{"news":false,"wait_s":0}\n'


@dataclass(eq=False)
class Waiting:
    """A device that waits. `since` is what it has: seq of records and of access."""

    room: "WaitingRoom"
    actor: Actor
    since: news.Since
    until: float = 0
    answer: Answer | None = field(default=None, repr=False)

    def enter(self, answer: Answer) -> None:
        self.answer = answer
        self.until = time.monotonic() + WAIT_S
        self.room.add(self)

    def leave(self) -> None:
        self.room.take_out([self])


class WaitingRoom:
    """Of one process."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.is_full_at = WAITING_MAX
        #: whether a thread looks for those who wait
        self.is_watched = False
        self._lock = threading.Lock()
        self._here: dict[Waiting, None] = {}
        #: organisations that somebody has come of since the last look
        self._come: set[str] = set()

    @property
    def is_full(self) -> bool:
        return len(self._here) >= self.is_full_at

    def waiting(self) -> list[Waiting]:
        with self._lock:
            return list(self._here)

    def seat(self, actor: Actor, cursor: Cursor) -> Waiting:
        """For a device that has got as far as its cursor says."""
        return Waiting(self, actor, news.Since(cursor.epoch, cursor.seq, cursor.access))

    def add(self, one: Waiting) -> None:
        with self._lock:
            of_person = [each for each in self._here if each.actor.user == one.actor.user]
            self._here[one] = None
            self._come.add(one.actor.org)
            if not self.is_watched:
                self.is_watched = True
                threading.Thread(target=self._watch, name="live", daemon=True).start()
        if len(of_person) >= OF_A_PERSON_MAX:
            self._tell(of_person[:1], NOTHING)

    def take_out(self, them: list[Waiting]) -> list[Waiting]:
        """Those of them that were still here."""
        with self._lock:
            return [each for each in them if self._here.pop(each, each) is None]

    def _tell(self, them: list[Waiting], body: bytes) -> None:
        for each in self.take_out(them):
            if each.answer is not None:
                each.answer(body)

    def _watch(self) -> None:
        """Look until nobody waits any more."""
        looked: dict[str, news.Since] = {}
        while waiting := self._waiting_or_done(looked):
            pause_s = LOOK_S
            try:
                self._look(waiting, looked)
            except Exception as error:  # noqa: BLE001 - whatever it is, those who wait must be answered
                log.warning("could not look for news (%s)", type(error).__name__)
                pause_s = AFTER_FAILURE_S
            now = time.monotonic()
            self._tell([each for each in waiting if each.until <= now], NOTHING)
            time.sleep(pause_s)

    def _waiting_or_done(self, looked: dict[str, news.Since]) -> list[Waiting]:
        """Who waits; of organisations that somebody has come of, nothing has been looked at."""
        with self._lock:
            self.is_watched = bool(self._here)
            for org in self._come:
                looked.pop(org, None)
            self._come.clear()
            return list(self._here)

    def _look(self, waiting: list[Waiting], looked: dict[str, news.Since]) -> None:
        """Tell those for whom something has come. `looked` is how far each organisation had got at the last look."""
        with self.app.app_context(), reading() as connection:
            for org, head in news.heads(connection, {each.actor.org for each in waiting}).items():
                if looked.get(org) == head:
                    continue
                behind = [each for each in waiting if each.actor.org == org and each.since.is_behind(head)]
                told = news.told(connection, org, head, {each: (each.actor.user, each.since) for each in behind})
                self._tell(sorted(told, key=lambda each: each.until), NEWS)
                for each in behind:
                    each.since = head
                looked[org] = head
