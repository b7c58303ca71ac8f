"""Referrals in the team's queue: somebody without a roof tonight, one that has waited too long, one that can wait."""

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


def enter_referrals(phone: Phone, now_ms: int) -> None:
    rng = draws("intakes")
    for given, family, born, number, minutes, said in WAITING:
        notified_ms = now_ms - minutes * MINUTE_MS
        case = uuid7(notified_ms, rng)
        names = {"client_name": f"{given} {family}", "given_names": given, "family_name": family}
        header: dict[str, object] = {"home": "intake", **names}
        header |= {"birth_year": born} | ({"phone": number} if number else {})
        phone.write(notified_ms + MINUTE_MS, "case", case, case, header)
        referral = {"need_notified_at": instant(notified_ms), "status": "referral_received", **said}
        phone.write(notified_ms + MINUTE_MS, "referral", case, uuid7(notified_ms, rng), referral)
    phone.send()
