"""How many are homeless on a day, by form: the count that is made on 15 November."""

from collections.abc import Sequence

from server.catalogue import codes_of
from server.reports.codes import by_code
from server.reports.homelessness import FORMS, UNCONVENTIONAL, Situation, situations
from server.reports.shape import Column, Computed, Figure, Left, Report, ReportContext, Row, Table, counted

COUNTED_AS = by_code("household_kind", "counted_as", str)
HOUSEHOLDS = ("single", "family_or_couple", "unknown_household")


def household_of(each: Situation) -> str:
    kind = each.case.header.text("household.household_kind") or "unknown"
    counted_as = COUNTED_AS.get(kind, "unknown")
    return "unknown_household" if counted_as == "unknown" else str(counted_as)


def children_of(found: Sequence[Situation]) -> int:
    given = [each.case.header.get("household.children") for each in found]
    return sum(each for each in given if isinstance(each, int))


def compute(about: ReportContext) -> Computed:
    found = situations(about)
    homeless = [each for each in found if each.is_homeless]
    by_ethos = [each for each in found if each.ethos is not None]
    unnamed = [
        each
        for each in about.beside.get("outreach", ())
        if about.period.holds_moment(each.moment("at")) and not each.text("joined")
    ]
    people = sum(each.whole("people") or 1 for each in unnamed)
    unknown = [each for each in found if each.form is None and each.ethos is None]
    return Computed(
        n=len(found),
        figures=[
            counted("homeless", [each.case for each in homeless]),
            counted("by_ethos", [each.case for each in by_ethos]),
            Figure("children", children_of(homeless), "people"),
            Figure("unnamed", people, "people"),
        ],
        tables=[_forms(homeless), _ethos(by_ethos)],
        left_out=[
            Left("unknown", len(unknown)),
            Left("unconventional", sum(each.ethos == UNCONVENTIONAL for each in found)),
        ],
    )


def _forms(homeless: Sequence[Situation]) -> Table:
    rows = []
    for form in FORMS:
        part = [each for each in homeless if each.form == form]
        rows.append(Row([form, len(part), *_by_household(part)], of=[each.case for each in part]))
    total = Row(["total", len(homeless), *_by_household(homeless)], is_total=True)
    columns = [Column("form", "label", "homelessness_form"), Column("clients"), *map(Column, HOUSEHOLDS)]
    return Table("forms", columns, [*rows, total], is_crossed=True)


def _by_household(part: Sequence[Situation]) -> list[int]:
    return [sum(household_of(each) == household for each in part) for household in HOUSEHOLDS]


def _ethos(found: Sequence[Situation]) -> Table:
    rows = []
    for code in codes_of("ethos_light"):
        part = [each.case for each in found if each.ethos == code]
        rows.append(Row([code, len(part)], of=part))
    columns = [Column("ethos", "label", "ethos_light"), Column("clients")]
    return Table("ethos", columns, [*rows, Row(["total", len(found)], is_total=True)])


REPORT = Report(
    "homelessness_situation", readers="LC", inputs=("stay", "decision"), also=("outreach",), compute=compute
)
