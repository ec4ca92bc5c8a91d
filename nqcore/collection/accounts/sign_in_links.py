"""One-time sign-in links. The user gets the token; the store keeps only its digest."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

LINK_HOURS = 72
"""Hours that a one-time sign-in link is valid."""


def new_link() -> tuple[str, str]:
    """A new token for the user, and its digest for the store."""
    token = secrets.token_urlsafe(24)
    return token, link_digest(token)


def link_digest(token: str) -> str:
    """The SHA-256 of the token in hexadecimal. Only this is stored, never the token."""
    return sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLink:
    """A one-time link for the user of `login`. It holds the token, so it is never stored."""

    token: str
    login: str
    expires: datetime
