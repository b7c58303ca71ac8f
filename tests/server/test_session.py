"""POST, GET, DELETE /api/session and POST /api/session/refresh."""

from tests.cast import Cast, SignIn


def test_it_works(sign_in: SignIn, cast: Cast) -> None:
    aino = sign_in("aino")
    assert aino.session == {
        "user": cast.aino.id,
        "organisation": cast.aino.org,
        "organisation_name": "Harjula",
        "name": "aino",
        "display_name": "Aino",
        "role": "field_worker",
        "team": cast.aino.team,
        "language": "fi",
        "production": False,
        "device": "phone-of-aino",
        "csrf": aino.session["csrf"],
    }
    assert aino.get("/api/session").json == aino.session
