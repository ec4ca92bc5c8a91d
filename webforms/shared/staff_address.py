"""The address under which staff open the pages: for slips, links and reminders that leave this machine."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from flask import request

from webforms.shared.context import workspace


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def staff_origin() -> str:
    """The beginning of that address ("https://bao-cao.tan-hoa.gov.vn"): the first name of `hosts` in
    workspace.toml, or the one of them under which this page was asked for; without the setting the host of
    this request. "" where only an address of this machine is known."""
    asked = urlsplit(request.host_url)
    here = asked.hostname or ""
    named = [one for one in workspace().settings.hosts if not is_loopback(one.lstrip("."))]
    if here in named or (not named and not is_loopback(here)):
        return f"{asked.scheme}://{asked.netloc}"
    # Those names are served with TLS only (`nq serve --behind-proxy`).
    return next((f"https://{one}" for one in named if not one.startswith(".")), "")


def staff_address(path: str) -> str:
    """`path` under that address; under that of this machine where no other is known."""
    return (staff_origin() or request.host_url.rstrip("/")) + path


def staff_host() -> str:
    """The host of that address with its port, as people type it."""
    return urlsplit(staff_address("")).netloc


def opens_here_only() -> bool:
    """Whether no other address of the office is known than one that only this machine can open: pages say
    so beside a text with such an address."""
    return not staff_origin()
