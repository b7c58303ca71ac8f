"""A written phone number, as it is dialled. Pure; twin of `pwa/src/rules/phones.ts`."""

import re
import unicodedata

#: nobody sees these, and a copied text may bring them
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_DASHES = re.compile("[\u2010-\u2015\u2212\uff0d]")
#: what people write between digits
_WRITTEN = re.compile(r"\+?(?:\([0-9 ]+\)|[0-9 .-])+")


def dialled(written: str) -> str | None:
    """`+358401234567`, `0401234567` or `112`; `None` for what is not one number."""
    shown = _DASHES.sub("-", unicodedata.normalize("NFKC", _INVISIBLE.sub("", written))).strip()
    shown = re.sub(r"^\(\+([0-9]+)\)", r"+\1", shown)
    if not _WRITTEN.fullmatch(shown):
        return None
    digits = re.sub(r"[^0-9]", "", shown)
    if not shown.startswith("+") and not re.match(r"00|358[0-9]{8}", digits):
        return digits if re.fullmatch(r"0[1-9][0-9]{3,12}|1[0-9]{2,5}", digits) else None
    # The (0) of "+358 (0)40" is dialled within the country only.
    country = re.sub(r"^00", "", re.sub(r"\( *0 *\)|[^0-9]", "", shown))
    number = "+" + re.sub(r"^3580*", "358", country)
    return number if re.fullmatch(r"\+[1-9][0-9]{6,14}", number) else None
