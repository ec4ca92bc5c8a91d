"""What the application signs, it signs with HMAC-SHA-256; SHA-1 is the default of the libraries, and OWASP
ASVS 5.0 (11.4.1, appendix on cryptography) leaves it to old programs."""

from __future__ import annotations

from hashlib import sha256

from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeSerializer


class SignedCookies(SecureCookieSessionInterface):
    """Flask's sessions in a signed cookie."""

    digest_method = staticmethod(sha256)


def signer(key: str | bytes, salt: str) -> URLSafeSerializer:
    """Signs values for one purpose, which `salt` names, and reads what it has signed.

    >>> signer("secret", "a").loads(signer("secret", "a").dumps([1, "x"]))
    [1, 'x']
    """
    return URLSafeSerializer(key, salt=salt, signer_kwargs={"digest_method": sha256})
