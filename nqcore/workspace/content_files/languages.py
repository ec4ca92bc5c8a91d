"""The languages in which a workbook of content is read: an office may have changed its own meanwhile."""

from __future__ import annotations

from functools import cache

from nqcore.errors import Translate


@cache
def languages() -> tuple[Translate, ...]:
    """English and Vietnamese; loaded only when a workbook is read or written."""
    from nqcore.text.messages import translator

    return str, translator("vi")
