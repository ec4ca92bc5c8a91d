"""Every hook. A hook returns values; core asks, checks and keeps who owns what.

A plugin is a module found through the entry-point group ``nqcore``; it implements any of these with
``@nqcore.plugin.hook``. `plugins/README.md` says what each is for and is tested against this file.
"""

from __future__ import annotations

from collections.abc import Iterable

import pluggy

from nqcore.catalogue.contracts import Check, Demo, ReportFormat, Rule
from nqcore.catalogue.definitions import Definitions
from nqcore.model.periods import Calendar

GROUP = "nqcore"
"""The entry-point group and the name of the pluggy project."""

spec = pluggy.HookspecMarker(GROUP)
hook = pluggy.HookimplMarker(GROUP)
"""Marks a plugin's function as the implementation of the hook of the same name."""


@spec
def definitions() -> Definitions:  # type: ignore[empty-body]
    """Directives, units, indicators, forms, targets, tasks, rules, overlays and a letterhead, as
    the plugin's TOML files say them."""


@spec
def rules() -> Iterable[Rule]:  # type: ignore[empty-body]
    """Rules in code, for what no rule type of TOML can say."""


@spec
def checks() -> Iterable[Check]:  # type: ignore[empty-body]
    """Checks in code across the fields of one submission."""


@spec
def report_formats() -> Iterable[ReportFormat]:  # type: ignore[empty-body]
    """Layouts in which a report can be written."""


@spec
def calendars() -> Iterable[Calendar]:  # type: ignore[empty-body]
    """Ways of cutting time into periods, beside the civil one."""


@spec
def demo() -> Demo:  # type: ignore[empty-body]
    """The accounts and figures of a demo workspace."""
