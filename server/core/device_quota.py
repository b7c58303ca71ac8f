"""How much one device, or one token of the data API, may ask for: so many requests at once, and so much of a
processor's time. Others are served meanwhile.

Counted in this process; several processes allow as many times as much.
"""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from flask import Flask, current_app, g, request

from server.config import LIMITS
from server.core.problems import Problem

#: why a request is refused that did not come whole, or found no place in time (`slow_requests.py`)
PROBLEM = "ovikello.problem"
EXCHANGE = "sync.sync"
#: devices whose work is remembered
DEVICES_MAX = 10_000


@dataclass
class Spent:
    """Processor seconds that are not forgiven yet, as of a moment of the monotonic clock."""

    seconds: float
    at: float

    def now(self) -> float:
        return max(0.0, self.seconds - (time.monotonic() - self.at) * LIMITS.device_work_share)


@dataclass
class DeviceQuota:
    """Of one application: by device, what is at work, its exchanges among it, and what has been done."""

    running: Counter[str] = field(default_factory=Counter)
    exchanging: Counter[str] = field(default_factory=Counter)
    spent: dict[str, Spent] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


def install(app: Flask) -> None:
    app.extensions["ovikello-device-quota"] = DeviceQuota()
    app.before_request(refuse_unread)
    app.teardown_request(leave)


def install_after_guard(app: Flask) -> None:
    app.before_request(enter)


def quota_of(app: Flask) -> DeviceQuota:
    found: DeviceQuota = app.extensions["ovikello-device-quota"]
    return found


def refuse_unread() -> None:
    code = request.environ.get(PROBLEM)
    if code:
        raise Problem(code, retry_after_s=LIMITS.retry_after_s if code == "try_later" else None)


def enter() -> None:
    """One more request of a device; `try_later` where it has as many at work, or has had as much done, as it may."""
    asking = _asking()
    if asking is None:
        return
    device, is_exchange = asking
    here = quota_of(current_app)
    with here.lock:
        debt_s = here.spent[device].now() - LIMITS.device_work_s if device in here.spent else 0
        if is_exchange and debt_s > 0:
            raise Problem("try_later", retry_after_s=min(60, 1 + int(debt_s / LIMITS.device_work_share)))
        is_busy = is_exchange and here.exchanging[device] >= LIMITS.device_exchanges_max
        if is_busy or here.running[device] >= LIMITS.device_requests_max:
            raise Problem("try_later", retry_after_s=1)
        here.running[device] += 1
        here.exchanging[device] += is_exchange
    g.entered = (device, is_exchange, time.thread_time())


def _asking() -> tuple[str, bool] | None:
    """Whose quota it is, and whether its work counts: an exchange's, and all that a data token asks for."""
    if "data_token" in g:
        return g.data_token.id, True
    return (g.identity.actor.device, request.endpoint == EXCHANGE) if "identity" in g else None


def leave(_error: BaseException | None = None) -> None:
    entered = g.pop("entered", None)
    if entered is None:
        return
    device, is_exchange, begun = entered
    here = quota_of(current_app)
    with here.lock:
        _less(here.running, device, 1)
        _less(here.exchanging, device, is_exchange)
        before = here.spent.pop(device).now() if device in here.spent else 0.0
        here.spent[device] = Spent(before + time.thread_time() - begun, time.monotonic())
        if len(here.spent) > DEVICES_MAX:
            del here.spent[next(iter(here.spent))]  # who has been quiet for longest


def _less(counter: Counter[str], device: str, number: int) -> None:
    counter[device] -= number
    if not counter[device]:
        del counter[device]
