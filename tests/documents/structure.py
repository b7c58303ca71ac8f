"""The national structure, transcribed by hand from its description and apart from what the product declares.

So a document can be found wrong. Facts alone: names, types, what is required and what repeats. `*` required, `[]`
repeats. T text, N name, P day, H moment, B yes or no, I identifier, `K1221` a code of that system, `Ki` of the
document's own list.
`None` in place of a name: it is not known here, and the installation loads it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

Structure = dict[str, Any]

PERSON = {"Sukunimi*": "N", "Etunimet*": "N"}
#: one of the two identifiers is required
CLIENT = PERSON | {"Henkilötunnus°": "I", "Tilapäinen yksilöintitunnus°": "I"}
IDENTIFIED = PERSON | {"Henkilötunnus*": "I"}
PROFESSIONAL = PERSON | {"Tehtävänimike": "T", "Palveluyksikkö": "K202"}
HEAD = {"Asiakas[]*": CLIENT, "Laatija*": PROFESSIONAL, "Päivämäärä": "P"}
SPAN = {"Alkamishetki": "H", "Päättymishetki": "H"}


def _entry(event: Structure, **root: str) -> Structure:
    said = {"Palvelutehtävä*": "K1221", "Sosiaalipalvelu[]": "K1222", "Tapahtuma": event}
    return HEAD | {"Asiakaskertomusmerkintä*": said} | {name.replace("_", " "): kind for name, kind in root.items()}


MEETING = {"Päivämäärä": "P", "Paikka": "T", "Osallistujat": "T"}
CIRCUMSTANCES = {
    "Tilannetekijä": "K1290",
    "Tukeeko vai vaikeuttaako tilannetekijä tavoitteen saavuttamista?": "Ki",
}
GOAL = {"Tavoite": "K1292", "Tavoitteen asteikko": "Ki", "Kuvaus": "T", "Tilannetekijät[]": CIRCUMSTANCES}
SERVICE = {
    "Palvelu": "Ki",
    "Palvelutehtävä": "K1221",
    "Sosiaalipalvelu": "K1222",
    "Kuvaus": "T",
    "Menetelmä[]": "K1293",
    "Lisätiedot menetelmistä": "T",
    "Asiakkaan ehdotus palvelun tuottamis- ja toteuttamistavasta": "T",
    "Arvioitu alkamisajankohta ja kesto": "T",
}

DOCUMENTS: dict[str, tuple[str | None, Structure]] = {
    "19003.2022.1.10": (None, _entry({"Ajanjakso": SPAN, "Asiointitapa[]": "K1250", "Kuvaus": "T"})),
    "19004.2022.1.10": (
        None,
        _entry(
            {"Ajanjakso": SPAN, "Asiointitapa[]": "K1250", "Osallistujat": "T", "Kuvaus": "T"},
            Neuvottelussa_sovitut_asiat_ja_vastuunjako="T",
        ),
    ),
    "19005.2022.1.10": (
        None,
        _entry(
            {"Ajanjakso": SPAN, "Asiointitapa[]": "K1250", "Paikka": "T", "Osallistujat": "T", "Kuvaus": "T"},
            Sovitut_asiat="T",
        ),
    ),
    "19006.2022.9.28": (
        None,
        _entry(
            {
                "Päivämäärä ja kellonaika": "H",
                "Asiointitapa[]": "K1250",
                "Peruuntumisen syy": "K126",
                "Lisätiedot peruuntumisesta": "T",
            }
        ),
    ),
    "19007.2022.1.10": (None, _entry({"Ajanjakso": SPAN, "Asiointitapa[]": "K1250", "Kuvaus": "T"})),
    "19013.2022.1.10": (None, _entry({"Ajanjakso": SPAN, "Kuvaus": "T"})),
    "19001.2023.10.30": (
        "Merkintä asian vireilletulosta",
        HEAD
        | {
            "Palvelutehtävä[]*": "K1221",
            "Sosiaalipalvelu[]": "K1222",
            "Vireilletulopäivä*": "P",
            "Kuvaus asian vireilletulosta": "T",
            "Vireilletulon syyt[]": "K1282",
            "Lastensuojelullinen huoli[]": "K1251",
            "Toimenpiteet": "T",
            "Arvio asian kiireellisyydestä": "K1252",
            "Kiireellisyyden peruste": "T",
        },
    ),
    "19002.2022.1.10": (
        "Merkintä sosiaalipalvelun alkamisesta",
        HEAD
        | {
            "Palvelutehtävä*": "K1221",
            "Sosiaalipalvelu*": "K1222",
            "Sosiaalipalvelun alkamispäivä*": "P",
            "Lisätiedot": "T",
        },
    ),
    "19012.2022.1.10": (
        "Merkintä sosiaalipalvelun päättymisestä",
        HEAD
        | {
            "Palvelutehtävä*": "K1221",
            "Sosiaalipalvelu*": "K1222",
            "Sosiaalipalvelun päättymispäivä*": "P",
            "Sosiaalipalvelun päättymisen perustelut": "T",
            "Lisätiedot": "T",
        },
    ),
    "19009.2023.11.30": (
        "Merkintä tietojen pyytämisestä tai saamisesta",
        HEAD
        | {
            "Palvelutehtävä*": "K1221",
            "Sosiaalipalvelu[]": "K1222",
            "Tietojen pyytämisen päivämäärä": "P",
            "Tietoja pyytänyt ammattihenkilö": PROFESSIONAL,
            "Perustelu": "T",
            "Käyttötarkoitus, johon tiedot on pyydetty": "T",
            "Pyydetyt tiedot": "T",
            "Saadut tiedot": "T",
            "Tiedonlähde": "T",
            "Tietojen saamisen päivämäärä": "P",
            "Lisätiedot": "T",
        },
    ),
    "19010.2023.9.8": (
        "Merkintä tietojen luovuttamisesta",
        HEAD
        | {
            "Palvelutehtävä*": "K1221",
            "Sosiaalipalvelu": "K1222",
            "Luovutetut tiedot": "T",
            "Tietojen luovuttamisen päivämäärä*": "P",
            "Tietojen vastaanottaja*": PERSON | {"Tehtävänimike": "T", "Organisaatio": "N"},
            "Tietojen luovuttaja*": PROFESSIONAL,
            "Perustelu*": "T",
            "Käyttötarkoitus, johon tiedot on luovutettu*": "T",
            "Lisätiedot": "T",
        },
    ),
    "15021.2023.9.8": (
        "Työikäisten palvelujen toteuttamissuunnitelma",
        {
            "Asiakas[]*": IDENTIFIED,
            "Laatija[]*": PROFESSIONAL,
            "Lakiselostus": "T",
            "Päivämäärä": "P",
            "Suunnitelma*": {
                "Sosiaalipalvelu jota suunnitelma koskee*": "K1222",
                "Sosiaalipalvelun alkamispäivämäärä": "P",
                "Tiedot neuvottelusta jossa tämä suunnitelma on tehty[]": MEETING,
                "Kuvaus asiakkaan tilanteesta": "T",
                "Asiakkaan terveys ja toimintakyky": "T",
                "Asiakkaan vahvuudet ja voimavarat": "T",
                "Kokemukset palvelusta": "T",
                "Edellisen suunnitelman tavoitteiden saavuttaminen": {"Arvio": "K1253", "Sanallinen arvio": "T"},
                "Asetettavat tavoitteet[]": {
                    "Nimi": "N",
                    "Kuvaus": "T",
                    "Keinot ja aikataulu tavoitteen saavuttamiseksi": "T",
                },
                "Annettavan palvelun sisältö ja toteutus": "T",
                "Palvelun vastuuhenkilö": PERSON | {"Yhteystiedot": {"Puhelinnumero": "T"}},
                "Sovitut jatkotoimet": "T",
                "Eriävät näkemykset": "T",
                "Suunnitelman tarkistaminen": {"Päivämäärä ja kellonaika": "H", "Ajankohta": "T", "Paikka": "T"},
                "Henkilöt joille tämä suunnitelma toimitetaan": "T",
            },
        },
    ),
    "15020.2024.11.28": (
        "Työikäisten palvelujen asiakassuunnitelma",
        {
            "Asiakas[]*": IDENTIFIED,
            "Laatija[]*": PROFESSIONAL,
            "Tiedot neuvottelusta jossa tämä suunnitelma on tehty[]": MEETING,
            "Kuvaus asiakkaan tilanteesta": "T",
            "Palvelut joita asiakas tällä hetkellä saa": {"Palvelut[]": "Ki", "Kuvaus": "T"},
            "Asiakkaan arvio siitä millaista tukea ja mitä palveluja hän tarvitsee": "T",
            "Ammattihenkilön arvio siitä millaista tukea ja mitä palveluja asiakas tarvitsee": "T",
            "Suunnitelman arviointi": {
                "Edellisen suunnitelman tavoitteiden saavuttaminen[]": {
                    "Tavoite": "K1292",
                    "Tavoitteen asteikko": "Ki",
                    "Kuvaus": "T",
                    "Arvio siitä onko tavoite saavutettu": {
                        "Arvio": "K1253",
                        "Sanallinen arvio": "T",
                        "Tilannetekijät[]": CIRCUMSTANCES,
                    },
                }
            },
            "Asetettavat tavoitteet[]": GOAL,
            "Menetelmät ja palvelut joilla tavoitteet pyritään saavuttamaan": {"Palvelut[]": SERVICE},
            "Asiakkaan tukemiseen osallistuvat palvelunantajat ja heidän vastuunsa": "T",
            "Asiakkaan tukemiseen osallistuvat yksityishenkilöt ja heidän tehtävänsä": "T",
            "Sovitut jatkotoimet": "T",
            "Eriävät näkemykset": "T",
            "Arvio asiakkuuden kestosta": "T",
            "Jakelu": "T",
            "Lisätiedot": "T",
            "Lakiselostus": "T",
        },
    ),
    "16009.2022.6.28": (
        "Sosiaalihuollon yhteenveto",
        {
            "Vastaanottaja": {"Organisaation nimi": "N"},
            "Asiakas[]": CLIENT,
            "Palvelutehtävä": "K1221",
            "Sosiaalipalvelu": "K1222",
            "Ajanjakso": {"Alkamispäivä": "P", "Päättymispäivä": "P"},
            "Yhteenveto": {"Tarkoitus": "T", "Asiasisältö": "T"},
            "Johtopäätökset": "T",
            "Laatija[]*": PROFESSIONAL,
        },
    ),
    "4006.2023.5.31": (
        "Ilmoitus sosiaalihuollon tarpeesta",
        {
            "Asiakas[]*": PERSON | {"Henkilötunnus": "I", "Turvakielto": "B"},
            "Ilmoittaja[]": {"Taho": "K1243", "Ilmoittajan tietojen salassapito": "B"},
            "Ilmoittamispäivämäärä": "P",
            "Asiasisältö[]": "K1282",
            "Kuvaus tilanteesta ja huolesta*": "T",
        },
    ),
}

DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
#: what the identity code is called in a fault
IDENTITY = "henkilotunnus"


def key(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.lower())
    return re.sub(r"[^a-z0-9_]", "", re.sub(r"[ \-]", "_", "".join(c for c in bare if not unicodedata.combining(c))))


def faults(oid: str, content: Any, names: dict[str, str]) -> list[str]:
    """What is wrong with a document; nothing where it is what the structure says. `names`: those that were loaded."""
    name, structure = DOCUMENTS[oid]
    name = name or names[oid]
    if not isinstance(content, dict) or list(content) != [key(name)]:
        return [f"the root has to be {key(name)}"]
    return list(_group(structure, content[key(name)], key(name), key(name)))


def _group(structure: Structure, content: Any, at: str, root: str) -> Iterator[str]:
    if not isinstance(content, dict) or not content:
        yield f"{at}: no group"
        return
    known = {key(name.rstrip("*°[]")): (name, kind) for name, kind in structure.items()}
    for unknown in content.keys() - known.keys():
        yield f"{at}/{unknown}: unknown"
    for own, (name, kind) in known.items():
        if own not in content:
            if name.endswith("*"):
                yield f"{at}/{own}: required"
            continue
        values = content[own]
        if name.rstrip("*°").endswith("[]"):
            if not isinstance(values, list) or not values:
                yield f"{at}/{own}: no list"
                continue
        else:
            values = [values]
        for value in values:
            yield from _value(kind, value, f"{at}/{own}", root)
    either = [own for own, (name, _) in known.items() if name.endswith("°")]
    if either and not any(own in content for own in either):
        yield f"{at}/{IDENTITY}: required"


def _value(kind: Any, value: Any, at: str, root: str) -> Iterator[str]:
    if isinstance(kind, dict):
        yield from _group(kind, value, at, root)
    elif kind[0] == "K":
        yield from _code(kind[1:], value, at, root)
    elif not IS[kind](value):
        yield f"{at}: no {kind}"


IS: dict[str, Callable[[Any], bool]] = {
    "T": lambda value: isinstance(value, str) and bool(value.strip()),
    "N": lambda value: isinstance(value, str) and bool(value.strip()),
    "B": lambda value: isinstance(value, bool),
    "P": lambda value: isinstance(value, str) and DAY.fullmatch(value) is not None,
    "H": lambda value: isinstance(value, str) and MOMENT.fullmatch(value) is not None,
    "I": lambda value: isinstance(value, dict) and bool(value.get("value")) and value.keys() <= {"system", "value"},
}


def _code(system: str, value: Any, at: str, root: str) -> Iterator[str]:
    if not isinstance(value, dict) or value.keys() != {"system", "code", "display"}:
        yield f"{at}: no code"
    elif not all(isinstance(part, str) and part for part in value.values()):
        yield f"{at}: a part of the code is no text"
    elif system == "i":
        if value["system"] != f"{root}/{at.rsplit('/', 1)[-1]}":
            yield f"{at}: another list"
    elif not re.fullmatch(rf"urn:oid:1\.2\.246\.537\.6\.{system}(\.\d+)*", value["system"]):
        yield f"{at}: another code system"
