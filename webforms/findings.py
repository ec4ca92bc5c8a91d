"""*Tồn tại, hạn chế*: what the rules say, each with its evidence."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template

from nqcore.model.figures import Figure
from nqcore.model.findings import Finding, FindingKind
from nqcore.report.sentences import figure_text
from webforms.asking import choices, chosen, periods
from webforms.context import workspace
from webforms.counts import address, pieces

pages = Blueprint("findings", __name__)


@pages.get("/ton-tai")
def listing() -> str:
    """Shortcomings first, results after them, and the rules that could not be asked."""
    asked = chosen()
    ws = workspace()
    verdict = asked.review().verdict()
    return render_template(
        "findings.html",
        asked=asked,
        verdict=verdict,
        shortcomings=verdict.of(FindingKind.SHORTCOMING),
        results=verdict.of(FindingKind.RESULT),
        pieces=pieces,
        grouped=_grouped,
        tasks=_tasks,
        address=address,
        written=figure_text,
        indicators=ws.catalogue.indicators,
        directives=choices(),
        periods=periods(asked.directive),
    )


def _grouped(figures: tuple[Figure, ...]) -> list[tuple[str, list[Figure]]]:
    """The figures by indicator, in their order."""
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        found.setdefault(figure.indicator, []).append(figure)
    return list(found.items())


def _tasks(finding: Finding) -> list[tuple[str, str, date | None]]:
    """What answers the finding: title, who is responsible, by when."""
    ws = workspace()
    found = []
    for id in finding.tasks:
        if id in ws.catalogue.tasks:
            task = ws.catalogue.tasks[id]
            found.append((task.title, task.who, task.deadline))
    return found
