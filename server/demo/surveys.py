"""What clients answered of the service over a year, of each team: from one to five, 4.2 at the mean, and some words."""

from datetime import date, timedelta

from sqlalchemy.orm import Session as Transaction

from server.demo.rng import draws
from server.survey import answers
from server.survey.tickets import Ticket

ANSWERS, REFUSED = 24, 4
#: how often each score is given, 5 first
SCORES = {5: 46, 4: 36, 3: 12, 2: 4, 1: 2}
WORDS = (
    "Ohjaaja tulee silloin kun lupaa.",
    "Sain puhua rauhassa.",
    "Kirjeitä olisi voinut avata aiemminkin yhdessä.",
    "Puhelimeen ei aina vastata.",
)


def answer_survey(transaction: Transaction, org: str, number: int, team: str, today: date) -> None:
    """Of team `number`, as the server keeps an answer once it is unsealed: its team and day, and nobody."""
    rng = draws("survey", number)
    questions = [str(each["code"]) for each in answers.questions() if not each["is_text"]]
    for answered in range(ANSWERS + REFUSED):
        day = today - timedelta(days=rng.randint(1, 360))
        scores = {code: rng.choices(list(SCORES), list(SCORES.values()))[0] for code in questions}
        answer = answers.AnswerValues(
            day=day,
            language=rng.choices(("fi", "fi_easy", "sv", "en"), (80, 12, 5, 3))[0],
            scores=scores if answered < ANSWERS else {},
            text=rng.choice(WORDS) if answered < ANSWERS and rng.random() < 0.3 else "",
        )
        answers.keep(transaction, Ticket(org, team, day, ""), answer)
