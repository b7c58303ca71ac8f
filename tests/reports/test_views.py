"""Views of the records with plain column names, on both databases."""

from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import text

from server.cli import main
from server.core.database import writing
from server.core.models import db
from server.reports import views
from tests.reports.office import Office


def test_z10_views_say_what_records_show(office: Office, tmp_path: Path) -> None:
    """[Z10] Days, numbers, parts and items of maps as columns; no words, no name, no removed record; made twice."""
    case = office.case("views", client_name="Matti Meikäläinen", client_id="A-1")
    office.write(case, "exit", on="2025-05-04", reason="own_rental_home", daily_support=True, next_plan="Kirjasto")
    gone = office.write(case, "exit", on="2025-05-05", reason="prison")
    office.write(
        case,
        "visit",
        actual={"start": "2025-06-02T09:00:00Z", "end": "2025-06-02T10:00:00Z"},
        outcome={"code": "done", "reason": "Sovittiin"},
        minutes_={"client_work_direct": 60, "travel": 15},
        areas=["home_care"],
    )
    office.send()
    office.write(case, "exit", id_=gone, removed={"saw": []})
    office.send()
    for _ in range(2):
        with office.app.app_context(), writing() as transaction:
            assert "v_visit_minutes" in views.create(transaction.connection())
    url = office.app.config["SQLALCHEMY_DATABASE_URI"]
    if url.startswith("sqlite"):
        environment = {"OVIKELLO_DATABASE_URL": url, "OVIKELLO_DATA_DIR": str(tmp_path)}
        result = CliRunner().invoke(main, ["views", "create"], env=environment)
        assert result.exit_code == 0, result.output
    with office.app.app_context(), db.engine.connect() as connection:

        def rows(columns: str, view: str) -> list[tuple[str, ...]]:
            found = connection.execute(text(f"SELECT {columns} FROM {view} WHERE case_id = '{case}' ORDER BY 1"))  # noqa: S608
            return [tuple(str(value) for value in row) for row in found]

        (left,) = rows("on_day, reason, daily_support", "v_exit")
        assert (left[:2], left[2] in {"1", "True"}) == (("2025-05-04", "own_rental_home"), True)
        assert rows("outcome_code", "v_visit") == [("done",)]
        assert rows("item, value", "v_visit_minutes") == [("client_work_direct", "60"), ("travel", "15")]
        everything = rows("*", "v_case") + rows("*", "v_exit") + rows("*", "v_visit")
        assert "A-1" in str(everything)
        assert not [word for word in ("Matti", "Kirjasto", "Sovittiin") if word in str(everything)]
