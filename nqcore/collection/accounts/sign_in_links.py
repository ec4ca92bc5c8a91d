"""One-time sign-in links. The user gets the token; the store keeps only its digest.

An account has at most one link: a new one ends the old one, and so does every change of the account (a new
password, a lock, other roles, a second factor).
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from nqcore.collection.tables import LINKS
from nqcore.model.codec import Codec
from nqcore.store import Change, Query, Store

LINK_HOURS = 72
"""Hours that a one-time sign-in link is valid."""


def new_link() -> tuple[str, str]:
    """A new token for the user, and its digest for the store."""
    token = secrets.token_urlsafe(24)
    return token, link_digest(token)


def link_digest(token: str) -> str:
    """The SHA-256 of the token in hexadecimal. Only this is stored, never the token."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLink:
    """A one-time link for the user of `login`. It holds the token, so it is never stored."""

    token: str
    login: str
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLink:
    """A link that was made for `login` and not used yet: until when it is valid, and who made it when.
    Versions up to 0.2.0 did not record the last two."""

    login: str
    expires: datetime
    made_by: str = ""
    made: datetime | None = None


LINK = Codec(KnownLink, names={"made_by": "by", "made": "at"})
"""A link as a document of the table `links`; its id is the digest."""


def find_link(store: Store, token: str) -> tuple[str, KnownLink] | None:
    """The digest and the link of that token, also when it is over; None for a token that is not known.

    A token has 192 random bits, so it is looked up before anything is counted: the user who has it
    is let in, however many wrong ones came before. Each digest is compared in constant time."""
    sought = link_digest(token)
    for doc in store.table(LINKS).all():
        if hmac.compare_digest(str(doc.doc_id), sought):
            return sought, LINK.from_doc(doc)
    return None


def links_of(store: Store, login: str) -> tuple[KnownLink, ...]:
    """The links of an account that were not used, also those that are over."""
    return tuple(map(LINK.from_doc, store.table(LINKS).search(Query().login == login)))


def drop_links(store: Store, change: Change, login: str) -> bool:
    """End every link of the account; whether there was one."""
    found = store.table(LINKS).search(Query().login == login)
    for doc in found:
        change.drop(LINKS, str(doc.doc_id))
    return bool(found)
