"""Explain: every figure of the demo district's review walks back to its cells and adds up again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.analysis.provenance.explain_figures import (
    Explanation,
    ScopeError,
    figure_of_id,
    read_scope,
)
from nqcore.errors import NqError, UnknownName
from nqcore.formulas import (
    NOT_APPLICABLE,
    NOT_REPORTED,
    Operand,
    Reference,
    evaluate,
    no_value,
    number,
    round_half_up,
)
from nqcore.model.cells import Cell, CellState
from nqcore.model.figures import Figure
from nqcore.model.findings import UnitCount
from nqcore.model.indicators import OverTime, OverUnits
from nqcore.model.rules import RuleDefinition
from nqcore.model.submissions import Step, SubmissionState
from nqcore.model.units import BUILT_IN_KINDS, Scope, Sector
from nqcore.workspace.facade import Workspace
from tests.support.small import PERIOD, accepted, found, plugin

GAPS = "res20.S1a"
REVIEW = {"directive": "20-NQ/TW", "period": "2008..2018"}


def figures_in(data: Any) -> Iterator[dict[str, Any]]:
    """Every figure anywhere in a report's JSON."""
    if isinstance(data, dict):
        if data.get("kind") == "figure":
            yield data
        for value in data.values():
            yield from figures_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from figures_in(value)


@pytest.fixture(scope="module")
def written(demo: Workspace) -> dict[str, dict[str, Any]]:
    """Every figure of the review as its JSON says it, by id."""
    report = json.loads(demo.report(**REVIEW, format="json").data)
    return {figure["id"]: figure for figure in figures_in(report)}


def operand(explained: Explanation) -> Operand:
    """The figure as a part of a formula."""
    figure = explained.figure
    if figure.value is not None:
        return number(figure.value)
    assert figure.reason is not None
    states = {"not-reported": NOT_REPORTED, "not-applicable": NOT_APPLICABLE}
    return states.get(figure.reason.code) or no_value(figure.reason)


def added_up(explained: Explanation) -> Decimal | None:
    """The value reckoned again from nothing but what the explanation says."""
    indicator = explained.indicator
    if indicator.formula is not None:
        parts = {ref: operand(part) for ref, part in explained.parts}

        def lookup(ref: Reference) -> Operand:
            return parts[ref]

        result = evaluate(indicator.formula, lookup).fraction
        return None if result is None else round_half_up(result, indicator.decimals)
    if not explained.origins:
        return None
    assert indicator.over_units is OverUnits.SUM
    if indicator.over_time is OverTime.LAST:
        units = [origin.unit for origin in explained.origins]
        assert len(units) == len(set(units))
    else:
        assert indicator.over_time is OverTime.SUM
    total = sum((Fraction(origin.value) for origin in explained.origins), Fraction(0))
    return round_half_up(total, indicator.decimals)


