"""One write transaction for each request, tried again where two writers got in each other's way."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session as Transaction

from server.config import LIMITS
from server.core.database import writing
from server.core.problems import Problem

Result = TypeVar("Result")

#: PostgreSQL: serialisation failure, deadlock, and two that inserted the same id at once
COLLISIONS = {"40001", "40P01", "23505"}


def in_one_transaction(work: Callable[[Transaction], Result]) -> Result:
    """What `work` returns, committed. After `write_tries_max` collisions: `try_later`, nothing done."""
    for attempt in range(LIMITS.write_tries_max):
        if attempt:
            time.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311 - jitter, not a secret
        try:
            with writing() as transaction:
                return work(transaction)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in COLLISIONS:
                raise
    raise Problem("try_later", retry_after_s=LIMITS.retry_after_s)
