"""The headers that every answer has."""

from __future__ import annotations

CONTENT_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'"
)


def headers_for(*, secure: bool, kept: bool = False) -> dict[str, str]:
    """The headers of an answer. `secure`: it goes out over TLS. `kept`: browsers may keep it, as they keep
    the files of `static`."""
    found = {
        "Content-Security-Policy": CONTENT_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if secure:
        found["Strict-Transport-Security"] = "max-age=31536000"
    if not kept:
        found["Cache-Control"] = "no-store"
    return found
