"""What was posted while the session had ended, carried over the sign-in.

It travels in the sign-in page itself, sealed with the application's key: nothing is kept on the server,
so a full disk loses nothing, and there is as much of it as a form may have. The token of the form says
whose page it was, and only that account gets the words back.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import parse_qsl

from flask import current_app, g, request, session
from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict

from webforms.security.page_rules import LONG
from webforms.security.signing import signer
from webforms.shared.posted import PageRequest

SEALED = 2 * LONG
"""Bytes of a sign-in page that carries a form: sealed, a form becomes a third longer at most."""
TOKEN = "csrf_token"


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A form that waits for its account: to which address it goes, its fields, and the mark of the account
    ("" where it is not known)."""

    path: str
    fields: tuple[tuple[str, str], ...]
    owner: str

    def seal(self) -> str:
        """The form as one text that only this application can make."""
        return _sealer().dumps([self.path, self.fields, self.owner])

    def belongs_to(self, login: str) -> bool:
        """Whether that account may have it: it posted the form, or who did is not known."""
        return not self.owner or hmac.compare_digest(self.owner, owner_mark(login))

    def request(self) -> PageRequest:
        """What the form asks for. Raises NotFound where there is no such page any more."""
        path, _mark, query = self.path.partition("?")
        adapter = current_app.create_url_adapter(request)
        assert adapter is not None
        endpoint, arguments = adapter.match(path, method="POST")
        return PageRequest(
            endpoint=endpoint,
            arguments=arguments,
            query=MultiDict(parse_qsl(query, keep_blank_values=True)),
            form=MultiDict([*self.fields]),
        )


def _sealer() -> URLSafeSerializer:
    return signer(current_app.config["SECRET_KEY"], "nqcore.held")


def hold() -> HeldPost:
    """The form of this request."""
    fields = [(name, text) for name, text in request.form.items(multi=True) if name != TOKEN]
    return HeldPost(request.full_path.rstrip("?"), tuple(fields), posted_by())


def held(sealed: str | None) -> HeldPost | None:
    """The form that was sealed; None for anything else."""
    try:
        path, fields, owner = _sealer().loads(sealed or "")
    except (BadData, ValueError, TypeError):
        return None
    return HeldPost(path, tuple((name, text) for name, text in fields), owner)


# -- whose page it was -----------------------------------------------------------------------------


def owner_mark(login: str) -> str:
    """What stands for the account in the tokens of its forms; only this application can make it."""
    key = current_app.config["SECRET_KEY"]
    return hmac.new(key, b"nqcore.owner " + login.casefold().encode(), sha256).hexdigest()[:32]


def begin_token(login: str) -> None:
    """Begin the token of a new session's forms. It names their owner, so that a form which comes back
    in another session still says whose it is."""
    g.pop(TOKEN, None)  # flask-wtf keeps the one that it has made for this request
    session[TOKEN] = f"{secrets.token_hex(20)}.{owner_mark(login)}"


def posted_by() -> str:
    """The mark of the account whose page posted this request's form; "" where its token does not say."""
    reader = URLSafeTimedSerializer(current_app.secret_key or "", salt="wtf-csrf-token")
    try:
        token = reader.loads(request.form.get(TOKEN, ""))
    except BadData:
        return ""
    return token.partition(".")[2] if isinstance(token, str) else ""
