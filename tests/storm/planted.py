"""Bugs of the kind that sync engines really have, put in on purpose: the storm must find each."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from server.core import journal, transaction
from server.core.journal_detail import Detail
from server.core.models import Access, Device
from server.core.problems import Problem
from server.rules import merge
from server.sync import apply, exchange, log, one_person, opening, protocol, pull, pull_queries, push, scope, visibility
from tests.storm.phone import Phone

Plant = Callable[[pytest.MonkeyPatch], None]


def cursor_off_by_one(patch: pytest.MonkeyPatch) -> None:
    """The feed begins one too late."""
    right = pull_queries.changed

    def changed(connection: Any, actor: Any, after: int, *more: Any) -> Any:
        return right(connection, actor, after + 1, *more)

    patch.setattr(pull_queries, "changed", changed)


def acknowledged_before_the_commit(patch: pytest.MonkeyPatch) -> None:
    """The verdict is on its way when every seventh commit fails."""
    right, count = transaction.in_one_transaction, 0

    class Failed(Exception):
        pass

    def in_one_transaction(work: Callable[[Any], Any]) -> Any:
        nonlocal count
        count += 1
        if count % 7:
            return right(work)
        answers: list[Any] = []

        def work_and_fail(transaction: Any) -> None:
            answers.append(work(transaction))
            raise Failed

        with pytest.raises(Failed):
            right(work_and_fail)
        return answers[0]

    patch.setattr(exchange, "in_one_transaction", in_one_transaction)


def seen_is_dropped(patch: pytest.MonkeyPatch) -> None:
    """The server forgets what the writer had seen."""

    class Forgetful:
        def __getattr__(self, name: str) -> Any:
            return getattr(merge, name)

        def apply(self, state: Any, change: merge.ChangeData, *more: Any) -> Any:
            return merge.apply(state, {**change, "seen": {}}, *more)

    patch.setattr(apply, "merge", Forgetful())


def last_writer_wins(patch: pytest.MonkeyPatch) -> None:
    """The server treats every write as one that has seen all."""

    class Greedy:
        def __getattr__(self, name: str) -> Any:
            return getattr(merge, name)

        def apply(self, state: Any, change: merge.ChangeData, *more: Any) -> Any:
            held = state["fields"]
            seen = {path: [v[0] for v in held.get(path, ())] for path in change["set"]}
            return merge.apply(state, {**change, "seen": seen}, *more)

    patch.setattr(apply, "merge", Greedy())


def no_purge(patch: pytest.MonkeyPatch) -> None:
    """A phone never hears that it lost a file."""
    right = pull.page

    def page(*given: Any) -> Any:
        result = right(*given)
        result.files = [news for news in result.files if news["event"] != "purge"]
        return result

    patch.setattr(pull, "page", page)


def idempotent_by_counter(patch: pytest.MonkeyPatch) -> None:
    """A change counts as known when its device has already sent a later stamp."""
    right = push.push
    latest: dict[str, str] = {}

    def by_counter(connection: Any, actor: Any, changes: Any, now_ms: int, *more: Any) -> Any:
        new = [change for change in changes if change.at > latest.get(actor.device, "")]
        latest[actor.device] = max([latest.get(actor.device, ""), *(c.at for c in changes)])
        pushed = right(connection, actor, new, now_ms, *more)
        of = {verdict["id"]: verdict for verdict in pushed.verdicts}
        verdicts: list[push.Verdict] = [
            of.get(change.id) or {"id": change.id, "verdict": "duplicate", "seq": 1} for change in changes
        ]
        return replace(pushed, verdicts=verdicts)

    patch.setattr(exchange, "push", by_counter)


def access_is_remembered(patch: pytest.MonkeyPatch) -> None:
    """Access is looked up once and kept, outside the transaction that writes."""
    right = scope.accessible
    known: dict[Any, set[str]] = {}

    def accessible(connection: Any, actor: Any, cases: Any) -> set[str]:
        once = known.setdefault(actor, set())
        once |= right(connection, actor, cases)
        return once & set(cases)

    patch.setattr(scope, "accessible", accessible)


def mark_is_ignored(patch: pytest.MonkeyPatch) -> None:
    """Only the epoch is compared, so a swapped database goes unnoticed."""

    def is_ours(_connection: Any, _actor: Any, cursor: Any, head: Any) -> bool:
        return cursor is not None and cursor.epoch == head.epoch

    patch.setattr(exchange, "_is_ours", is_ours)


def older_copies_are_taken(patch: pytest.MonkeyPatch) -> None:
    """The phone takes whatever arrives, however old: replies and records."""
    right = Phone.take

    def take(self: Phone, request: dict[str, Any], reply: dict[str, Any], now_ms: int) -> bool:
        for copy in self.disk.copies.values():
            copy.seq = 0
        return right(self, request | {"cursor": self.disk.cursor}, reply, now_ms)

    patch.setattr(Phone, "take", take)


def acknowledged_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    """The phone drops an entry as soon as it is acknowledged, so a restore loses it."""
    right = Phone._let_go

    def let_go(self: Phone, durable: int) -> None:
        right(self, durable)
        entries = self.disk.entries
        self.disk.entries = [entry for entry in entries if entry.standing != "acknowledged"]

    patch.setattr(Phone, "_let_go", let_go)


def handed_over_and_not_kept(patch: pytest.MonkeyPatch) -> None:
    """The verdict says that the supervisor has it, and nobody wrote it down."""
    right = log.hold

    def hold(connection: Any, held: Any) -> None:
        right(connection, [row for row in held if row["problem"] is None])

    patch.setattr(log, "hold", hold)


def readers_are_not_asked(patch: pytest.MonkeyPatch) -> None:
    """Whoever has access to a case file gets all of it, whatever their role."""
    patch.setattr(visibility, "may_read", lambda *_: True)


def blind_writes_are_taken(patch: pytest.MonkeyPatch) -> None:
    """Whoever has access to a case file writes into it, whatever their role."""
    patch.setattr(push, "_is_hidden", lambda *_: False)


def one_bad_item_refuses_the_body(patch: pytest.MonkeyPatch) -> None:
    """The server reads a body as a whole, or not at all."""
    right = protocol.read

    def read(body: bytes) -> Any:
        request = right(body)
        if request.refused:
            raise Problem("body_malformed")
        return request

    patch.setattr(protocol, "read", read)


def bad_items_are_dropped_in_silence(patch: pytest.MonkeyPatch) -> None:
    """What is not taken is not told either, so that the phone lets it go."""
    right = protocol.read
    patch.setattr(protocol, "read", lambda body: replace(right(body), refused=[]))


def a_wipe_of_a_new_device_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    """The journal changes devices that the backup has, and brings none that it has not."""
    patch.setattr(journal, "_device", lambda t, org, detail: t.get(Device, (detail["device"], org)))


def openings_are_not_replayed(patch: pytest.MonkeyPatch) -> None:
    """A case file opened after the backup is gone for good."""
    patch.setitem(journal.REPLAYS, "case_open", journal.Replay(lambda *_: None))


def overtaken_lines_are_replayed(patch: pytest.MonkeyPatch) -> None:
    """What a crash cut off is done at the next start, whatever was done since."""

    def sorted_out(lines: list[Any], known: set[str]) -> tuple[list[Any], list[str], list[str]]:
        return [line for line in lines if line["id"] not in known], [], []

    patch.setattr(journal, "_sorted_out", sorted_out)


def only_the_exchange_looks_at_the_time(patch: pytest.MonkeyPatch) -> None:
    """The end of access for a time is written before an exchange; whatever else is asked does not look at it."""

    def accessible(connection: Any, actor: Any, cases: Any) -> set[str]:
        own = select(Access.case).where(Access.org == actor.org, Access.user == actor.user)
        return set(cases) & set(connection.scalars(own))

    patch.setattr(scope, "accessible", accessible)


def an_intake_stays_the_team_s(patch: pytest.MonkeyPatch) -> None:
    """Taken in as a client, it goes on being read by all who had it as an intake."""
    patch.setattr(opening, "_become_case", lambda *_: None)


def homes_are_not_replayed(patch: pytest.MonkeyPatch) -> None:
    """A team's file that the backup never had comes back as a client's."""

    def again(transaction: Any, org: str, detail: Detail, by: str | None) -> None:
        scope._replay_open(transaction, org, Detail({**detail, "home": "case"}), by)

    patch.setitem(journal.REPLAYS, "case_open", journal.Replay(again, gives=lambda _: True))


def any_kind_goes_anywhere(patch: pytest.MonkeyPatch) -> None:
    """Whoever may read a file writes whatever they like into it."""
    patch.setattr(visibility, "fits", lambda *_: True)


def a_name_leads_out_of_what_is_read(patch: pytest.MonkeyPatch) -> None:
    """Whoever reads one file of somebody who was entered twice is handed the other one too."""
    patch.setattr(
        one_person,
        "readable_files_of",
        lambda connection, actor, case: one_person.files_of(connection, actor.org, case),
    )


def joined_by_whoever_was_first(patch: pytest.MonkeyPatch) -> None:
    """Of two files that name each other each is the other's duplicate."""
    patch.setattr(one_person, "kept_files", lambda named, files: {one: named[one] for one in files if one in named})


