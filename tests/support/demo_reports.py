"""Reviews and reports of a workspace, each computed once for as long as nothing is written: both are values.

A whole review of the demo takes most of a second, and many tests look at the same one.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from nqcore.analysis.findings import Verdict
from nqcore.model.reports import Report
from nqcore.workspace.facade import Workspace

WHOLE, TOP, RESOLUTION = "2008..2018", "huyen", "20-NQ/TW"


def demo_report(
    ws: Workspace,
    period: str = WHOLE,
    unit: str = TOP,
    directive: str = RESOLUTION,
    outline: str | None = None,
) -> Report:
    """The report of that review, as `ws.reviews.build` gives it."""
    ws.refresh()
    return _report(ws, ws.store.version, ws.today, period, unit, directive, outline)


def demo_verdict(ws: Workspace, period: str = WHOLE, unit: str = TOP) -> Verdict:
    """The findings of that review, as `ws.reviews.verdict` gives them."""
    ws.refresh()
    return _verdict(ws, ws.store.version, ws.today, period, unit)


@lru_cache(maxsize=64)
def _report(
    ws: Workspace,
    _version: int,
    _today: date,
    period: str,
    unit: str,
    directive: str,
    outline: str | None,
) -> Report:
    review = ws.reviews.review(directive=directive, period=period, unit=unit, outline=outline)
    return ws.reviews.build(review)


@lru_cache(maxsize=32)
def _verdict(ws: Workspace, _version: int, _today: date, period: str, unit: str) -> Verdict:
    return ws.reviews.verdict(directive=RESOLUTION, period=period, unit=unit)
