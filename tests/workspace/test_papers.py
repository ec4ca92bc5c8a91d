"""`ws.papers`: with which review a document that comes back is compared."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from nq_party_report.profiles import PARTY_2018
from nqcore.analysis.readback import CheckedDocument, NumberStatus
from nqcore.analysis.readback.words import notes_of
from nqcore.analysis.report.citing import Citations
from nqcore.analysis.report.docx.format import DocxFormat
from nqcore.analysis.report.title import title
from nqcore.model.periods import CIVIL, PeriodKind
from nqcore.model.reports import Report
from nqcore.text.dates import write_date
from nqcore.workspace.facade import Workspace
from nqcore.workspace.services.papers import DraftUnknown, EditionIsWhole, PaperUnknown
from tests.analysis.readback.word_files import (
    delete_paragraphs,
    edit,
    pasted,
    through_libreoffice,
    with_properties,
    without_properties,
)
from tests.support.example import RULES
from tests.support.outlines import with_outline
from tests.support.small import Now, accepted, found, reopen

ASKED = {"directive": "1-NQ/HU", "period": "2018"}
TASKS_ONLY = """
[[outline]]
id = "rieng"
title = "Chỉ có nhiệm vụ"
[[outline.part]]
key = "nhiem-vu"
heading = "Nhiệm vụ"
takes = [{ what = "tasks-done" }]
"""


@pytest.fixture
def ws(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    """An office whose own outline has no findings; one of two units lacks money."""
    found(tmp_path / "ws", now, RULES).close()
    with_outline(tmp_path / "ws", TASKS_ONLY, "rieng")
    with reopen(tmp_path / "ws", now, RULES) as office:
        accepted(office, "dn-1", B1="1.310")
        accepted(office, "xa-a", K1=("tien",))
        yield office


def paper(*words: str) -> bytes:
    file, document = BytesIO(), docx.Document()
    for paragraph in words:
        document.add_paragraph(paragraph)
    document.save(file)
    return file.getvalue()


SENTENCE = "1 trong 2 đơn vị thiếu kinh phí."


def money(checked: CheckedDocument) -> tuple[NumberStatus, str | None]:
    """What is said of the number of the sentence."""
    (one,) = (one for one in checked.numbers if one.text == "1 trong 2")
    return one.status, one.now


def test_an_edition_is_compared_with_the_review_of_now_in_the_outline_of_the_edition(
    ws: Workspace,
) -> None:
    edition = ws.editions.freeze(by="duyet", outline="ngan", **ASKED)
    assert money(ws.papers.check(paper(SENTENCE), edition=edition.id)) == (
        NumberStatus.SAME,
        "1 trong 2",
    )
    accepted(ws, "xa-b", K1=("tien",))
    assert money(ws.papers.check(paper(SENTENCE), edition=edition.id)) == (
        NumberStatus.MOVED,
        "2 trong 3",
    )


def test_a_draft_is_compared_in_the_outline_that_the_office_has_for_its_reports(
    ws: Workspace,
) -> None:
    checked = ws.papers.check(paper(SENTENCE), **ASKED)
    # No such sentence stands in that outline: its numbers come from nowhere.
    assert {one.status for one in checked.numbers if one.text} == {NumberStatus.TYPED}


TEN_YEARS = "2008..2018"
CODES = [
    max(CIVIL.periods(kind, date(2017, 1, 1), date(2017, 12, 31)), key=lambda one: one.end).code
    for kind in PeriodKind
    if kind is not PeriodKind.SPAN
]
"""One period of every kind: a new kind is read too."""


@pytest.mark.parametrize(
    ("unit", "period"),
    [("xa-an-phu", TEN_YEARS), ("xa-an-phu", "2013-Q1"), ("ban-tuyen-giao", "2017")],
)
def test_a_draft_of_a_unit_below_is_compared_with_its_own_review(
    demo: Workspace, unit: str, period: str
) -> None:
    """The title of the top unit's review is the beginning of its title, and the top unit receives it."""
    data = demo.report(directive="20-NQ/TW", period=period, unit=unit, format="party-docx").data
    checked = demo.papers.check(data)
    assert checked.right
    assert (checked.unit, checked.period) == (unit, period)


