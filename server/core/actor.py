"""Who sends a request to the exchange: always from the session, never from the body (W6)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A person on a device. `role` is a code of the catalogue `role`."""

    org: str
    user: str
    device: str
    role: str
