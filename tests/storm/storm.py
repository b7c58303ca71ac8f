"""A seeded storm: nine phones, six people, a few case files, and everything that goes wrong.

A schedule is one seed. `Options.of(seed)` expands it, `Storm.run` plays it: phones write, forms stay
open, requests and replies are lost, doubled, reordered and late, the server restarts, is restored
and swapped, access comes and goes, refused entries are handed over, profiles roll back, devices are
wiped, clocks jump. Then the faults stop, everybody syncs to rest, and I1–I8 are checked.
"""

import random
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from flask import Flask

from tests.storm import invariants
from tests.storm.checking import check
from tests.storm.homes import HomeDeeds
from tests.storm.invariants import Broken, Ledger
from tests.storm.options import Options, small_limits
from tests.storm.phone import ACKNOWLEDGED, Disk, Form, Phone
from tests.storm.world import CASES, PEOPLE, World
from tests.storm.writing import NO_IDS, a_new_record, poisoned, some_values

#: who holds which phone
PHONES = ("aino", "aino", "liisa", "liisa", "mikko", "mikko", "sanna", "olli", "taru")
YEAR_MS = 365 * 24 * 3600 * 1000
#: the storm's clock: it stands before every moment at which the tests may run
BEGIN_MS = 1_700_000_000_000
ROUNDS_MAX = 20
ASKS_MAX = 400
#: the lists of a request beside its changes
LISTS = ("reads", "escalated", "check", "repair")


@dataclass
class Flight:
    """A request on its way, and its reply on the way back."""

    phone: Phone
    request: dict[str, Any]
    reply: dict[str, Any] | None = None


