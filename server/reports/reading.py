"""Records read once for a report: by organisation and kind, for the files that a reader has. SQL on records."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import orjson
from sqlalchemy import Connection, bindparam, func, select

from server.core.actor import Actor
from server.core.bulk import among, listed
from server.core.models import Access, AccessEvent, CaseFile, OwnEntry, Record, ReportFact, SurveyAnswer, Team, User
from server.kinds import homes
from server.reports import readers
from server.reports.days import Period, day_of
from server.reports.facts import CaseFacts, Fact, as_moment, case_files, fact_of
from server.reports.shape import ReportContext, StandIn, WorkerRow
from server.rules.contracted_hours import OPEN_END
from server.sync import one_person, opening

#: so many files are named in the statement; of more, all of the organisation are read
FILES_NAMED_MAX = 400
COLLEAGUE, SURVEY = "person", "survey"
#: of these there are most, and no formula asks for one that began outside its period
OF_THE_PERIOD = frozenset({"visit"})


class Files:
    """The files of a reader, and how their records are asked for."""

    def __init__(self, connection: Connection, actor: Actor) -> None:
        self.connection, self.org = connection, actor.org
        found = readers.files(connection, actor)
        self.of_clients = [file for file in found if file.home in homes.OF_A_CLIENT]
        self.of_teams = [file for file in found if file.home == homes.TEAM]
        self.teams = readers.teams(connection, actor) or {file.team for file in found}

    def cases(self, kinds: Collection[str], period: Period) -> list[CaseFacts]:
        ids = {file.id for file in self.of_clients}
        wanted = {"case", "exit", "decision", *kinds}
        found = case_files(self.of_clients, self._facts(ids, wanted, period))
        hidden = one_person.unlisted_files(self.connection, self.org)
        for case in found:
            case.is_unlisted = case.is_unlisted or not hidden.isdisjoint(case.files)
        return found

    def beside(self, kinds: Collection[str], period: Period) -> dict[str, list[Fact]]:
        """What stands in no client's file, by kind: records of team files, colleagues, and answers without a name."""
        found: dict[str, list[Fact]] = defaultdict(list)
        of_teams = self._facts({file.id for file in self.of_teams}, set(kinds) - {COLLEAGUE}, period)
        of_all = self._facts({self.org}, set(kinds) & {COLLEAGUE}, period)
        for fact in (*of_teams, *of_all):
            found[fact.kind].append(fact)
        if SURVEY in kinds:
            found[SURVEY] = answers(self.connection, self.org, self.teams, period)
        return found

    def _facts(self, ids: set[str], kinds: set[str], period: Period) -> Iterator[Fact]:
        if not ids or not kinds:
            return
        given = {"org": self.org, "first": str(period.start), "last": str(period.end)}
        for statement, these in ((_BY_FILE, kinds - OF_THE_PERIOD), (_OF_DAYS, kinds & OF_THE_PERIOD)):
            if not these:
                continue
            given["kinds"] = listed(sorted(these))
            if len(ids) <= FILES_NAMED_MAX:
                statement = statement.where(among(ReportFact.case, bindparam("cases")))  # noqa: PLW2901 - narrowed
                given["cases"] = listed(sorted(ids))
            for case, kind, facts in self.connection.execute(statement, given):
                if case in ids:
                    yield from _of_file(case, kind, facts)


def _of_file(case: str, kind: str, facts: str) -> list[Fact]:
    read_day = date.fromisoformat
    return [
        Fact(record, case, kind, values, begun_ms, outcome_ms, read_day(day) if day else None)
        for record, day, begun_ms, outcome_ms, values in orjson.loads(f"[{facts}]")
    ]


#: all facts of a file and kind as one text: far fewer rows to fetch
_BY_FILE = (
    select(ReportFact.case, ReportFact.kind, func.aggregate_strings(ReportFact.content, ","))
    .where(ReportFact.org == bindparam("org"), among(ReportFact.kind, bindparam("kinds")))
    .group_by(ReportFact.case, ReportFact.kind)
)
_OF_DAYS = _BY_FILE.where(ReportFact.day >= bindparam("first"), ReportFact.day <= bindparam("last"))
_ROWS = select(Record.id, Record.case, Record.kind, Record.body).where(Record.org == bindparam("org"))


class LoggedFile(NamedTuple):
    """A file with where its log stands."""

    id: str
    team: str | None
    chain_length: int
    chain_head: str


def files_of_decision(connection: Connection, actor: Actor, decision: str) -> list[LoggedFile]:
    """The file of a decision, with where its log stands, and after it the client's others (H7); none where it is not
    this reader's."""
    found = any_file_of_decision(connection, actor.org, decision)
    readable = {file.id for file in readers.files(connection, actor)}
    if found is None or found.id not in readable:
        return []
    others = set(one_person.files_of(connection, actor.org, found.id)) & readable - {found.id}
    return [found, *logged_files(connection, actor.org, others)]


