"""The hooks. A hook returns values; core calls it, checks the values and remembers their owner.

A plugin is a module that the entry-point group ``nqcore`` names; it implements any of these hooks with
``@nqcore.plugin.hook``. `plugins/README.md` describes them and is tested against this file.
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
    """Directives, units, indicators, forms, targets, tasks, rules, overlays, letterheads and outlines, read
    from the plugin's TOML files."""


@spec
def rules() -> Iterable[Rule]:  # type: ignore[empty-body]
    """Rules in code, for what no rule type of TOML can express."""


@spec
def checks() -> Iterable[Check]:  # type: ignore[empty-body]
    """Checks in code across the fields of one submission."""


@spec
def report_formats() -> Iterable[ReportFormat]:  # type: ignore[empty-body]
    """Layouts for the files of reports."""


@spec
def calendars() -> Iterable[Calendar]:  # type: ignore[empty-body]
    """Ways of dividing time into periods, in addition to the civil calendar."""


@spec
def demo() -> Demo:  # type: ignore[empty-body]
    """The accounts and figures of a demo workspace."""
