"""An authenticator app, as a person holds it beside the phone."""

import time

import pyotp

from server.auth.second_factor import STEP_S
from tests.cast import APP_SECRET


class Authenticator:
    """Gives each code once, as the server takes it: it waits for the next one where that is far."""

    def __init__(self, secret: str = APP_SECRET) -> None:
        self.totp = pyotp.TOTP(secret)
        self.last = 0

    def code(self) -> str:
        self.last = max(_now(), self.last + 1)
        while self.last > _now() + 1:
            time.sleep(0.2)
        return self.totp.generate_otp(self.last)


def _now() -> int:
    return int(time.time()) // STEP_S
