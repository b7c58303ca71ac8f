"""Referrals in the team's queue: somebody without a roof tonight, one that has waited too long, one that can wait."""

from collections.abc import Mapping, Sequence
from datetime import date

from server.demo.people import Client
from server.demo.phone import Phone
from server.demo.rng import MINUTE_MS, draws, instant, uuid7

#: name, year of birth, phone, minutes since the need was notified, and what the referral says
WAITING: tuple[tuple[str, str, int | None, str | None, int, dict[str, object]], ...] = (
    (
        "Topi",
        "Hallikas",
        1989,
        "040 555 0311",
        190,
        {
            "no_roof_tonight": True,
            "crisis": "no_roof_tonight",
            "wanted": "temporary_housing",
            "source": "social_emergency",
            "eligibility_reason": "Häädetty eilen, yönsä rappukäytävässä. Ei tuttavia, joiden luo mennä.",
            "reasons": ["eviction", "rent_arrears"],
            "primary_reason": "eviction",
        },
    ),
    (
        "Inkeri",
        "Lumme",
        1961,
        None,
        26 * 60,
        {
            "crisis": "fire_or_damage",
            "wanted": "temporary_housing",
            "source": "own_social_counsellor",
            "eligibility_reason": "Koti ei ole asuttavassa kunnossa palon jälkeen.",
            "reasons": ["fire"],
            "primary_reason": "fire",
        },
    ),
    (
        "Ville",
        "Sarka",
        2003,
        "040 555 0313",
        300,
        {
            "wanted": "housing_guidance",
            "source": "outreach",
            "eligibility_reason": "Ensimmäinen oma koti, vuokra jo kerran myöhässä.",
            "reasons": ["leaving_parental_or_care", "financial_management"],
            "primary_reason": "financial_management",
        },
    ),
)


#: minutes since the need of somebody who comes back was notified, and what the referral says
RETURNING: tuple[int, dict[str, object]] = (
    7 * 60,
    {
        "wanted": "housing_social_work",
        "source": "self",
        "eligibility_reason": "Vuokrasopimus on irtisanottu, velkaa kahdelta kuulta. Pyytää samaa ohjaajaa kuin ennen.",
        "reasons": ["rent_arrears", "lease_ended"],
        "primary_reason": "rent_arrears",
        "daily_support": "not_known",
    },
)


def enter_referrals(phone: Phone, now_ms: int, clients: Sequence[Client]) -> None:
    """Three who are new, and one of the clients whose case has ended."""
    rng = draws("intakes")

    def enter(minutes: int, header: Mapping[str, object], said: Mapping[str, object]) -> None:
        notified_ms = now_ms - minutes * MINUTE_MS
        case = uuid7(notified_ms, rng)
        phone.write(notified_ms + MINUTE_MS, "case", case, case, {"home": "intake", **header})
        referral = {"need_notified_at": instant(notified_ms), "status": "referral_received", **said}
        phone.write(notified_ms + MINUTE_MS, "referral", case, uuid7(notified_ms, rng), referral)

    for given, family, born, number, minutes, said in WAITING:
        names = {"client_name": f"{given} {family}", "given_names": given, "family_name": family}
        enter(minutes, names | {"birth_year": born} | ({"phone": number} if number else {}), said)
    earlier = min((one for one in clients if one.ended), key=lambda one: one.ended or date.max, default=None)
    if earlier:
        minutes, said = RETURNING
        enter(minutes, {"client_name": earlier.name}, {**said, "returner_of": earlier.case})
    phone.send()
