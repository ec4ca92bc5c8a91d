"""The directive pack of Resolution 02-NQ/TW of 2021 on the trade unions: targets, indicators, forms, rules.

Everything is in the TOML files in this folder, one subject each. The top of ``indicators-a.toml`` lists
which units count what, so that nothing is counted twice.
"""

from __future__ import annotations

from nqcore.plugin import Definitions, hook, read_definitions


@hook
def definitions() -> Definitions:
    """What the TOML files define."""
    return read_definitions(__name__)
