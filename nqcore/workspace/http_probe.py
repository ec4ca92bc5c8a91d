"""What people get at the office's address: what the proxy in front adds or takes away."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message

from nqcore.errors import N_
from nqcore.workspace.doctor import Diagnosis

TIMEOUT_SECONDS = 10
SECURITY_HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Strict-Transport-Security",
)


def probe_http(address: str) -> Iterator[Diagnosis]:
    """Ask for the sign-in page at `address` as a browser does, and look at what comes."""
    address = address.rstrip("/")
    if not address.startswith("https://"):
        yield Diagnosis(
            code="no-tls",
            template=N_(
                "{address} is not https: passwords and figures travel readable. Have the proxy speak TLS."
                " Check the address."
            ),
            params={"address": address},
        )
        if not address.startswith("http://"):
            return
    try:
        with urllib.request.urlopen(f"{address}/dang-nhap", timeout=TIMEOUT_SECONDS) as answer:
            headers: Message = answer.headers
    except (urllib.error.URLError, OSError, ValueError) as wrong:
        yield Diagnosis(
            code="not-reached",
            template=N_("{address} cannot be reached: {detail}. Check the proxy and the server."),
            params={"address": address, "detail": wrong},
        )
        return
    for name in SECURITY_HEADERS:
        if name not in headers and address.startswith("https://"):
            yield Diagnosis(
                code="header",
                template=N_(
                    "The header {name} does not arrive at {address}. Correct the proxy: it must pass "
                    "headers on, and say X-Forwarded-Proto."
                ),
                params={"name": name, "address": address},
            )
    for cookie in headers.get_all("Set-Cookie", ()):
        wanted = ("__Host-", "; Secure", "; HttpOnly", "; Path=/", "; SameSite=")
        if lacking := [part for part in wanted if part not in cookie]:
            yield Diagnosis(
                code="cookie",
                template=N_(
                    "The session's cookie lacks {parts}. Start the server with --behind-proxy and check "
                    "that the proxy does not change cookies."
                ),
                params={"parts": ", ".join(part.strip("; ") for part in lacking)},
            )
