"""What changed between two editions has causes whose parts add up to it: there is no "other"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nqcore.analysis.frozen.causes import ChangeCause
from nqcore.analysis.frozen.difference import FigureChange, ReportDiff
from nqcore.analysis.frozen.words import change_names
from nqcore.errors import UnknownName
from nqcore.model.outlines import Content, OutlinePart, Take
from nqcore.model.units import EVERY_UNIT, Scope, Sector, UnitKind
from nqcore.store import Store
from nqcore.text.messages import translator
from nqcore.workspace.facade import Workspace
from nqcore.workspace.services.editions import OtherReview
from tests.analysis.frozen.laws import judge
from tests.analysis.frozen.offices import (
    ASKED,
    again,
    correct,
    district,
    merge,
    office,
    report,
    rules,
)
from tests.analysis.frozen.pairs import SPANS, Drawn, address, side, state_pairs
from tests.support.small import Now

FIGURE = "s.A1|2017..2018|top|all|reported"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.create(tmp_path_factory.mktemp("pairs"), None, at=datetime.now(UTC), by="t") as made:
        yield made


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(pair=state_pairs(), span=st.sampled_from(SPANS))
def test_the_parts_of_every_change_add_up_to_it(
    store: Store, pair: tuple[Drawn, Drawn], span: str
) -> None:
    before, after = (side(drawn, store) for drawn in pair)
    judge(before, after, address(span))


@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(pair=state_pairs(), span=st.sampled_from(SPANS))
def test_the_way_back_has_laws_of_the_same_kind(
    store: Store, pair: tuple[Drawn, Drawn], span: str
) -> None:
    before, after = (side(drawn, store) for drawn in pair)
    judge(after, before, address(span))


@pytest.fixture
def small(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    """An edition of an office with two reports."""
    now.on("2019-02-01")
    with office(tmp_path / "ws", now) as ws:
        report(ws, "xa-a", "2018-Q1", A1="2", K1=("tien",))
        report(ws, "xa-b", "2018-Q1", A1="5")
        report(ws, "dn-1", "2018-Q1", A1="0", B1="1.310")
        ws.editions.freeze(by="duyet", **ASKED)
        yield ws


def parts(diff: ReportDiff, figure: str = FIGURE) -> list[tuple[str, Decimal]]:
    """The causes and amounts of one figure's change."""
    (found,) = (one for one in diff.figures if one.address == figure)
    return [("+".join(part.causes), part.amount) for part in found.parts]


def test_nothing_has_changed_where_nothing_was_done(small: Workspace) -> None:
    diff = small.editions.diff("1")
    assert (diff.figures, diff.sentences, diff.links) == ((), (), ())


def test_late_reports_corrections_and_targets_each_have_their_part(
    small: Workspace, tmp_path: Path, now: Now
) -> None:
    report(small, "xa-a", "2018-Q2", A1="10")
    correct(small, "xa-b", "2018-Q1", A1="8")
    small.close()
    with again(tmp_path / "ws", now, district(), rules(target="15", verb="đã mở")) as ws:
        diff = ws.editions.diff("1")
        assert parts(diff) == [("late", Decimal(10)), ("corrected", Decimal(3))]
        assert diff.grounds.late == ("2018-Q2_s.q_xa-a",)
        assert diff.grounds.corrected == ("2018-Q1_s.q_xa-b",)
        assert diff.grounds.definitions == (("targets", "m"), ("rules", "r.sum"))
        causes = {cause for sentence in diff.sentences for cause in sentence.causes}
        assert {ChangeCause.LATE, ChangeCause.DEFINITIONS} <= causes


def test_a_merger_is_the_cause_of_what_only_the_units_change(small: Workspace, now: Now) -> None:
    now.on("2019-02-02")
    merge(small, date(2018, 4, 1))
    diff = small.editions.diff("1")
    causes = {cause for one in diff.sentences for cause in one.causes}
    assert ChangeCause.UNITS in causes
    assert "v-xa-b" in diff.grounds.units


def test_a_merger_after_the_time_that_is_told_changes_no_figure(small: Workspace, now: Now) -> None:
    now.on("2019-02-02")
    merge(small, date(2018, 4, 1))
    assert small.editions.diff("1").figures == ()


def test_a_target_that_the_office_sets_itself_is_a_changed_definition(small: Workspace) -> None:
    """It stands in the office's own content, not in a plugin."""
    target = {"id": "huyen.mt9", "directive": "1-NQ/HU", "indicator": "s.B1", "value": 9}
    own = {**target, "period": "2018", "basis": "Công văn số 5-CV/HU"}
    small.content.apply(small.content.plan([("target", own)]), by="quantri")
    diff = small.editions.diff("1")
    assert ("targets", "huyen.mt9") in diff.grounds.definitions
    assert diff.sentences
    assert {cause for one in diff.sentences for cause in one.causes} == {ChangeCause.DEFINITIONS}


def test_a_choice_of_the_office_is_wording_and_changes_no_figure(small: Workspace) -> None:
    (first, *_) = small.reviews.proposals(**ASKED)
    small.reviews.decide(first.key, "dismissed", by="duyet", **ASKED)
    diff = small.editions.diff("1")
    assert diff.figures == ()
    assert {cause for one in diff.sentences for cause in one.causes} == {ChangeCause.WORDING}


