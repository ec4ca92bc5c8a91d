"""The name of a browser as its owner knows it, from the line with which it presents itself.

Only names of this list are kept: what a stranger writes there is never shown on a page.
"""

from __future__ import annotations

BROWSERS = (
    # Those that call themselves Chrome or Safari as well come before these.
    ("Edg", "Edge"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Zalo", "Zalo"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def browser_name(agent: str) -> str:
    """Browser and system: "Firefox, Windows"; "" where neither is known.

    >>> browser_name("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")
    'Firefox, Linux'
    """
    found = (
        next((name for mark, name in names if mark in agent), "") for names in (BROWSERS, SYSTEMS)
    )
    return ", ".join(name for name in found if name)
