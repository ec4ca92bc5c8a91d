"""The office's own address, as it stands in texts that are sent to units."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from flask import request

from webforms.shared.context import workspace


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _here() -> bool:
    """Whether this page was opened under an address that only this machine has."""
    return is_loopback(urlsplit(request.host_url).hostname or "")


def opens_here_only() -> bool:
    """Whether no other address of the office is known than one that only this machine can open: pages say
    so beside a text with such an address."""
    return _here() and not workspace().settings.hosts


def own_host() -> str:
    """The host name with its port, as people type it: the one under which this page was opened; where only
    this machine has that name, the first of the settings (`hosts`), if there is one."""
    hosts = workspace().settings.hosts
    return hosts[0] if _here() and hosts else request.host


def own_address(path: str) -> str:
    """The whole address of a path ("/bao-cao"). A host of the settings is behind a proxy with TLS."""
    hosts = workspace().settings.hosts
    return f"https://{hosts[0]}{path}" if _here() and hosts else request.host_url.rstrip("/") + path