def test_another_outline_is_a_cause_of_its_own(small: Workspace) -> None:
    report(small, "xa-a", "2018-Q2", A1="10")
    small.editions.freeze(by="duyet", outline="tong-ket", **ASKED)
    diff = small.editions.diff("1", "2")
    assert parts(diff) == [("late", Decimal(10))]
    causes = {one.block: one.causes for one in diff.sentences}
    assert causes["head:coverage"] == (ChangeCause.LATE,)
    assert {*chain.from_iterable(causes.values())} == {ChangeCause.LATE, ChangeCause.OUTLINE}
    back = {cause for one in small.editions.diff("2", "1").sentences for cause in one.causes}
    assert back == {ChangeCause.NOT_YET, ChangeCause.OUTLINE}
    assert small.editions.diff("2").sentences == (), "an edition and now have the same outline"


def test_an_outline_that_the_office_changed_since_is_a_cause_and_no_definition(
    small: Workspace,
) -> None:
    whole = small.reviews.outline("1-NQ/HU", "tong-ket")
    mine = replace(whole, id="cua-huyen", parts=(*whole.parts[:1], whole_part("Tình hình chung")))
    small.outlines.save(mine, by="duyet", directives=["1-NQ/HU"])
    frozen = small.editions.freeze(by="duyet", base=1, **ASKED)
    assert frozen.outline == "cua-huyen"
    small.outlines.save(replace(mine, parts=(whole_part("Bối cảnh"),)), by="duyet")
    diff = small.editions.diff("2")
    assert {cause for one in diff.sentences for cause in one.causes} == {ChangeCause.OUTLINE}
    assert (diff.figures, diff.grounds.definitions) == ((), ())
    assert small.editions.recompute("2").same, "its outline is the one of then"
    small.outlines.remove("cua-huyen", by="duyet")
    assert small.editions.recompute("2").same
    assert {each for one in small.editions.diff("2").sentences for each in one.causes} == {
        ChangeCause.OUTLINE
    }


def whole_part(heading: str) -> OutlinePart:
    """A part with all findings."""
    takes = tuple(Take(what=what) for what in (Content.RESULTS, Content.SHORTCOMINGS))
    return OutlinePart(key="rieng", heading=heading, takes=takes)


def test_two_editions_are_compared_as_they_were_stored(small: Workspace) -> None:
    report(small, "xa-a", "2018-Q2", A1="10")
    second = small.editions.freeze(by="duyet", base=1, **ASKED)
    assert second.number == 2
    correct(small, "xa-a", "2018-Q2", A1="11")
    assert parts(small.editions.diff("1", "2")) == [("late", Decimal(10))]
    assert parts(small.editions.diff("2")) == [("corrected", Decimal(1))]
    assert parts(small.editions.diff("2", "1")) == [("not_yet", Decimal(-10))]


@pytest.mark.parametrize("day", ["2019-02-01", "2019-02-15"])
def test_a_report_that_was_accepted_only_after_an_earlier_day_is_no_correction(
    small: Workspace, now: Now, day: str
) -> None:
    """The second edition is frozen later than the first one, and its day is an earlier one."""
    now.on("2019-03-01")
    report(small, "xa-a", "2018-Q2", A1="10")
    small.editions.freeze(by="duyet", base=1, **ASKED)
    now.on("2019-03-02")
    early = date.fromisoformat(day)
    small.editions.freeze(by="duyet", base=2, as_of=early, **ASKED)
    diff = small.editions.diff("2", "3")
    assert parts(diff) == [("not_yet", Decimal(-10))]
    assert (diff.grounds.not_yet, diff.grounds.corrected) == (("2018-Q2_s.q_xa-a",), ())
    ahead = small.editions.diff("3", "2")
    assert parts(ahead) == [("late", Decimal(10))]
    assert (ahead.grounds.late, ahead.grounds.corrected) == (("2018-Q2_s.q_xa-a",), ())


def test_figures_of_a_part_of_a_unit_are_named_with_the_part(small: Workspace) -> None:
    """Else the total and that of the same units stand in two lines with one name."""
    review = small.reviews.review(**ASKED)
    names = set()
    for scope in (
        EVERY_UNIT,
        Scope(units=frozenset({"xa-a", "xa-b"})),
        Scope(kinds=frozenset({UnitKind.COMMUNE})),
        Scope(sectors=frozenset({Sector.STATE})),
        Scope(within="xa-a"),
    ):
        figure = review.figure_over("s.A1", scope)
        one = FigureChange(
            address=figure.id,
            piece=figure,
            before=None,
            after=figure.value,
            parts=(),
            printed_before=False,
            printed_after=True,
        )
        names.add(change_names(one, small.catalogue, small.obligations.read, translator("vi"))[1])
    assert names == {
        "Huyện, 2017–2018",
        "Huyện, 2017–2018; cùng phạm vi 2 đơn vị",
        "Huyện, 2017–2018; Xã, thị trấn",
        "Huyện, 2017–2018; khu vực Nhà nước",
        "Huyện, 2017–2018; Xã A",
    }


def test_the_day_alone_is_a_cause(small: Workspace, now: Now) -> None:
    now.on("2019-05-02")
    small.editions.freeze(directive="1-NQ/HU", period="2019", by="duyet")
    now.on("2019-08-02")
    diff = small.editions.diff("2")
    assert {cause for one in diff.sentences for cause in one.causes} == {ChangeCause.DAY}


def test_what_the_program_computes_otherwise_is_a_part_of_its_own(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nqcore.analysis.report.build.TYPE", "Bản báo cáo")
    diff = small.editions.diff("1")
    assert [(one.block, one.causes) for one in diff.sentences] == [
        ("head:title", (ChangeCause.PROGRAM,))
    ]


def test_editions_of_two_reviews_are_not_compared(small: Workspace) -> None:
    small.editions.freeze(directive="1-NQ/HU", period="2018", by="duyet")
    with pytest.raises(OtherReview):
        small.editions.diff("1", "2")
    with pytest.raises(UnknownName):
        small.editions.diff("1", "9")
