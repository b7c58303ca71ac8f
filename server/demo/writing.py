"""What a worker writes: sentences from `sentences.json`, put together as after a real visit."""

import json
import random
from datetime import timedelta
from pathlib import Path
from typing import TypedDict

from server.demo.rng import helsinki


class AreaSentences(TypedDict):
    did: list[str]
    said: list[str]
    next: list[str]


class GoalTemplate(TypedDict):
    area: str
    title: str
    words: str
    steps: list[str]


class Sentences(TypedDict):
    areas: dict[str, AreaSentences]
    missed: dict[str, list[str]]
    contacts: dict[str, list[str]]
    notes: list[str]
    goals: list[GoalTemplate]
    eligibility: list[str]
    phases: dict[str, list[str]]
    safety: dict[str, str]


SENTENCES: Sentences = json.loads((Path(__file__).parent / "sentences.json").read_text(encoding="utf-8"))


def filled(sentence: str, at_ms: int, rng: random.Random) -> str:
    """The sentence with plausible sums, times and days in its blanks."""
    if "{" not in sentence:
        return sentence
    day = helsinki(at_ms) + timedelta(days=rng.randint(3, 28))
    text = sentence.format(
        euro=rng.randrange(35, 120),
        velka=rng.randrange(180, 1900),
        vuokra=rng.randrange(480, 720, 10),
        kk=rng.randint(3, 9),
        min=rng.randrange(20, 60, 5),
        kerrat=rng.randint(2, 4),
        klo=rng.choice(("9", "9.30", "10", "12.15", "13", "14.30")),
        pvm=f"{day.day}.{day.month}.",
    )
    return text.replace("..", ".")  # a date's own full stop ends the sentence too


def pick(sentences: list[str], at_ms: int, rng: random.Random) -> str:
    return filled(rng.choice(sentences), at_ms, rng)


def visit_note(areas: list[str], at_ms: int, rng: random.Random) -> str:
    """What was done in each area, what the client said, and what is next."""
    told = [SENTENCES["areas"][area] for area in areas]
    lines = [pick(area["did"], at_ms, rng) for area in told]
    if rng.random() < 0.55:
        lines.append(pick(rng.choice(told)["said"], at_ms, rng))
    if rng.random() < 0.5:
        lines.append(pick(rng.choice(told)["next"], at_ms, rng))
    return " ".join(lines)


def missed_note(outcome: str, at_ms: int, rng: random.Random) -> str:
    return pick(SENTENCES["missed"][outcome], at_ms, rng)
