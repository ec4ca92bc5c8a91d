"""A model commune of 2026: its units before and after the merger, its plan 05-KH/ĐU, and demo figures.

The Party committee of an (invented) commune that three communes became on 1 July 2025, when districts ended.
Other communes start from a copy of this package and rewrite the TOML files. `profiles.py`, `figures.py`,
`narratives.py`, `history.py` are only for the demo.
"""

from __future__ import annotations

from nqcore.plugin import Definitions, Demo, hook, read_definitions


@hook
def definitions() -> Definitions:
    """What the TOML files define."""
    return read_definitions(__name__)


@hook
def demo() -> Demo:
    """Accounts and the reports since July 2021, as of 5 October 2026."""
    # Imported here, because only a demo needs the figures.
    from nq_model_commune.history import history

    return history(definitions())