def test_every_figure_of_the_review_is_explained_and_its_cells_add_up_to_it(
    demo: Workspace, written: dict[str, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing is written meanwhile, and the figures share their reports: each is read once.
    monkeypatch.setattr(
        demo.submissions.repository, "revisions", cache(demo.submissions.repository.revisions)
    )
    assert len(written) > 500
    for id, told in written.items():
        explained = demo.explain(id)
        value = explained.figure.value
        assert (None if told["value"] is None else Decimal(told["value"])) == value, id
        assert added_up(explained) == value, id
        coverage = explained.figure.coverage
        assert coverage.reported == told["coverage"]["reported"], id
        if explained.indicator.formula is None:
            assert len(explained.origins) == coverage.reported, id
            missing = {(part.unit, part.period) for part in coverage.missing}
            assert not missing & {(o.unit, o.period) for o in explained.origins}, id


def counts_in(data: Any) -> Iterator[dict[str, Any]]:
    """Every counted number anywhere in a report's JSON."""
    if isinstance(data, dict):
        if data.get("kind") == "counted":
            yield data
        for value in data.values():
            yield from counts_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from counts_in(value)


def test_every_counted_number_of_the_review_is_explained_by_what_its_rule_read(
    demo: Workspace,
) -> None:
    report = json.loads(demo.report(**REVIEW, format="json").data)
    told = {count["id"]: count for count in counts_in(report)}
    assert len(told) > 5
    read_something = 0
    for id, count in told.items():
        explained = demo.reviews.explain_count(id)
        by = {one.unit: one.counted for one in explained.units}
        assert sorted(u for u, counted in by.items() if counted) == sorted(count["units"]), id
        assert set(by) == {*count["units"], *count["among"]}, id
        for one in explained.units:
            for figure in one.figures:
                assert demo.explain(figure.id).figure == figure
            for read in one.reads:
                assert demo.submissions.repository.find(read.submission).unit == one.unit
                read_something += 1
    assert read_something > 100


def test_the_units_of_a_gap_are_those_whose_cells_have_it(demo: Workspace) -> None:
    (finding,) = [f for f in demo.findings(**REVIEW) if f.rule == GAPS]
    rule = demo.catalogue.rules[GAPS]
    assert isinstance(rule, RuleDefinition)
    least = int(str(rule.params["gap"]))
    (count,) = [piece for piece in finding.sentence if isinstance(piece, UnitCount)]
    for one in demo.reviews.explain_count(count.id).units:
        cells = [read.value for read in one.reads if isinstance(read.value, Cell)]
        run = longest = 0
        for cell in cells:  # recounted from what the explanation says, in order of time
            run = run + 1 if cell.state is CellState.NIL else 0
            longest = max(longest, run)
        assert one.counted is (longest >= least), one.unit


@pytest.mark.parametrize(
    "id",
    [
        "count:",
        "count:nothing|2008..2018|huyen|0|reported",
        "count:res20.S1a|2008..2018|huyen|0",
        "count:res20.S1a|2008..2018|huyen|0|tomorrow",
        "count:res20.S1a|2008..2018|huyen|99|reported",
        "count:res20.S1a|2008..2018|huyen|x|reported",
        "count:res20.S1a|2008..2018|nobody|0|reported",
        "count:res20.S1a|2018-Q9|huyen|0|reported",
    ],
)
def test_what_is_no_count_s_id_is_an_unknown_name(demo: Workspace, id: str) -> None:
    with pytest.raises(UnknownName):
        demo.reviews.explain_count(id)


def test_the_id_of_every_figure_leads_back_to_the_same_figure(
    demo: Workspace, written: dict[str, dict[str, Any]]
) -> None:
    totals = demo.totals.current
    for id in written:
        figure = figure_of_id(totals, id)
        assert figure.id == id
        assert figure_of_id(totals, figure.id) == figure


def test_every_cell_names_the_accepted_revision_it_stands_in_who_sent_it_and_who_accepted_it(
    demo: Workspace,
) -> None:
    explained = demo.explain(demo.figure("B2.1", "2018-Q2"))
    cells = list(explained.cells())
    assert {ref.code for ref, _ in explained.parts} == {"res20.B1", "res20.B2"}
    assert len(cells) == 2 * explained.figure.coverage.reported
    for cell in cells:
        chain = demo.submissions.revisions(cell.submission)
        revision = chain[cell.revision - 1]
        assert revision is chain[-1] or revision == chain[-1]
        assert (revision.state, revision.step) == (SubmissionState.ACCEPTED, Step.ACCEPT)
        assert (revision.by, revision.at) == (cell.accepted_by, cell.accepted_at)
        assert cell.value in revision.answers.values()
        sending = [r for r in chain if r.step is Step.SEND][-1]
        assert (sending.by, sending.at, sending.receipt) == (
            cell.sent_by,
            cell.sent_at,
            cell.receipt,
        )


def test_an_explanation_names_definition_form_plugins_and_legal_basis(demo: Workspace) -> None:
    explained = demo.explain(demo.figure("C6.2", "2018-Q2"))
    assert explained.owner == "nq_res20"
    assert (explained.form, explained.form_owner) == ("res20.q", "nq_res20")
    assert explained.indicator.basis.startswith("Chỉ thị số 07-CT/TW")
    data = explained.as_data()
    assert data["indicator"]["plugin"] == "nq_res20"
    assert data["figure"]["id"] == explained.figure.id
    assert len(data["cells"]) == explained.figure.coverage.reported
    assert json.loads(json.dumps(data)) == data


def test_an_explanation_tells_the_overlay_that_shaped_the_figure(tmp_path: Any) -> None:
    overlay = plugin(
        "nq_over",
        '[pack]\nid = "s"\nsince = 2018-01-01\nbasis = "Quyết định 1"\n'
        '[[overlay]]\nid = "o"\nindicator = "B2.1"\nwithin = "xa-b"\n'
        '[overlay.set]\nformula = "B2 / (B1 + A1) * 100"\n',
    )
    with found(tmp_path / "ws", None, overlay) as ws:
        accepted(ws, "dn-3", A1="60", B1="100", B2="80")
        explained = ws.explain(ws.figure("B2.1", PERIOD, "dn-3"))
        assert explained.figure.value == Decimal("50.0")
        assert added_up(explained) == Decimal("50.0")
        assert explained.overlays == (("o", "nq_over", "Quyết định 1"),)
        assert {ref.code for ref, _ in explained.parts} == {"s.A1", "s.B1", "s.B2"}
        untouched = ws.explain(ws.figure("B2.1", PERIOD, "top"))
        assert untouched.overlays == ()
        assert {ref.code for ref, _ in untouched.parts} == {"s.B1", "s.B2"}


@pytest.mark.parametrize(
    "id",
    [
        "",
        "res20.A1",
        "res20.A1|2018|huyen|all",
        "res20.A1|2018|huyen|all|reported|x",
        "res20.A1|2018|huyen|all|2018-13-01",
        "res20.A1|2018|huyen|kind=x|reported",
        "res20.A1|2018|huyen|kinds=x|reported",
        "res20.A1|2018|huyen||reported",
        "res20.A1|2018|nobody|all|reported",
        "res20.A1|2018-Q9|huyen|all|reported",
        "res20.Z9|2018|huyen|all|reported",
    ],
)
def test_what_is_no_figure_s_id_is_an_unknown_name(demo: Workspace, id: str) -> None:
    with pytest.raises(UnknownName):
        demo.explain(id)


SCOPES = st.builds(
    Scope,
    kinds=st.frozensets(st.sampled_from(BUILT_IN_KINDS)),
    sectors=st.frozensets(st.sampled_from(Sector)),
    units=st.frozensets(st.sampled_from(["huyen", "xa-an-phu", "dn-1.2"])),
    within=st.none() | st.sampled_from(["huyen", "xa-an-phu"]),
)


@given(SCOPES)
def test_a_scope_written_as_one_word_reads_back(scope: Scope) -> None:
    assert read_scope(scope.text) == scope
    assert " " not in scope.text


@given(
    scope=SCOPES,
    code=st.sampled_from(["A1", "B1", "C6.2", "B2.1"]),
    period=st.sampled_from(["2018-Q2", "2017", "2008..2018"]),
)
def test_any_scoped_figure_is_explained_by_its_id(
    demo: Workspace, scope: Scope, code: str, period: str
) -> None:
    figure: Figure = demo.figure(code, period, scope=scope)
    explained = demo.explain(figure.id)
    assert explained.figure == figure
    assert added_up(explained) == figure.value
    assert all(scope.covers(demo.units[o.unit], demo.units) for o in explained.cells())


@pytest.mark.parametrize("text", ["", "x", "kinds", "kinds=nothing", "sectors=1", "a=b", "all;own"])
def test_an_odd_scope_is_an_error_of_our_own(text: str) -> None:
    with pytest.raises(ScopeError, match="is no scope") as caught:
        read_scope(text)
    assert isinstance(caught.value, NqError)
