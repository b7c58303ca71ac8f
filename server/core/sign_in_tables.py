"""What signing in is kept in: sessions, second factors, tokens of the data API, wrong tries. Moments are UTC text."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.core.models import Base, org_foreign_key


class AuthSession(Base):
    """A family of refresh tokens: one successor, a grace for lost replies, reuse after it ends the family.

    Each refresh is signed by the key that the device sealed at sign-in (J2).
    """

    __tablename__ = "session"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str]
    device: Mapped[str]
    refresh_id: Mapped[str]
    previous_refresh_id: Mapped[str | None]
    rotated_at: Mapped[str]
    created_at: Mapped[str]
    last_used_at: Mapped[str]
    ended_at: Mapped[str | None]
    end_reason: Mapped[str | None]
    #: the public half of the device's key; without one the session cannot be renewed
    key: Mapped[str | None]
    #: JSON `[[n, hash of the signature], …]` of the last refreshes
    proofs: Mapped[str] = mapped_column(default="[]")
    #: access tokens of an earlier round were given up at a lock (J3)
    access_round: Mapped[int] = mapped_column(default=0)
    #: when its person last gave the password: what is dangerous asks for it again (A2)
    confirmed_at: Mapped[str | None]
    #: the provider that it began by, if any, and whether that has asked for a second factor (J15, J18)
    provider: Mapped[str | None]
    provider_factor: Mapped[bool | None]
    __table_args__ = (
        org_foreign_key("user_account", "user"),
        org_foreign_key("device", "device"),
        Index("session_user", "user", "org"),
    )


class SecondFactor(Base):
    """What a person's authenticator app knows too (J8). Both secrets are sealed with the server's key."""

    __tablename__ = "second_factor"
    user: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    secret: Mapped[str | None]
    #: of an app whose first code is still to come
    pending: Mapped[str | None]
    #: since when codes are asked for; none before the first right code
    set_at: Mapped[str | None]
    #: codes of this step of 30 s and of earlier ones are taken no more
    last_step: Mapped[int] = mapped_column(default=0)
    #: JSON `[hash, …]` of the recovery codes that are left
    recovery: Mapped[str] = mapped_column(default="[]")
    __table_args__ = (org_foreign_key("user_account", "user"),)


class ProviderLink(Base):
    """What an OpenID Connect provider calls a person: who comes back as that comes in (J17)."""

    __tablename__ = "provider_link"
    user: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]
    linked_at: Mapped[str]
    __table_args__ = (
        org_foreign_key("user_account", "user"),
        Index("provider_link_subject", "subject", "issuer", "org", unique=True),
    )


class DataToken(Base):
    """Opens the data API, and nothing else (A19): which kinds of record, of which team, until when."""

    __tablename__ = "data_token"
    id: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    name: Mapped[str]
    secret_hash: Mapped[str]
    #: JSON `[kind, …]`
    kinds: Mapped[str]
    #: none: of all teams
    team: Mapped[str | None]
    #: whether clients' codes are told
    with_codes: Mapped[bool]
    #: nobody's where a command did it
    made_by: Mapped[str | None]
    made_at: Mapped[str]
    ends_at: Mapped[str]
    revoked_at: Mapped[str | None]
    last_used_at: Mapped[str | None]
    __table_args__ = (Index("data_token_secret", "secret_hash", "org", unique=True),)


class PinShare(Base):
    """What a device's PIN needs beside itself, and how many wrong ones were given (J14)."""

    __tablename__ = "pin_share"
    device: Mapped[str] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str]
    #: SHA-256 of the proof of the right PIN
    proof_hash: Mapped[str]
    share: Mapped[str]
    #: since the last right one, and since it was set
    tries: Mapped[int]
    wrong: Mapped[int]
    __table_args__ = (
        org_foreign_key("device", "device"),
        org_foreign_key("user_account", "user"),
        Index("pin_share_user", "user", "org"),
    )


class WrongTries(Base):
    """Wrong passwords lately, by a hash of who tried (`server/auth/throttle.py`)."""

    __tablename__ = "wrong_tries"
    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    last_at: Mapped[str]
    wait_until: Mapped[str]
