"""Whether a page is made in another process than this one."""

from __future__ import annotations

from flask import current_app

from webforms.security.page_rules import PageRule

EXTENSION = "nqcore.workers"
"""Under this name an application that has worker processes holds the line that leads to them."""


def made_elsewhere(rule: PageRule) -> bool:
    """Whether a worker process makes the page for the account that asks, so that this one must not."""
    return rule.heavy and EXTENSION in current_app.extensions and rule.heavy_for()
