"""What every office has without any plugin: the definition files beside this module."""

from __future__ import annotations

from functools import cache

from nqcore.catalogue.definitions import Definitions, read_definitions


@cache
def bundled() -> Definitions:
    """The outlines and the kinds of units that nqcore itself brings."""
    return read_definitions("nqcore.catalogue")
