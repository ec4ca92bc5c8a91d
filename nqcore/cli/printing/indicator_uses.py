"""What `nq indicators --used` prints: what each indicator costs and what uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqcore.analysis.indicator_uses import asked_in_vain
from nqcore.cli.localized import echo
from nqcore.cli.printing.output import Data, print_table
from nqcore.errors import N_, Phrase, in_a_row
from nqcore.model.codec import picked

if TYPE_CHECKING:
    from nqcore.analysis.indicator_uses import IndicatorUse
    from nqcore.workspace.facade import Workspace


def uses_data(ws: Workspace) -> list[Data]:
    """What uses each indicator, for programs."""
    return [
        {
            **picked(one, "code", "name", "measure", "form"),
            "cells": {str(year): count for year, count in one.cells.items()},
            **picked(one, "rules", "totals", "targets", "annexes", "frozen", "idle", "alike"),
        }
        for one in ws.monitoring.indicator_uses()
    ]


def print_uses(ws: Workspace) -> None:
    """The same as a table, with the sums below it."""
    uses, year = ws.monitoring.indicator_uses(), ws.today.year
    head = (N_("code"), N_("name"), N_("form"), N_("boxes a year"), N_("sentences"))
    more = (N_("totals"), N_("targets"), N_("annexes"), N_("note"))
    print_table((*head, *more), (_row(one, year) for one in uses))
    vain = asked_in_vain(uses, year)
    words = N_("{count} boxes are filled in in {year}.")
    echo(Phrase(words, {"count": vain.boxes, "year": year}))
    words = N_(
        "{count} indicators with {boxes} boxes a year have been used by nothing for two years."
    )
    echo(Phrase(words, {"count": len(vain.idle), "boxes": vain.spared}))
    for one, other in vain.twice:
        words = N_("{one} and {other} ask the same units for the same: “{name}”.")
        echo(Phrase(words, {"one": one.code, "other": other, "name": one.name}))


def _row(one: IndicatorUse, year: int) -> tuple[object, ...]:
    notes = (
        Phrase(N_("used by nothing for two years")) if one.idle else None,
        Phrase(N_("asked alike: {codes}"), {"codes": ", ".join(one.alike)}) if one.alike else None,
    )
    lists = (one.rules, one.totals, one.targets, one.annexes)
    return (
        *(one.code, one.name, one.form or "–", one.cells.get(year, "–")),
        *(", ".join(several) or "–" for several in lists),
        in_a_row(*notes) if any(notes) else "",
    )
