"""The version of what plugins may import (`nqcore.plugin`), and whether a plugin fits it.

"major.minor": the major number goes up when a name is taken away or means something else, the minor
number when one is added. A plugin may say for which version it was written::

    NQCORE_API = "1.0"
"""

from __future__ import annotations

import re

API_VERSION = "1.0"
DECLARED = "NQCORE_API"
"""The attribute of a plugin's module that says for which version it was written."""

_FORM = re.compile(r"(\d{1,4})\.(\d{1,4})")


def api_mismatch(plugin: object) -> str | None:
    """What is wrong with the version that the plugin declares; None when it fits or declares none."""
    declared = getattr(plugin, DECLARED, None)
    if declared is None:
        return None
    wanted = _FORM.fullmatch(declared) if isinstance(declared, str) else None
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