class Storm(HomeDeeds):
    def __init__(self, options: Options, world: World) -> None:
        self.options = options
        self.world = world
        self.rng = random.Random(f"storm {options.seed}")
        self.ledger = Ledger(given={line.id for org in world.orgs for line in world.log(org)})
        self.now_ms = BEGIN_MS
        self.flights: list[Flight] = []
        #: the request that a phone waits for
        self.current: dict[str, Flight | None] = {}
        self.forms: list[tuple[Phone, Form]] = []
        self.kept: list[tuple[Phone, Disk]] = []
        self.backup: Any = None
        #: an older database took the place of the newer one
        self.was_put_back = False
        self.trace: list[str] = []
        self.phones = [
            Phone(f"{person}{number}", person, f"phone-{options.seed}-{number}", self._node())
            for number, person in enumerate(PHONES)
        ]

    # --- the play ---------------------------------------------------------------------------------

    def run(self) -> None:
        """Plays the schedule and checks it. `Broken` tells seed, options and the last steps."""
        try:
            self._first_records()
            with small_limits(self.options.page_records):
                self._play()
                self._calm_down()
                check(self.world, self.phones, self.ledger)
        except Broken as broken:
            raise Broken(self._report(str(broken))) from broken
        except Exception:
            print(self._report("the storm itself fell over"))  # pytest shows it with the error
            raise

    def _play(self) -> None:
        names, parts = zip(*self.options.parts.items(), strict=True)
        for _ in range(self.options.steps):
            self.now_ms += self.rng.choice((0, 1, 700, 60_000))
            name = self.rng.choices(names, parts)[0]
            deed: Callable[[], str | None] = getattr(self, f"_{name}")
            told = deed()
            if told is not None:
                self.trace.append(f"{name}: {told}")

    def _report(self, what: str) -> str:
        options = "\n".join(f"  {field.name} = {getattr(self.options, field.name)}" for field in fields(Options))
        steps = "\n".join(f"  {line}" for line in self.trace[-40:])
        return f"{what}\nseed {self.options.seed}\n{options}\n{steps}"

    def _first_records(self) -> None:
        """Every case begins with its case record, as in life."""
        for person, phone in (("mikko", self.phones[4]), ("olli", self.phones[7])):
            for case in sorted(self.world.readable(person)):
                form = phone.open_form(self._id(), "case", case)
                self._save(phone, form, {"client_name": "Matti V."})
        for phone in self.phones:
            self._sync_fully(phone)

    def _calm_down(self) -> None:
        """The faults stop; everybody syncs until nothing moves any more (I3, I6)."""
        self.flights.clear()
        self.current.clear()
        for phone in self.phones:
            phone.skew_ms = 0
            phone.check_due = True
        for _ in range(ROUNDS_MAX):
            before = [phone.disk.cursor for phone in self.phones]
            for phone in self.phones:
                self._sync_fully(phone)
            if before == [phone.disk.cursor for phone in self.phones]:
                return
        raise Broken("I6: the phones never come to rest")

    # --- what people do ---------------------------------------------------------------------------

    def _write(self) -> str | None:
        """A new record, or a change of one that is there, in one go."""
        phone = self._phone()
        form = self._some_form(phone)
        if form is None:
            return None
        return self._save(phone, form, some_values(form.kind, self.rng))

    def _open_form(self) -> str | None:
        phone = self._phone()
        form = self._some_form(phone)
        if form is None:
            return None
        self.forms.append((phone, form))
        return f"{phone.name} opens {form.record}"

    def _save_form(self) -> str | None:
        """What was rendered when the form was opened may be long out of date (R9)."""
        if not self.forms:
            return None
        phone, form = self.forms.pop(self.rng.randrange(len(self.forms)))
        return self._save(phone, form, some_values(form.kind, self.rng))

    def _settle(self) -> str | None:
        """Somebody sees all differing entries of a path and says what holds."""
        phone = self._phone()
        for record, copy in sorted(phone.disk.copies.items()):
            form = phone.open_form(record, copy.record["kind"], copy.record["case"])
            paths = sorted(path for path, held in form.rendered.items() if len(held) > 1)
            if paths and form.case not in phone.disk.leaving:
                value = self.rng.choice(form.rendered[paths[0]])[3]
                return self._save(phone, form, {paths[0]: value}, settles=True)
        return None

    def _remove(self) -> str | None:
        """Nothing is deleted: a removal names what it saw (M7), and sometimes why."""
        phone = self._phone()
        form = self._some_form(phone)
        if form is None or not form.rendered:
            return None
        saw = sorted({held[0][0] for path, held in form.rendered.items() if path != "removed"})
        value = (
            None if "removed" in form.rendered else {"saw": saw, **({"why": "entered_twice"} if len(saw) % 2 else {})}
        )
        return self._save(phone, form, {"removed": value})

    def _some_form(self, phone: Phone) -> Form | None:
        cases = phone.files() - phone.disk.leaving - self.world.apart
        known = sorted(entry for entry in phone.known_records() if entry[2] in cases)
        if not known:
            return None
        if self.rng.random() < 0.3:
            new = a_new_record(self.options.seed, CASES, self.rng)
            if opened := self.world.cases[len(CASES) :]:
                case = self.rng.choice((new[2], *opened))
                new = new if case in CASES else (f"{new[0]}-{case}", new[1], case)
            if new[2] in cases:
                return phone.open_form(*new)
        return phone.open_form(*self.rng.choice(known))

    def _save(self, phone: Phone, form: Form, values: dict[str, Any], *, settles: bool = False) -> str:
        change = phone.save(form, values, self._id(), self.now_ms, settles=settles)
        self._note_written(phone, change)
        return f"{phone.name} {change['id'][:8]} on {form.record[:8]}: {values} saw {change['seen']}"

    def _note_written(self, phone: Phone, change: dict[str, Any]) -> None:
        self.ledger.written[change["id"]] = deepcopy(change)
        self.ledger.author[change["id"]] = phone.person

    # --- the network ------------------------------------------------------------------------------

    def _sync(self) -> str | None:
        """One thing happens on the network: a request leaves, is served, or a reply arrives."""
        phone = self._phone()
        if self.current.get(phone.name) is None:
            flight = Flight(phone, deepcopy(phone.request(self.options.batch)))
            self.current[phone.name] = flight
            self.flights.append(flight)
            return f"{phone.name} asks with {self._named(flight.request)}"
        if not self.flights:
            return None
        flight = self.rng.choice(self.flights)
        if self.rng.random() < self.options.lost:
            self.flights.remove(flight)
            return f"{flight.phone.name} lost {'a request' if flight.reply is None else 'a reply'}"
        if flight.reply is None:
            return self._serve(flight)
        if self.rng.random() < self.options.late:
            return None
        return self._deliver(flight)

    def _serve(self, flight: Flight) -> str:
        flight.reply = self._ask(flight.phone, flight.request)
        verdicts = [v["verdict"] for v in flight.reply.get("verdicts", ())]
        return f"served {flight.phone.name}: {flight.reply.get('reset', verdicts)}"

    def _deliver(self, flight: Flight) -> str:
        self.flights.remove(flight)
        assert flight.reply is not None
        taken = self._take(flight.phone, flight.request, flight.reply)
        if self.current.get(flight.phone.name) is flight:
            self.current[flight.phone.name] = None
        return f"{flight.phone.name} {'took' if taken else 'dropped'} a reply"

    def _give_up(self) -> str | None:
        """A phone no longer waits; the request may still be served, the reply still come."""
        phone = self._phone()
        if self.current.get(phone.name) is None:
            return None
        self.current[phone.name] = None
        return phone.name

    def _serve_twice(self) -> str | None:
        """The same request arrives once more, perhaps long after."""
        served = [flight for flight in self.flights if flight.reply is not None]
        if not served:
            return None
        flight = self.rng.choice(served)
        self.flights.append(Flight(flight.phone, flight.request))
        return flight.phone.name

    def _ask(self, phone: Phone, request: dict[str, Any]) -> dict[str, Any]:
        """The server's answer, looked at by the witness before it is on its way (I4)."""
        reply = self.world.ask(phone.person, phone.device, request)
        readable = self.world.readable(phone.person) | self.world.shared(phone.person)
        if "problem" not in reply:
            invariants.i4_nobody_reads_outside(phone.person, readable, request, reply)
        return reply

    def _take(self, phone: Phone, request: dict[str, Any], reply: dict[str, Any]) -> bool:
        before = {str(e.change["id"]): str(e.change["case"]) for e in phone.disk.entries}
        lost = {n["case"] for n in reply.get("files", ()) if n["event"] == "purge"}
        lost |= phone.disk.leaving
        taken = phone.take(request, reply, self.now_ms)
        erased = before.keys() - phone.kept_ids() - phone.promised
        for change in erased:
            if before[change] not in lost:
                raise Broken(f"I1: {phone.name} let {change} go before it was durable")
        if taken and not (reply.get("reset") or self.was_put_back):
            refused = {item["index"] for item in reply.get("refused", ()) if item["list"] == "reads"}
            reads = enumerate(request.get("reads", ()))
            self.ledger.readings |= {read["id"] for index, read in reads if index not in refused}
        if taken:
            for verdict in reply.get("verdicts", ()):
                if verdict["verdict"] in ACKNOWLEDGED:
                    self.ledger.acknowledged.add(verdict["id"])
                elif verdict["verdict"] == "in_review":
                    self.ledger.held.add(verdict["id"])
        if erased and self.was_put_back:  # the reply was on its way while the database was put back
            self._excuse()
        return taken

    def _sync_fully(self, phone: Phone) -> None:
        """Without faults, until nothing waits and the last page is there."""
        for _ in range(ASKS_MAX):
            request = phone.request(self.options.batch)
            self._take(phone, request, self._ask(phone, request))
            if phone.is_at_rest():
                return
        raise Broken(f"I6: {phone.name} asks and asks")

    # --- what goes wrong --------------------------------------------------------------------------

    def _poison(self) -> str | None:
        """An entry that can never be taken stands aside, and the others flow (R6, W4)."""
        return self._poison_on(self._phone())

    def _poison_on(self, phone: Phone) -> str | None:
        form = self._some_form(phone)
        if form is None:
            return None
        change = phone.save(form, {}, self._id(), self.now_ms)
        change |= poisoned(self.rng)
        self._note_written(phone, change)
        return f"{phone.name} {change['id'][:8]} {change['kind']} {change['set']}"

    def _read(self) -> str | None:
        """A case file is opened, with or without a network (L3)."""
        phone = self._phone()
        cases = sorted(phone.files() - self.world.apart)
        if not cases:
            return None
        case = self.rng.choice(cases)
        phone.read(self._id(), case, self.now_ms)
        return f"{phone.name} opens {case}"

    def _poison_list(self) -> str:
        """What is no id, in any list: it stands aside, and nothing waits for it (W14, R13)."""
        phone, name, wrong = self._phone(), self.rng.choice(LISTS), self.rng.choice(NO_IDS)
        if name == "reads":
            phone.read(self._id(), wrong, self.now_ms)
        else:
            phone.disk.strays.setdefault(name, []).append(wrong)
        return f"{phone.name} {name} {wrong!r}"

    def _hand_over(self) -> str | None:
        """A refused entry is handed to the supervisor, as often as its replies are lost (S7)."""
        phone = self._phone()
        if not phone.refused():
            self._poison_on(phone)
            self._sync_fully(phone)
        if not phone.refused():
            return None
        entry = self.rng.choice(phone.refused())
        phone.hand_over(entry)
        return f"{phone.name} {entry.change['id'][:8]}"

    def _forge(self) -> str | None:
        """A device that lies: another case, a foreign file, a used id (W3, S2, S3)."""
        person = self.rng.choice(sorted(PEOPLE))
        forged = self.world.forgeries(person, self._id(), self.rng)
        if forged is None:
            return None
        change, problem = forged
        request = self._phone_of(person).request(0) | {"changes": [change], "more_follow": True}
        reply = self._ask(self._phone_of(person), request)
        if reply.get("reset") or "problem" in reply:
            return None
        verdict = reply["verdicts"][0]
        right = verdict["verdict"] == "refused" and verdict["problem"]["code"] in problem
        if not right:
            raise Broken(f"I4: {person} forged {change}, expected {problem}, got {verdict}")
        return f"{person}: {problem}"

    def _restart(self) -> str:
        self.world.restart()
        return "the server"

    def _grant(self) -> str:
        return self._change_access(self.world.grant)

    def _revoke(self) -> str:
        return self._change_access(self.world.revoke)

    def _lend(self) -> str:
        """A stand-in whose time is over before anybody asks (S6)."""
        return self._change_access(self.world.lend)

    def _change_access(self, change: Callable[[str, str], None]) -> str:
        person = self.rng.choice([person for person in sorted(PEOPLE) if person != "olli"])
        case = self.rng.choice(self.world.cases)
        change(person, case)
        return f"{person} {case}"

    def _look(self) -> str:
        """Somebody reads what was written, and nothing else: a stand-in whose time is over finds nothing (S6)."""
        person, case = self.rng.choice(sorted(PEOPLE)), self.rng.choice(self.world.cases)
        if self.world.look(person, case) and case not in self.world.readable(person):
            raise Broken(f"I4: {person} reads the log of {case}")
        return f"{person} {case}"

    def _open(self) -> str:
        """A case file that a backup may be older than (L11)."""
        person = self.rng.choice(("aino", "liisa", "sanna"))
        return f"{person} {self.world.open(person)}"

    def _crash(self) -> str:
        """A line of the journal without its commit; whatever is done next may overtake it (L10)."""
        deed = self.rng.choice(("revoke", "revoke", "grant"))
        return self._change_access(lambda person, case: self.world.crash(person, case, deed))

    def _release(self) -> str | None:
        """The supervisor decides on a held change (S4)."""
        return self.world.release(self.rng)

    def _backup(self) -> str:
        self.backup = self.world.back_up()
        return "taken, and durable says so"

    def _restore(self) -> str | None:
        """A restored backup has a new epoch; entries that nobody has any more may be missing."""
        return self._put_back(new_epoch=True)

    def _swap(self) -> str | None:
        """The file is swapped behind everybody's back: only the mark tells (P5)."""
        return self._put_back(new_epoch=False)

    def _put_back(self, *, new_epoch: bool) -> str | None:
        if self.backup is None:
            return None
        self.world.put_back(self.backup, new_epoch=new_epoch)
        self.was_put_back = True
        self.ledger.readings.clear()
        self._excuse()
        return "an older database"

    def _keep_profile(self) -> str:
        phone = self._phone()
        self.kept.append((phone, deepcopy(phone.disk)))
        return phone.name

    def _roll_back(self) -> str | None:
        if not self.kept:
            return None
        phone, disk = self.rng.choice(self.kept)
        phone.roll_back(disk, self._node())
        self._forget_memory(phone)
        self._excuse()
        return phone.name

    def _reopen(self) -> str:
        phone = self._phone()
        phone.open(self._node())
        self._forget_memory(phone)
        return phone.name

    def _wipe(self) -> str:
        """A stolen device is empty from its next contact on, and its person gets another (V10).

        What it had not sent is lost with it, and of what was acknowledged only what the server itself lost.
        """
        stolen = self._phone()
        number = self.phones.index(stolen)
        self.world.wipe(stolen.person, stolen.device)
        new = Phone(f"{stolen.name}+", stolen.person, f"{stolen.device}+", self._node())
        new.promised = stolen.promised
        self.phones[number] = new
        self._forget_memory(stolen)
        self.flights = [flight for flight in self.flights if flight.phone is not stolen]
        self.kept = [(phone, disk) for phone, disk in self.kept if phone is not stolen]
        if self.was_put_back:
            self._excuse()
        return stolen.name

    def _skew(self) -> str:
        phone = self._phone()
        phone.skew_ms = self.rng.choice((0, -10, 10)) * YEAR_MS + self.rng.randint(-900, 900) * 1000
        return f"{phone.name} {phone.skew_ms} ms"

    def _forget_memory(self, phone: Phone) -> None:
        self.current[phone.name] = None
        self.forms = [(other, form) for other, form in self.forms if other is not phone]

    def _excuse(self) -> None:
        """Gone from the server and from every phone at once: no protocol brings that back."""
        there = self.world.all_ids().union(*(phone.kept_ids() for phone in self.phones))
        self.ledger.excused |= (self.ledger.acknowledged | self.ledger.held) - there

    # --- chance -----------------------------------------------------------------------------------

    def _phone(self) -> Phone:
        return self.rng.choice(self.phones)

    def _phone_of(self, person: str) -> Phone:
        return next(phone for phone in self.phones if phone.person == person)

    def _id(self) -> str:
        return str(UUID(int=self.rng.getrandbits(128), version=4))

    def _node(self) -> str:
        return f"{self.rng.getrandbits(48):012x}"

    def _named(self, request: dict[str, Any]) -> str:
        ids = [change["id"][:8] for change in request["changes"]]
        return f"{ids}{' and more' if request['more_follow'] else ''}"


def play(seed: int, app: Flask, parts: Mapping[str, int] = MappingProxyType({})) -> None:
    """One schedule. `Broken` tells what does not hold. `parts` makes some faults commoner."""
    options = Options.of(seed)
    Storm(replace(options, parts=options.parts | dict(parts)), World(app)).run()
