"""The directive pack of Resolution 20-NQ/TW: documents, indicators, forms and rules.

Everything is in the TOML files beside this module, one idea each. Who counts what, so that nothing
is counted twice, stands at the top of ``indicators-a.toml``.
"""

from __future__ import annotations

from nqcore.plugin import Definitions, hook, read_definitions


@hook
def definitions() -> Definitions:
    """What the TOML files say."""
    return read_definitions(__name__)
