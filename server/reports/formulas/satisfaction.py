"""How satisfied clients are, by the anonymous survey: each question apart, beside how many answered."""

from server.reports.codes import SMALL_CELL, parameter
from server.reports.facts import Fact
from server.reports.shape import Column, Computed, Figure, Report, ReportContext, Row, Table, mean, percent
from server.reports.small_cells import HIDDEN, SMALL

LINE = parameter("satisfaction_scale", "benchmark_mean_over")
OVERALL = "overall"
QUESTIONS = ("overall", "met", "understood", "home_help")


def compute(about: ReportContext) -> Computed:
    sent = [each for each in about.beside.get("survey", ()) if about.period.holds(each.day("on"))]
    answers = [each for each in sent if each.items("scores")]
    overall = _scores(answers, OVERALL)
    average = mean(overall)
    over = None if average is None else int(average > LINE)
    return Computed(
        n=len(answers),
        figures=[
            Figure("overall", average, "mean", len(overall)),
            Figure("over_line", over, "mean", len(overall), decimals=0),
            percent("answered", len(answers), len(sent)),
        ],
        tables=[_questions(answers), _teams(answers)],
    )


def _scores(answers: list[Fact], question: str) -> list[int]:
    """A blank question is left out of its own n."""
    given = [each.items("scores").get(question) for each in answers]
    return [score for score in given if isinstance(score, int)]


def _questions(answers: list[Fact]) -> Table:
    rows = []
    for question in QUESTIONS:
        scores = _scores(answers, question)
        rows.append(Row([question, len(scores), mean(scores)], n=len(scores)))
    return Table(
        "questions",
        [Column("question", "label", "satisfaction_question"), Column("n"), Column("average", "mean")],
        rows,
    )


def _teams(answers: list[Fact]) -> Table:
    """Answers are anonymous: a team with few is shown to nobody, its leader included."""
    teams: dict[str, list[Fact]] = {}
    for each in answers:
        teams.setdefault(each.text("team") or "", []).append(each)
    rows = []
    for team in sorted(teams):
        scores = _scores(teams[team], OVERALL)
        is_few = len(scores) < SMALL_CELL
        rows.append(Row([team, SMALL if is_few else len(scores), HIDDEN if is_few else mean(scores)], n=len(scores)))
    return Table("teams", [Column("team", "label", "team"), Column("n"), Column("average", "mean")], rows)


REPORT = Report("satisfaction", readers="LC", inputs=("survey",), compute=compute)