@pytest.mark.parametrize("unit", ["huyen", "xa-an-phu"])
@pytest.mark.parametrize("period", [*CODES, TEN_YEARS, "2017..2018", "2016-07-01..2018-03-31"])
def test_the_title_says_of_which_unit_and_period_a_document_is(
    demo: Workspace, unit: str, period: str
) -> None:
    named = title(demo.reviews.review(directive="20-NQ/TW", period=period, unit=unit), Citations())
    body = "HUYỆN ỦY TÂN HÒA" if unit == "huyen" else "ĐẢNG ỦY XÃ AN PHÚ"
    checked = demo.papers.check(
        paper(body, "BÁO CÁO", named, "Nơi nhận:", "- Huyện ủy Tân Hòa;", "Năm 2017, 2018.")
    )
    assert (checked.unit, checked.period) == (unit, period)


def test_who_receives_a_document_does_not_issue_it(demo: Workspace) -> None:
    named = title(demo.reviews.review(directive="20-NQ/TW", period="2017"), Citations())
    with pytest.raises(PaperUnknown):
        demo.papers.check(paper("TỈNH ỦY", "BÁO CÁO", named, "Nơi nhận:", "- Huyện ủy Tân Hòa;"))


def test_the_words_of_a_draft_without_a_known_title_do_not_deny_its_bookmarks(
    demo: Workspace,
) -> None:
    data = demo.report(
        directive="20-NQ/TW", period="2017", unit="xa-an-phu", format="party-docx"
    ).data
    retitled = edit(data, ("kết quả năm 2017 thực hiện", "tình hình thực hiện"))
    with pytest.raises(DraftUnknown, match="The document is a draft"):
        demo.papers.check(without_properties(retitled))
    with pytest.raises(PaperUnknown, match="no bookmark") as found:
        demo.papers.check(paper("BÁO CÁO"))
    assert not isinstance(found.value, DraftUnknown)


# -- the question that a draft answers -----------------------------------------------------------------

EARLIER = {
    "as of an earlier day": {"as_of": date(2018, 1, 10)},
    "within the units of a day": {"boundaries": "2012-06-30"},
    "both": {"as_of": date(2018, 1, 10), "boundaries": "2012-06-30"},
    "in another outline": {"outline": "ngan"},
}
DRAFT = {"directive": "20-NQ/TW", "period": "2017", "format": "party-docx"}


@pytest.mark.parametrize("asked", EARLIER.values(), ids=EARLIER)
@pytest.mark.parametrize("marked", [True, False], ids=["with bookmarks", "by text alone"])
def test_a_draft_is_compared_with_the_question_that_its_file_says(
    demo: Workspace, asked: dict[str, Any], marked: bool
) -> None:
    data = demo.report(**DRAFT, **asked).data
    checked = demo.papers.check(data if marked else pasted(data))
    assert checked.right, [(one.text, one.written, one.why) for one in checked.wrong[:9]]
    assert not checked.assumed
    assert checked.as_of == asked.get("as_of")
    assert checked.boundaries == asked.get("boundaries", "reported")


def test_where_the_file_lost_its_question_the_check_says_which_one_it_assumed(
    demo: Workspace,
) -> None:
    asked = EARLIER["both"]
    data = without_properties(demo.report(**DRAFT, **asked).data)
    checked = demo.papers.check(data)
    assert checked.assumed
    assert any("were assumed" in note for note in notes_of(checked))
    again = demo.papers.check(data, **asked)
    assert again.right
    assert not again.assumed
    said = [*notes_of(again)]
    assert said[0].startswith(f"Compared with the review as of {write_date(asked['as_of'])}: ")
    assert said[1].startswith("Its figures are for the units as they were on ")


