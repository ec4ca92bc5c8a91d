"""What the application signs is signed with SHA-256."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode
from hashlib import sha256

from flask import Flask

from tests.support.visitor import Page, Visitor
from webforms.security.signing import signer

BYTES_OF_SHA_256 = 32


def signature(signed: str) -> bytes:
    """The last part of what itsdangerous makes."""
    return urlsafe_b64decode(signed.rpartition(".")[2] + "=")


def test_cookies_and_carried_forms_are_signed_with_sha_256(app: Flask, visit):
    visitor: Visitor = visit("vp")
    cookies = {
        cookie.key: cookie.value
        for cookie in visitor.client._cookies.values()
        if cookie.key.startswith("nq_")
    }
    assert len(cookies) == 2, "the session and the browser"
    carried = Visitor(app.test_client())
    answer = carried.client.post("/nhiem-vu/hu.G1", data={"note": "Đã làm", "so": "0"})
    form = next(fields for _action, fields in Page(answer.text).forms if "kept" in fields)
    for signed in (*cookies.values(), form["kept"]):
        assert len(signature(signed)) == BYTES_OF_SHA_256


def test_it_is_the_hmac_of_the_value_under_a_key_of_its_purpose():
    signed = signer("secret", "salt").dumps("x")
    value = signed.rpartition(".")[0]
    derived = sha256(b"salt" + b"signer" + b"secret").digest()
    assert signature(signed) == hmac.new(derived, value.encode(), sha256).digest()
    assert signer("secret", "other").loads_unsafe(signed)[0] is False
