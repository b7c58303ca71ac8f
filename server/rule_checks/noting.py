"""The server notes which rule a record does not meet (SPEC G9), in the entry's transaction. It refuses nothing for one.

A record is asked as it is shown, together with the other records of its file where a rule names them. What another
record's change decides is asked again with that change. Notes touch neither state nor digest: no device hears of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

import orjson
from sqlalchemy import Connection, bindparam, delete

from server.core import bulk
from server.core.bulk import among, listed
from server.core.models import UnmetRule
from server.kinds import KINDS
from server.kinds.described import described
from server.rules import clock
from server.rules.conditions import About, RuleJson, kinds_named, unmet
from server.rules.dates import FINLAND
from server.rules.phases import phase_on
from server.sync import record_queries
from server.sync.events import AppliedRecord
from server.sync.shown import ShownRecord, shown_record, shown_state

#: what each kind asks for
RULES: Mapping[str, Sequence[RuleJson]] = {
    name: [rule for rule in described(kind).get("rules", []) if rule["strength"] == "asks"]
    for name, kind in KINDS.items()
}
ASKING = frozenset(name for name, rules in RULES.items() if rules)
#: by kind, the kinds whose records its rules ask for
NAMED: Mapping[str, frozenset[str]] = {
    name: frozenset[str]().union(*(kinds_named(rule["holds"]) | kinds_named(rule.get("when")) for rule in rules))
    for name, rules in RULES.items()
}


def note(connection: Connection, org: str, touched: Iterable[AppliedRecord], stamp: str) -> None:
    """Note what these records lack, and those whose rules ask for them."""
    changed = list(touched)
    kinds = {each.kind for each in changed}
    again = {name for name in ASKING if NAMED[name] & kinds}
    asked = {each.id: shown_state(each) for each in changed if each.kind in ASKING}
    if not again and not asked:
        return
    files = _files(connection, org, {each.case for each in changed}, again | {each.kind for each in asked.values()})
    asked |= {each.id: each for file in files.values() for each in file if each.kind in again}
    today = datetime.fromtimestamp(clock.parse(stamp).time_ms / 1000, UTC).astimezone(FINLAND).date()
    lacking = {id_: _lacking(each, files.get(each.case, ()), today) for id_, each in asked.items()}
    connection.execute(_GONE, {"org": org, "records": listed(sorted(asked))})
    bulk.insert(connection, UnmetRule, [_row(org, asked[id_], rules) for id_, rules in lacking.items() if rules])


def erase(connection: Connection, org: str, cases: Sequence[str]) -> None:
    """Of case files that are erased (A13)."""
    connection.execute(_OF_FILES, {"org": org, "cases": listed(cases)})


def _files(connection: Connection, org: str, cases: set[str], asking: set[str]) -> Mapping[str, Sequence[ShownRecord]]:
    """Of these files what the rules of `asking` have to see, and the records of those kinds where they see others."""
    seeing = {name for name in asking if NAMED[name]}
    kinds = seeing.union(*(NAMED[name] for name in seeing))
    files: dict[str, list[ShownRecord]] = defaultdict(list)
    for row in record_queries.of_kinds(connection, org, cases, kinds) if kinds else ():
        files[row.case].append(shown_record(row))
    return files


def _lacking(record: ShownRecord, file: Sequence[ShownRecord], today: date) -> list[str]:
    if record.values.get("removed"):
        return []
    there = [each for each in file if each.id != record.id and not each.values.get("removed")]
    header = next((each.values for each in there if each.kind == "case"), {})
    others = [(each.kind, each.values) for each in there]
    about = About(record.values, today.isoformat(), phase_on(today, header), others)
    return unmet(RULES[record.kind], "asks", about)


def _row(org: str, record: ShownRecord, lacking: Sequence[str]) -> dict[str, object]:
    rules = orjson.dumps(lacking).decode()
    return {"org": org, "record": record.id, "case": record.case, "kind": record.kind, "rules": rules}


_GONE = delete(UnmetRule).where(UnmetRule.org == bindparam("org"), among(UnmetRule.record, bindparam("records")))
_OF_FILES = delete(UnmetRule).where(UnmetRule.org == bindparam("org"), among(UnmetRule.case, bindparam("cases")))
