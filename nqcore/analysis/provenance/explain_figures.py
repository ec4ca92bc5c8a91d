"""Explains a figure: its cells, revisions, accounts, definitions and plugins."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from nqcore.analysis.rollup import Totals
from nqcore.analysis.rollup.breakdown import Breakdown, breakdown
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.errors import N_, BoundariesError, InputError, NotAddable, Phrase, UnknownName
from nqcore.formulas import Reference
from nqcore.model.codec import picked
from nqcore.model.figures import Figure, read_boundaries
from nqcore.model.indicators import Indicator, OverUnits
from nqcore.model.periods import Period
from nqcore.model.units import BUILT_IN_KINDS, EVERY_UNIT, Scope, Sector, UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One cell in a figure: the value that `unit` reported, in which revision, and which accounts sent
    and accepted it, when. Of a unit that was divided only a `share` of the value may be in the figure.
    `receipt`: the code that the unit got when it sent the report."""

    unit: str
    period: str
    value: Decimal
    share: Fraction
    submission: str
    revision: int
    sent_by: str
    sent_at: datetime | None
    accepted_by: str
    accepted_at: datetime
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A figure with its definition (`owner`: the plugin that brings it), the figures that it is computed
    from (`parts`) and the cells that it is added up from (`origins`). `overlays`: (id, plugin, legal
    basis) of each local change of the definition. `breakdown`: the parts whose sum it should be."""

    figure: Figure
    indicator: Indicator
    owner: str
    form: str
    form_owner: str
    overlays: tuple[tuple[str, str, str], ...]
    parts: tuple[tuple[Reference, Explanation], ...]
    origins: tuple[Origin, ...]
    breakdown: Breakdown | None = None

    def cells(self) -> Iterator[Origin]:
        """Every cell, also those of the parts and of their parts."""
        yield from self.origins
        for _, part in self.parts:
            yield from part.cells()

    def as_data(self) -> dict[str, Any]:
        """The explanation with its parts as values for JSON; numbers are exact decimals in quotes."""
        return {
            "figure": figure_data(self.figure),
            "indicator": {
                **picked(self.indicator, "code", "name", "over_units", "over_time"),
                "formula": self.indicator.formula.text if self.indicator.formula else None,
                **picked(self.indicator, "since", "basis"),
                "plugin": self.owner,
            },
            "form": {"id": self.form, "plugin": self.form_owner},
            "overlays": [
                {"id": id, "plugin": plugin, "basis": basis} for id, plugin, basis in self.overlays
            ],
            "parts": [
                {"reference": ref.code, "shift": ref.shift, **part.as_data()}
                for ref, part in self.parts
            ],
            "breakdown": self.breakdown
            and {
                "parts": [figure_data(part) for part in self.breakdown.parts],
                "adds_up": self.breakdown.adds_up,
            },
            "cells": [
                {
                    **picked(o, "unit", "period", "value"),
                    "share": None if o.share == 1 else str(o.share),
                    **picked(o, "submission", "revision", "sent_by", "sent_at"),
                    **picked(o, "accepted_by", "accepted_at", "receipt"),
                }
                for o in self.origins
            ],
        }


def figure_data(figure: Figure) -> dict[str, Any]:
    """A figure with its coverage as values for JSON; the number is an exact decimal in quotes."""
    return {
        **picked(figure, "id", "indicator", "unit", "period", "value"),
        "reason": str(figure.reason) if figure.reason else None,
        **picked(figure, "measure", "boundaries", "version"),
        "coverage": picked(
            figure.coverage,
            *("due", "reported", "missing", "carried", "not_applicable"),
            *("estimated", "apart", "kept"),
        ),
    }


def explain(totals: Totals, repository: SubmissionRepository, figure: Figure | str) -> Explanation:
    """The explanation of a figure, which may be given by its address. Raises UnknownName for a wrong
    address."""
    if isinstance(figure, str):
        figure = figure_of_id(totals, figure)
    catalogue = totals.catalogue
    newest = catalogue.indicator(figure.indicator)
    span = totals.lookup.span(figure.period, newest)
    indicator = totals.lookup.definition(newest.code, figure.unit, span)
    boundaries = read_boundaries(figure.boundaries)
    exact = totals.exact(
        indicator, figure.unit, span, own=figure.own, scope=figure.scope, boundaries=boundaries
    )
    _, overlays = catalogue.overlaid("indicator", indicator.code, indicator, figure.unit, span.end)
    form = totals.lookup.form_of(indicator.code)
    parts = []
    for ref in _references(totals, indicator, span):
        shifted = totals.lookup.shifted(ref, span)
        try:
            part = shifted and totals.figure(
                ref.code,
                figure.unit,
                shifted.code,
                own=figure.own,
                scope=figure.scope,
                boundaries=boundaries,
            )
        except NotAddable:  # a part that the formula did not use, or a weight
            continue
        if part:
            parts.append((ref, explain(totals, repository, part)))
    origins = []
    for cell in exact.contributions:
        chain = repository.revisions(cell.submission)
        accepted = chain[-1]
        sent = next((r for r in reversed(chain) if r.step.value == "send"), accepted)
        origins.append(
            Origin(
                unit=cell.unit,
                period=cell.period,
                value=cell.value,
                share=cell.share,
                submission=cell.submission,
                revision=accepted.number,
                sent_by=sent.by,
                sent_at=sent.at,
                accepted_by=accepted.by,
                accepted_at=accepted.at,
                receipt=accepted.receipt,
            )
        )
    return Explanation(
        figure=figure,
        indicator=indicator,
        owner=catalogue.owner("indicator", indicator.code),
        form=form.id if form else "",
        form_owner=catalogue.owner("form", form.id) if form else "",
        overlays=tuple((o.id, catalogue.owner("overlay", o.id), o.basis) for o in overlays),
        parts=tuple(parts),
        origins=tuple(origins),
        breakdown=breakdown(totals, figure),
    )


def _references(totals: Totals, indicator: Indicator, span: Period) -> tuple[Reference, ...]:
    """The references that the figure is computed from: those of its formula, or the weight of a mean."""
    if indicator.formula is not None:
        # Before the first period of the form there is nothing to refer to.
        begun = totals.lookup.begun(indicator.code, span)
        return tuple(sorted(indicator.formula.references)) if begun else ()
    if indicator.over_units is OverUnits.WEIGHTED_MEAN and indicator.weight:
        return (Reference(indicator.weight),)
    return ()


def figure_of_id(totals: Totals, id: str) -> Figure:
    """The figure of the address ``indicator|period|unit|scope|boundaries``, computed now. Raises
    UnknownName."""
    try:
        indicator, period, unit, scope, boundaries = id.split("|")
        return totals.figure(
            indicator,
            unit,
            period,
            own=scope == "own",
            scope=read_scope(scope, totals.obligations.catalogue.unit_kinds),
            boundaries=read_boundaries(boundaries),
        )
    except (ValueError, ScopeError, BoundariesError):
        raise UnknownName(
            kind="figure", name=id, hint=Phrase(N_("Take an id from `nq report --format json`."))
        ) from None


class ScopeError(InputError):
    """The text is not one that `Scope.text` wrote. Params: text."""

    code = "scope"
    template = N_(
        "“{text}” is no scope. Take it from a figure, for example “all” or “kinds=commune”."
    )


def read_scope(text: str, kinds: Container[str] = BUILT_IN_KINDS) -> Scope:
    """The scope that `Scope.text` wrote as `text`; `kinds` are the kinds of units that there are. Raises
    ScopeError for another text.

    >>> read_scope("kinds=commune").kinds == {UnitKind.COMMUNE}
    True
    """
    try:
        found = _scope(text)
    except ValueError:
        raise ScopeError(text=text) from None
    if not all(kind in kinds for kind in found.kinds):
        raise ScopeError(text=text)
    return found


def _scope(text: str) -> Scope:
    """Raises ValueError for a text that is no scope."""
    if text in ("all", "own"):
        return EVERY_UNIT
    found: dict[str, Any] = {}
    for part in text.split(";"):
        key, _, values = part.partition("=")
        words = values.split(",")
        if key == "kinds":
            found[key] = frozenset(UnitKind(word) for word in words)
        elif key == "sectors":
            found[key] = frozenset(Sector(word) for word in words)
        elif key == "units":
            found[key] = frozenset(words)
        elif key == "within":
            found[key] = values
        else:
            raise ValueError(text)
    return Scope(**found)
