"""Facts follow records, hold no words, and are made again from nothing."""

from sqlalchemy import delete, select

from server.core.database import writing
from server.core.models import ReportFact, ReportFile
from tests.reports.office import Office

YEAR = ("2025-01-01", "2025-12-31")


def moved_on(office: Office) -> object:
    return office.read("mikko", "moved_on_savings", "followed", *YEAR)["moved_on"]


def test_z9_what_changed_is_taken_over(office: Office) -> None:
    """[Z9] A new record, a changed one, a removed one; and all of them again after the facts were thrown away."""
    phases = {"p1": {"phase": "normal", "since": "2025-01-01", "note": "Kirjasto"}}
    first, second = office.cases("followed", 2, phases_=phases)
    exit_ = office.write(first, "exit", on="2025-05-04", reason="own_rental_home", next_plan="Kirjasto keskiviikkoisin")
    office.send()
    assert moved_on(office) == 1
    again = office.write(second, "exit", on="2025-05-05", reason="own_rental_home")
    office.send()
    assert moved_on(office) == 2
    with office.app.app_context(), writing() as transaction:
        kept = transaction.scalars(select(ReportFact.content).where(ReportFact.record.in_([exit_, first]))).all()
        assert (len(kept), "Kirjasto" in str(kept), "normal" in str(kept)) == (2, False, True)
        transaction.execute(delete(ReportFact))
        transaction.execute(delete(ReportFile))
    assert moved_on(office) == 2
    office.write(second, "exit", id_=again, removed={"saw": []})
    office.send()
    assert moved_on(office) == 1
