"""Passwords: Argon2id hashes, and which passwords are too easily guessed."""

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.config import LIMITS

HASHER = PasswordHasher(time_cost=LIMITS.password_rounds, memory_cost=LIMITS.password_memory_kib, parallelism=1)
#: what an unknown name is checked against, so that it takes as long as a known one
NOBODYS_HASH = HASHER.hash("nobody has this password")
#: zxcvbn's scale runs from 0 (guessed at once) to 4; below this a password is refused
SCORE_MIN = 3
#: zxcvbn looks at no more; what follows only makes a password better
SCORED_CHARS_MAX = 72
#: without what sounds or looks alike
SYLLABLES = [consonant + vowel for consonant in "hjklmnprsv" for vowel in "aeiou"]


def hash_of(password: str) -> str:
    return HASHER.hash(_normal(password))


def fits(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one behind the hash. Costs the same where there is no hash."""
    try:
        HASHER.verify(password_hash or NOBODYS_HASH, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def one_time() -> str:
    """Five words that nobody has, easily read aloud: 56 bits."""
    return "-".join("".join(secrets.choice(SYLLABLES) for _ in range(2)) for _ in range(5))


def is_outdated(password_hash: str) -> bool:
    """Whether it was made with weaker parameters than today's."""
    return HASHER.check_needs_rehash(password_hash)


def is_weak(password: str, about: list[str]) -> bool:
    """Whether it is too short, too long, common, or made of what is known about the person."""
    from zxcvbn import zxcvbn  # its word lists take 50 ms to load

    if not LIMITS.password_chars_min <= len(password) <= LIMITS.password_chars_max:
        return True
    known = [word for text in about for word in text.replace(".", " ").split()]
    score: int = zxcvbn(password[:SCORED_CHARS_MAX], user_inputs=["ovikello", *known])["score"]
    return score < SCORE_MIN


def _normal(password: str) -> str:
    """Keyboards write the same letter in two ways; both are the same password."""
    return unicodedata.normalize("NFC", password)
