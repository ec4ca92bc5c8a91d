"""One-time sign-in links: the token goes to a person, only its digest is stored."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass
LINK_HOURS = 72
"""How long a one-time sign-in link works."""


def new_link() -> tuple[str, str]:
    """A one-time token for a person and the digest to store."""
    token = secrets.token_urlsafe(24)
    return token, link_digest(token)


def link_digest(token: str) -> str:
    """What is stored of a link: the token itself never is."""
    return sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLink:
    """A one-time link, as it is handed to a person: never stored like this."""

    token: str
    login: str
    expires: datetime
