"""The version of `nqcore.plugin`, the page of names that a plugin imports, and the check of a plugin
against it.

The version is "major.minor". The major number goes up when a name is removed or gets another meaning,
the minor number when a name is added. A plugin may declare for which version it is written::

    NQCORE_API = "1.0"
"""

from __future__ import annotations

import re

API_VERSION = "1.1"
DECLARED = "NQCORE_API"
"""The name in a plugin's module that declares for which version the plugin is written."""

_VERSION = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})")


def api_mismatch(plugin: object) -> str | None:
    """What is wrong with the version that the plugin declares; None when it fits, or declares none."""
    declared = getattr(plugin, DECLARED, None)
    if declared is None:
        return None
    wanted = _VERSION.fullmatch(declared) if isinstance(declared, str) else None
    if wanted is None:
        return f'{DECLARED} is {declared!r}; write it like "{API_VERSION}"'
    major, minor = map(int, wanted.groups())
    ours = tuple(map(int, API_VERSION.split(".")))
    if major == ours[0] and minor <= ours[1]:
        return None
    newer = (major, minor) > ours
    return f"was written for version {declared} of nqcore.plugin, and this is {API_VERSION}; " + (
        "install a newer nqcore" if newer else "install a newer version of the plugin"
    )