#: each bug, and what has to happen more often than usual for it to show
PLANTED: dict[Plant, dict[str, int]] = {
    cursor_off_by_one: {},
    acknowledged_before_the_commit: {},
    seen_is_dropped: {},
    last_writer_wins: {},
    no_purge: {"revoke": 8},
    idempotent_by_counter: {"keep_profile": 4, "roll_back": 4, "skew": 6},
    access_is_remembered: {"revoke": 8},
    mark_is_ignored: {"backup": 5, "swap": 5},
    older_copies_are_taken: {"give_up": 12, "serve_twice": 12},
    acknowledged_is_forgotten: {"backup": 5, "restore": 5},
    handed_over_and_not_kept: {"hand_over": 8},
    one_bad_item_refuses_the_body: {"poison_list": 8},
    bad_items_are_dropped_in_silence: {"poison_list": 8},
    readers_are_not_asked: {},
    blind_writes_are_taken: {"forge": 12},
    a_wipe_of_a_new_device_is_forgotten: {"backup": 5, "restore": 5, "wipe": 6},
    only_the_exchange_looks_at_the_time: {"lend": 6, "look": 8},
    openings_are_not_replayed: {"backup": 5, "restore": 5, "open": 8},
    an_intake_stays_the_team_s: {"intake": 12, "take_in": 12},
    homes_are_not_replayed: {"backup": 5, "restore": 5, "team": 8},
    any_kind_goes_anywhere: {"forge": 12},
    overtaken_lines_are_replayed: {"crash": 12, "restart": 8, "grant": 6},
    a_name_leads_out_of_what_is_read: {"join": 8},
    joined_by_whoever_was_first: {"join": 12},
}
