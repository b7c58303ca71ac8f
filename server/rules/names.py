"""Sign-in names (O2): what is typed, as names are kept. Pure; twin of `pwa/src/rules/names.ts`."""

import re
import unicodedata

#: nobody sees these, and a keyboard or a copied text may bring them
_INVISIBLE = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2060\ufeff]+")
_SPACES = re.compile("[\u0009-\u000d \u1680\u2028\u2029]+")


def normalized_name(typed: str) -> str:
    """Letters composed and in lower case, single spaces, nothing invisible."""
    composed = unicodedata.normalize("NFKC", _INVISIBLE.sub("", typed)).lower()
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", composed)).strip(" ")
