"""The outlines that every office has without any plugin: the short one, and the usual skeleton."""

from __future__ import annotations

from nqcore.catalogue.bundled import bundled
from nqcore.model.outlines import Outline

SHORT = "ngan"
"""The outline of a report for which neither the office nor a plugin names another."""


def bundled_outlines() -> tuple[Outline, ...]:
    """The outlines of the file beside this module."""
    return bundled().outlines