@pytest.mark.parametrize("steps", [("docx",), ("doc",)])
def test_the_question_is_read_from_what_libreoffice_saves(
    demo: Workspace, tmp_path: Path, steps: tuple[str, ...]
) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("soffice is missing: apt install libreoffice-writer")
    data = demo.report(**DRAFT, **EARLIER["both"]).data
    saved = through_libreoffice(data, tmp_path, *steps)
    checked = demo.papers.check(saved, name=f"bao-cao.{steps[-1]}")
    assert checked.right
    assert not checked.assumed


def test_text_of_another_review_in_the_file_is_compared_by_its_own_title(demo: Workspace) -> None:
    data = demo.report(**DRAFT).data
    other = edit(data, ("kết quả năm 2017 thực hiện", "kết quả năm 2016 thực hiện"))
    checked = demo.papers.check(other)
    assert (checked.period, checked.assumed) == ("2016", True)


def test_a_draft_with_another_title_is_still_that_of_its_file(demo: Workspace) -> None:
    data = demo.report(**DRAFT).data
    checked = demo.papers.check(edit(data, ("kết quả năm 2017 thực hiện", "tình hình thực hiện")))
    assert (checked.period, checked.assumed) == ("2017", False)


@pytest.mark.parametrize(
    "said",
    [
        {"nq.unit": "sao-hoa"},
        {"nq.directive": "../../etc"},
        {"nq.span": "9999..1"},
        {"nq.span": "1" * 500},
        {"nq.boundaries": "hôm qua"},
        {"nq.as-of": "2018-13-45"},
        {"nq.as-of": "9999-12-31"},
        {"nq.made": "0001-01-01"},
    ],
    ids=str,
)
def test_a_question_that_no_office_has_is_no_question(
    demo: Workspace, said: dict[str, str]
) -> None:
    data = with_properties(demo.report(**DRAFT).data, said)
    checked = demo.papers.check(data)
    assert checked.right
    assert checked.assumed


def written(ws: Workspace, report: Report) -> bytes:
    """The report as a Word file."""
    return DocxFormat(PARTY_2018).write(report, ws.catalogue.names)


def test_a_draft_of_an_earlier_day_says_what_has_changed_since(ws: Workspace, now: Now) -> None:
    data = written(ws, ws.reviews.report(**ASKED, outline="ngan").report)
    day = now()
    now.moment = day + timedelta(days=3)
    accepted(ws, "xa-b", K1=("tien",))
    assert money(ws.papers.check(data)) == (NumberStatus.MOVED, "2 trong 3")
    kept = ws.reviews.report(**ASKED, outline="ngan", as_of=day.date()).report
    assert money(ws.papers.check(written(ws, kept))) == (NumberStatus.SAME, "1 trong 2")


def test_a_unit_in_place_of_that_of_the_draft_is_used(demo: Workspace) -> None:
    data = demo.report(**DRAFT).data
    assert demo.papers.check(data, unit="xa-an-phu").unit == "xa-an-phu"


@pytest.mark.parametrize("named", [True, False], ids=["chosen", "by its bookmarks"])
def test_a_part_of_the_question_of_an_edition_is_refused_in_words(
    ws: Workspace, named: bool
) -> None:
    edition = ws.editions.freeze(by="duyet", outline="ngan", **ASKED)
    data = written(ws, edition.report)
    chosen = {"edition": edition.id} if named else {}
    for part in ({"unit": "xa-a"}, {"boundaries": "reported"}, {"as_of": date(2018, 1, 1)}):
        with pytest.raises(EditionIsWhole, match="frozen review 1"):
            ws.papers.check(data, **chosen, **part)


def test_an_edition_is_known_by_its_file_where_its_bookmarks_and_seal_are_lost(
    ws: Workspace,
) -> None:
    edition = ws.editions.freeze(by="duyet", outline="ngan", **ASKED)
    data = pasted(written(ws, edition.report))
    data = delete_paragraphs(data, "Bản chốt 1")
    assert ws.papers.check(data).edition == "1"
