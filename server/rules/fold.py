"""One folding for all finding (F1): of two spellings that a person would call the same, both become one.

Pure; twin of `pwa/src/rules/fold.ts`, vectors bind both.
"""

import unicodedata

#: apostrophes of every kind, and a minus; hyphens and what is not seen are told by their category
_UNSEEN = frozenset("\u2212'`´‘’‛′ʹʻʼʽʾʿˈ＇")
_UNSEEN_CATEGORIES = frozenset({"Cf", "Pd"})
_MARKS = frozenset("\u2212'")
#: letters whose mark is part of the letter, so that Unicode does not take it apart
_PLAIN = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ɗ": "d", "þ": "th", "ħ": "h", "ı": "i",
    "ŋ": "n", "ŧ": "t", "ǥ": "g", "ƙ": "k", "ɓ": "b", "ʒ": "z", "ƶ": "z", "ə": "a", "ɛ": "e", "ɔ": "o", "ʉ": "u",
    "ς": "σ",
})  # fmt: skip
#: Arabic-Indic and extended
_DIGITS = {first + digit: str(digit) for first in (0x0660, 0x06F0) for digit in range(10)}


def fold(text: str) -> str:
    """Lower case, without marks, dots, ligatures, hyphens, apostrophes and what is not seen; digits are 0–9."""
    seen = "".join(letter for letter in text if not _is_unseen(letter))
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", seen) if not _is_mark(letter))
    return bare.lower().translate(_PLAIN).translate(_DIGITS)


def _is_unseen(letter: str) -> bool:
    return letter in _UNSEEN or unicodedata.category(letter) in _UNSEEN_CATEGORIES


def _is_mark(letter: str) -> bool:
    category = unicodedata.category(letter)
    return letter in _MARKS or category in _UNSEEN_CATEGORIES or category.startswith("M")
