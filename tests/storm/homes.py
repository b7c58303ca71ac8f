"""What people of the storm do with files that are no client's yet, or nobody's alone (H)."""

import random
from abc import ABC, abstractmethod
from typing import Any

from tests.storm.options import Options
from tests.storm.phone import Form, Phone
from tests.storm.world import World


class HomeDeeds(ABC):
    """Deeds of a `Storm`, which has the rest."""

    options: Options
    world: World
    rng: random.Random

    @abstractmethod
    def _phone(self) -> Phone:
        """Any of the phones."""

    @abstractmethod
    def _phone_of(self, person: str) -> Phone:
        """One of this person."""

    @abstractmethod
    def _id(self) -> str:
        """A new id."""

    @abstractmethod
    def _save(self, phone: Phone, form: Form, values: dict[str, Any], *, settles: bool = False) -> str:
        """Writes the form's values on the phone; says so in a line of the storm's log."""

    def _intake(self) -> str:
        """A referral is entered offline, with a note; by somebody who may not, it is kept for the leader (H4, H5)."""
        phone = self._phone_of(self.rng.choice(("aino", "liisa", "mikko", "sanna", "taru")))
        case = self._id()
        opening = {"home": "intake", "client_name": "Tuntematon"}
        told = self._save(phone, phone.open_form(case, "case", case), opening)
        note = phone.open_form(self._id(), "note", case)
        return f"{told}, and {self._save(phone, note, {'text': 'Nukkuu autossa.'})}"

    def _take_in(self) -> str | None:
        """Whoever has an intake on the phone makes it a client's file; two may do so at once (H4)."""
        phone = self._phone()
        there = sorted(phone.files() & self.world.intakes.keys() - phone.disk.leaving)
        known = [case for case in there if case in phone.disk.copies]
        if not known:
            return None
        case = self.rng.choice(known)
        return self._save(phone, phone.open_form(case, "case", case), {"home": "case"})

    def _join(self) -> str | None:
        """Two files of one person: somebody who has both says so, in whichever direction, perhaps two at once (H7)."""
        phone = self._phone()
        headers = phone.headers()
        if len(headers) < 2:
            return None
        case, other = self.rng.sample(sorted(headers), 2)
        return self._save(phone, phone.open_form(headers[case], "case", case), {"duplicate_of": other})

    def _take_apart(self) -> str | None:
        phone = self._phone()
        headers = phone.headers()
        joined = sorted(phone.duplicates())
        if not joined:
            return None
        case = self.rng.choice(joined)
        return self._save(phone, phone.open_form(headers[case], "case", case), {"duplicate_of": None})

    def _decide(self) -> str | None:
        """The supervisor decides who reads somebody who was entered twice (H8)."""
        return self.world.decide(self.rng)

    def _team(self) -> str:
        """Something of the whole team's: its file is there from the first entry (H6)."""
        phone = self._phone_of(self.rng.choice(("aino", "liisa", "mikko", "sanna")))
        record = f"contact-{self.options.seed}-{self.rng.randrange(5)}"
        form = phone.open_form(record, "outreach", self.world.team)
        return self._save(phone, form, {"alias": "Jokke", "people": self.rng.randint(1, 9)})
