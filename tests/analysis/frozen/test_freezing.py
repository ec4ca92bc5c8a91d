"""Freezing: one record of the journal with the text of the review and all that shaped it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nqcore.analysis.frozen.causes import ChangeCause
from nqcore.analysis.frozen.freezing import FrozenMeanwhile
from nqcore.analysis.frozen.stored_definitions import read_definitions
from nqcore.analysis.frozen.texts import content_of
from nqcore.collection.submissions.as_of import AsOfInFuture
from nqcore.collection.tables import EDITION_DEFINITIONS, EDITION_REPORTS, EDITIONS
from nqcore.errors import NotAllowed, UnknownName
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.analysis.frozen.offices import ASKED, again, district, office, report, rules
from tests.support.outlines import with_outline
from tests.support.small import Now

REVIEW = {"directive": "20-NQ/TW", "period": "2008..2018"}


@pytest.fixture
def small(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    """An office with two accepted reports."""
    now.on("2019-02-01")
    with office(tmp_path / "ws", now) as ws:
        report(ws, "xa-a", "2018-Q1", A1="2", K1=("tien",))
        report(ws, "dn-1", "2018-Q1", B1="1.310")
        yield ws


def test_it_is_one_record_with_the_position_the_definitions_and_the_text(small: Workspace) -> None:
    before = small.store.head
    edition = small.editions.freeze(by="duyet", **ASKED)
    record = small.store.record(before.seq + 1)
    assert (record.do, record.by, record.version) == ("freeze", "duyet", 1)
    assert set(record.docs) == {EDITIONS, EDITION_REPORTS, EDITION_DEFINITIONS}
    assert (edition.seq, edition.hash) == (before.seq, before.hash)
    assert (edition.id, edition.number, edition.by) == ("1", 1, "duyet")
    assert (edition.unit, edition.span, edition.as_of) == ("top", "2017..2018", date(2019, 2, 1))
    assert {name for name, _ in edition.plugins} == {"nq_small", "nq_rules"}
    assert {name for name, _ in edition.program} == {"nqcore", "holidays"}
    stored = read_definitions(small.store, edition.definitions)
    assert {owner for owner, _ in stored.definitions} == {"nq_small", "nq_rules"}
    assert stored.office.root == "top"


def test_the_outline_that_was_looked_at_is_frozen_and_computed_again(small: Workspace) -> None:
    edition = small.editions.freeze(by="duyet", outline="tong-ket", **ASKED)
    assert edition.report.outline == edition.outline == "tong-ket"
    assert small.editions.recompute(edition.id).same
    assert small.editions.freeze(by="duyet", **ASKED).outline == "ngan"


OWN_OUTLINE = """
[[outline]]
id = "rieng"
title = "Đề cương của huyện"
[[outline.part]]
key = "tat-ca"
heading = "Của huyện"
takes = [{ what = "results" }, { what = "shortcomings" }]
"""


def test_an_outline_of_the_office_is_frozen_as_it_was(tmp_path: Path, now: Now) -> None:
    now.on("2019-02-01")
    folder = tmp_path / "ws"
    office(folder, now).close()
    with_outline(folder, OWN_OUTLINE, "rieng")
    with again(folder, now, district(), rules()) as ws:
        report(ws, "xa-a", "2018-Q1", A1="2", K1=("tien",))
        for asked in (None, "rieng"):
            edition = ws.editions.freeze(by="duyet", outline=asked, **ASKED)
            built = ws.reviews.build(ws.reviews.review(**ASKED, outline=asked))
            assert edition.outline == "rieng"
            assert content_of(edition.report) == content_of(built)
    toml = folder / "workspace.toml"
    toml.write_text(toml.read_text("utf-8").replace("Của huyện", "Đổi tên"), "utf-8")
    with again(folder, now, district(), rules()) as ws:
        assert ws.editions.recompute("1").same
        (changed, *_) = ws.editions.diff("1").sentences
        assert (changed.before, changed.after) == ("Của huyện", "Đổi tên")


def test_an_outline_that_is_not_there_is_not_frozen(small: Workspace) -> None:
    with pytest.raises(UnknownName, match="khac"):
        small.editions.freeze(by="duyet", outline="khac", **ASKED)
    assert small.editions.list() == ()


def test_it_says_what_the_review_of_that_moment_says(small: Workspace) -> None:
    built = small.reviews.build(small.reviews.review(**ASKED))
    edition = small.editions.freeze(by="duyet", **ASKED)
    assert content_of(edition.report) == content_of(built)
    assert edition.report.edition == "1"
    seq, _, digest = edition.report.seal.partition("/")
    assert (int(seq), edition.hash.startswith(digest)) == (edition.seq, True)
    assert len(digest) * 4 >= 104


def test_the_frozen_review_of_the_demo_says_what_its_page_says(demo_copy: Path) -> None:
    with open_workspace(demo_copy) as ws:
        built = ws.reviews.build(ws.reviews.review(**REVIEW))
        edition = ws.editions.freeze(by="vanphong", **REVIEW)
        assert content_of(edition.report) == content_of(built)
        again = ws.editions.recompute("1")
        assert (again.same, again.reasons) == (True, ())
        diff = ws.editions.diff("1")
        assert (diff.figures, diff.sentences) == ((), ())


def test_it_comes_back_from_the_disk_as_it_was(small: Workspace, tmp_path: Path, now: Now) -> None:
    edition = small.editions.freeze(by="duyet", **ASKED)
    small.close()
    with again(tmp_path / "ws", now, district(), rules()) as ws:
        assert ws.editions["1"] == edition
        assert ws.editions.list() == small.editions.list()


def test_definitions_are_stored_once(small: Workspace) -> None:
    for _ in range(3):
        small.editions.freeze(by="duyet", **ASKED)
    assert len(small.store.table(EDITIONS)) == 3
    assert (
        len(small.store.table(EDITION_DEFINITIONS)) == 4
    )  # two plugins, the list of them, the tree


def test_a_correction_is_a_further_edition_of_the_same_review(small: Workspace) -> None:
    first = small.editions.freeze(by="duyet", **ASKED)
    other = small.editions.freeze(directive="1-NQ/HU", period="2018", by="duyet")
    second = small.editions.freeze(by="duyet", base=1, **ASKED)
    assert [(one.id, one.number) for one in (first, other, second)] == [
        ("1", 1),
        ("2", 1),
        ("3", 2),
    ]
    assert [one.id for one in small.editions.list()] == ["3", "2", "1"]
    review = small.reviews.review(**ASKED)
    assert [one.id for one in small.editions.of(review)] == ["3", "1"]
    assert small.editions["1"] == first


def test_who_did_not_see_the_newest_edition_makes_no_other(small: Workspace) -> None:
    small.editions.freeze(by="duyet", base=0, **ASKED)
    with pytest.raises(FrozenMeanwhile):
        small.editions.freeze(by="duyet", base=0, **ASKED)
    assert len(small.editions.list()) == 1


@pytest.mark.parametrize("login", ["lan", "ba"])
def test_who_may_not_decide_may_not_freeze(small: Workspace, login: str) -> None:
    with pytest.raises(NotAllowed):
        small.editions.freeze(by=login, **ASKED)
    assert small.editions.list() == ()


def test_an_earlier_day_is_frozen_as_it_was_known_then(small: Workspace, now: Now) -> None:
    now.on("2019-03-01")
    report(small, "xa-b", "2018-Q1", A1="40")
    early = small.editions.freeze(by="duyet", as_of=date(2019, 2, 1), **ASKED)
    assert small.editions.recompute(early.id).same
    diff = small.editions.diff(early.id)
    causes = {cause for one in diff.figures for part in one.parts for cause in part.causes}
    assert causes == {ChangeCause.LATE}  # not the day: the report came after it
    with pytest.raises(AsOfInFuture):
        small.editions.freeze(by="duyet", as_of=date(2019, 3, 2), **ASKED)


def test_an_edition_that_there_is_not_is_named(small: Workspace) -> None:
    for ask in (small.editions.__getitem__, small.editions.recompute, small.editions.tree):
        with pytest.raises(UnknownName):
            ask("1")
