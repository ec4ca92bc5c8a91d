"""An edition is shown as it was stored, and computed again it is the same, whatever happened since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nqcore.analysis.frozen.recomputing import recompute
from nqcore.analysis.frozen.texts import content_of
from nqcore.catalogue.contracts import ReviewData
from nqcore.model.findings import Evidence, Finding, FindingKind, Text
from nqcore.workspace.facade import Workspace
from tests.analysis.frozen.offices import (
    ASKED,
    again,
    correct,
    district,
    merge,
    office,
    owed,
    report,
    rules,
)
from tests.support.small import Now, plugin

QUARTERS = [f"{year}-Q{nth}" for year in range(2017, 2021) for nth in (1, 2, 3, 4)]


def after_much(folder: Path, now: Now) -> tuple[Workspace, bytes]:
    """An edition; then a merger, a changed target, an updated plugin, 50 late reports, a corrected one and
    another choice of findings. The page of the edition as it was, too."""
    now.on("2021-02-01")
    with office(folder, now) as ws:
        report(ws, "xa-a", "2018-Q1", A1="2", K1=("tien",))
        report(ws, "dn-1", "2018-Q1", B1="1.310")
        report(ws, "xa-b", "2017-Q2", A1="7")
        edition = ws.editions.freeze(by="duyet", **ASKED)
        page = ws.editions.write(edition.id, "html").data
        now.on("2021-02-02")
        late = owed(ws, *QUARTERS)[:50]
        for unit, period in late:
            report(ws, unit, period, A1="3", **({"B1": "155"} if unit.startswith("dn") else {}))
        assert len(late) == 50
        correct(ws, "xa-a", "2018-Q1", A1="9")
        (first, *_) = ws.reviews.proposals(**ASKED)
        ws.reviews.decide(first.key, "dismissed", by="duyet", **ASKED)
        merge(ws, date(2021, 2, 2))
    updated = district(worded="Hội nghị, lớp học"), rules(target="99", verb="đã mở")
    return again(folder, now, *updated), page


def test_after_a_merger_a_changed_target_an_updated_plugin_and_50_late_reports_it_is_the_same(
    tmp_path: Path, now: Now
) -> None:
    ws, page = after_much(tmp_path / "ws", now)
    with ws:
        again = ws.editions.recompute("1")
        assert again.report is not None
        assert again.changed == ()
        assert again.same
        assert again.reasons == ()
        assert content_of(again.report) == content_of(ws.editions["1"].report)
        # What is shown is what was stored, to the byte, with the names of then.
        assert ws.editions.write("1", "html").data == page
        # And the review of now is another one.
        now_built = ws.reviews.build(ws.reviews.review(**ASKED))
        assert content_of(now_built) != content_of(ws.editions["1"].report)


def test_the_tree_of_that_day_is_kept(tmp_path: Path, now: Now) -> None:
    ws, _ = after_much(tmp_path / "ws", now)
    with ws:
        assert "xa-b" in {unit.code for unit in ws.editions.tree("1")}
        assert "xa-b" not in ws.units.at(ws.today)


class Loud:
    """A rule in code."""

    id, kind, directive = "c.loud", FindingKind.RESULT, "1-NQ/HU"

    def __init__(self, words: str) -> None:
        self.words = words

    def findings(self, view: ReviewData) -> list[Finding]:
        return [
            Finding(
                rule=self.id,
                owner="nq_code",
                kind=self.kind,
                title="Lời",
                sentence=(Text(self.words),),
                evidence=Evidence(figures=()),
            )
        ]


def test_a_rule_in_code_that_says_something_else_is_named_with_its_plugin(
    tmp_path: Path, now: Now
) -> None:
    with office(tmp_path / "ws", now, rules(), plugin("nq_code", rules=lambda: [Loud("cũ")])) as ws:
        ws.editions.freeze(by="duyet", **ASKED)
        assert ws.editions.recompute("1").same
        present, store = ws._state.contributions, ws.store
        edition = ws.editions["1"]
        newer = replace(
            present,
            rules=(("nq_code", Loud("mới")),),
            plugins=tuple(
                replace(one, version="2.0") if one.name == "nq_code" else one
                for one in present.plugins
            ),
        )
        found = recompute(edition, store, newer)
        assert not found.same
        assert found.changed == ("finding:c.loud",) or len(found.changed) == 1
        (reason,) = found.reasons
        assert "c.loud" in str(reason)
        assert "nq_code" in str(reason)
        gone = recompute(edition, store, replace(present, rules=()))
        assert not gone.same
        assert ["not there any more" in str(one) for one in gone.reasons] == [True]


def test_a_plugin_that_came_since_has_no_part_in_it(tmp_path: Path, now: Now) -> None:
    with office(tmp_path / "ws", now) as ws:
        ws.editions.freeze(by="duyet", **ASKED)
    more = plugin("nq_code", rules=lambda: [Loud("mới")]), rules(), district()
    with again(tmp_path / "ws", now, *more) as ws:
        assert ws.editions.recompute("1").same
        assert "mới" not in ws.editions.write("1", "html").data.decode()


def test_another_version_of_the_program_is_named(
    tmp_path: Path, now: Now, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office(tmp_path / "ws", now) as ws:
        ws.editions.freeze(by="duyet", **ASKED)
        monkeypatch.setattr("nqcore.analysis.frozen.freezing.__version__", "9.9")
        found = ws.editions.recompute("1")
        assert found.same
        assert ["9.9" in str(one) for one in found.reasons] == [True]


def test_a_journal_that_is_another_one_is_named(tmp_path: Path, now: Now) -> None:
    with office(tmp_path / "ws", now) as ws:
        ws.editions.freeze(by="duyet", **ASKED)
        edition = replace(ws.editions["1"], hash="0" * 64)
        found = recompute(edition, ws.store, ws._state.contributions)
        assert found.report is None
        assert not found.same
        assert [str(edition.seq) in str(one) for one in found.reasons] == [True]
