"""What a browser gets at the office's address: headers and cookies that the proxy adds or removes."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message

from nqcore.errors import N_
from nqcore.workspace.doctor.diagnosis import Diagnosis, diagnosis

TIMEOUT_SECONDS = 10
SECURITY_HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Strict-Transport-Security",
)
"""Headers that every page must have over https."""


def probe_http(address: str) -> Iterator[Diagnosis]:
    """Request the sign-in page at `address` as a browser does, and check the answer: https, the
    security headers, the attributes of the session cookie. It waits at most TIMEOUT_SECONDS."""
    address = address.rstrip("/")
    if not address.startswith("https://"):
        yield diagnosis(
            "no-tls",
            N_(
                "{address} is not https: passwords and figures travel readable. Have the proxy speak TLS."
                " Check the address."
            ),
            address=address,
        )
        if not address.startswith("http://"):
            return
    try:
        with urllib.request.urlopen(f"{address}/dang-nhap", timeout=TIMEOUT_SECONDS) as answer:
            headers: Message = answer.headers
    except (urllib.error.URLError, OSError, ValueError) as wrong:
        yield diagnosis(
            "not-reached",
            N_("{address} cannot be reached: {detail}. Check the proxy and the server."),
            address=address,
            detail=wrong,
        )
        return
    yield from _header_checks(address, headers)
    yield from _cookie_checks(headers)


def _header_checks(address: str, headers: Message) -> Iterator[Diagnosis]:
    for name in SECURITY_HEADERS:
        if name not in headers and address.startswith("https://"):
            yield diagnosis(
                "header",
                N_(
                    "The header {name} does not arrive at {address}. Correct the proxy: it must pass "
                    "headers on, and say X-Forwarded-Proto."
                ),
                name=name,
                address=address,
            )


def _cookie_checks(headers: Message) -> Iterator[Diagnosis]:
    for cookie in headers.get_all("Set-Cookie", ()):
        wanted = ("__Host-", "; Secure", "; HttpOnly", "; Path=/", "; SameSite=")
        if lacking := [part for part in wanted if part not in cookie]:
            yield diagnosis(
                "cookie",
                N_(
                    "The session's cookie lacks {parts}. Start the server with --behind-proxy and check "
                    "that the proxy does not change cookies."
                ),
                parts=", ".join(part.strip("; ") for part in lacking),
            )