def any_file_of_decision(connection: Connection, org: str, decision: str) -> LoggedFile | None:
    in_file = _LOGGED.join(Record, (Record.case == CaseFile.id) & (Record.org == CaseFile.org))
    wanted = in_file.where(Record.id == decision, Record.org == org, Record.kind == "decision")
    row = connection.execute(wanted).first()
    return LoggedFile(*row) if row else None


def logged_files(connection: Connection, org: str, cases: Collection[str]) -> list[LoggedFile]:
    """These files, with where their logs stand, in order."""
    found = connection.execute(_LOGGED.where(CaseFile.org == org, CaseFile.id.in_(cases)).order_by(CaseFile.id))
    return [LoggedFile(*row) for row in found]


_LOGGED = select(CaseFile.id, CaseFile.team, CaseFile.chain_length, CaseFile.chain_head)


def workers(connection: Connection, org: str) -> dict[str, WorkerRow]:
    found = connection.execute(select(User.id, User.display_name, User.team).where(User.org == org))
    return {row.id: WorkerRow(row.id, row.display_name, row.team) for row in found}


def names(connection: Connection, org: str, about: ReportContext, language: str) -> dict[str, dict[str, str]]:
    """How workers, teams, units and clients are called in a table, a client by number, never by name; and what the
    organisation calls the entries that it added to a list (A20)."""
    units = connection.execute(_ROWS.where(Record.kind == "unit", Record.case == org), {"org": org})
    facts = [fact_of(row.id, row.case, row.kind, row.body) for row in units]
    return {
        "worker": {worker.id: worker.name for worker in about.workers.values()},
        "team": {row.id: row.name for row in connection.execute(select(Team.id, Team.name).where(Team.org == org))},
        "unit": {fact.id: fact.text("name") or fact.id for fact in facts if fact},
        "case": {case.id: case.header.text("client_id") or case.id for case in about.cases},
        **_own_entries(connection, org, language),
    }


def _own_entries(connection: Connection, org: str, language: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    called = {"fi": OwnEntry.fi, "sv": OwnEntry.sv, "en": OwnEntry.en}[language]
    for catalogue, code, label in connection.execute(
        select(OwnEntry.catalogue, OwnEntry.code, called).where(OwnEntry.org == org)
    ):
        found[catalogue][code] = label
    return found


def answers(connection: Connection, org: str, teams: Collection[str | None], period: Period) -> list[Fact]:
    """What clients answered, by day and team: nothing there says who. Without scores somebody was asked only."""
    wanted = select(SurveyAnswer.id, SurveyAnswer.team, SurveyAnswer.day, SurveyAnswer.scores).where(
        SurveyAnswer.org == org, SurveyAnswer.day >= str(period.start), SurveyAnswer.day <= str(period.end)
    )
    return [
        Fact(row.id, "", SURVEY, {"on": row.day, "team": row.team, "scores": orjson.loads(row.scores)})
        for row in connection.execute(wanted)
        if row.team in teams
    ]


def returns(connection: Connection, org: str) -> dict[str, list[date]]:
    """By case, the days on which its person asked for help again, in whoever's file that stands."""
    found: dict[str, list[date]] = defaultdict(list)
    wanted = _BY_FILE.where(ReportFact.content.contains('"returner_of"'))
    for case, kind, facts in connection.execute(wanted, {"org": org, "kinds": listed(["referral"])}):
        for fact in _of_file(case, kind, facts):
            earlier, again = fact.text("returner_of"), fact.moment("need_notified_at")
            if earlier and again:
                found[earlier].append(day_of(again))
    return {case: sorted(days) for case, days in found.items()}


def stand_ins(connection: Connection, org: str) -> list[StandIn]:
    """Who stood in for whom, from the events of access: until it was taken away or ran out."""
    ends = {(row.user, row.case): row.expires_at for row in connection.execute(_ENDS, {"org": org})}
    open_: dict[tuple[str, str], date] = {}
    found = []
    for row in connection.execute(_EVENTS, {"org": org}):
        key, moment = (row.user, row.case), as_moment(row.at)
        if moment is None:
            continue
        begun = open_.pop(key, None)
        if begun:
            found.append(StandIn(*key, begun, day_of(moment)))
        if row.event == "grant" and row.reason == opening.STAND_IN:
            open_[key] = day_of(moment)
    return found + [StandIn(*key, begun, _until(ends.get(key))) for key, begun in open_.items()]


def _until(expires_at: str | None) -> date:
    moment = as_moment(expires_at) if expires_at else None
    return day_of(moment) if moment else OPEN_END


_ENDS = select(Access.user, Access.case, Access.expires_at).where(
    Access.org == bindparam("org"), Access.reason == opening.STAND_IN
)
_EVENTS = (
    select(AccessEvent.user, AccessEvent.case, AccessEvent.event, AccessEvent.at, AccessEvent.reason)
    .where(AccessEvent.org == bindparam("org"))
    .order_by(AccessEvent.seq)
)


def of_own_worker(cases: Sequence[CaseFacts], user: str) -> list[CaseFacts]:
    """Those whose own worker this person is."""
    return [case for case in cases if case.header.text("own_worker") == user]
