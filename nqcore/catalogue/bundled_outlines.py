"""The outlines that every office has without any plugin: the short one, and the usual skeleton."""

from __future__ import annotations

from functools import cache

from nqcore.catalogue.definitions import read_definitions
from nqcore.model.outlines import Outline

SHORT = "ngan"
"""The outline of a report for which neither the office nor a plugin names another."""


@cache
def bundled_outlines() -> tuple[Outline, ...]:
    """The outlines of the file beside this module."""
    return read_definitions("nqcore.catalogue").outlines
