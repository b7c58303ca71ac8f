"""Signatures by which this server knows again what it gave out: with its key, or with the one before it."""

from hashlib import sha256

from flask import current_app
from itsdangerous import Signer

from server.config import Settings


def signer(purpose: str) -> Signer:
    """What is signed for one purpose is worth nothing for another."""
    settings: Settings = current_app.extensions["ovikello-settings"]
    return Signer([*settings.keys_before, settings.secret_key], salt=purpose, digest_method=sha256)
