"""The office's own outlines: saved out of a file, changed, removed; who may, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest

from nqcore.collection.accounts.access import Role
from nqcore.collection.own_outlines import OutlineChanged, OutlineRefused
from nqcore.collection.validation.texts import TextTooLong, UnstorableText
from nqcore.errors import NotAllowed, NqError, UnknownName
from nqcore.model.outlines import Content, Outline, OutlinePart, Take
from nqcore.model.periods import PeriodKind
from nqcore.text.messages import translator
from nqcore.text.old_encodings import MisreadText
from nqcore.workspace.facade import Workspace
from nqcore.workspace.services.outlines import OutlineInFile
from tests.support.small import NOON, reopen

PART = OutlinePart(key="kq", heading="Kết quả", takes=(Take(what=Content.RESULTS),))
OWN = Outline(id="cua-huyen", title="Đề cương của huyện", parts=(PART,))


def file(*lines: str) -> bytes:
    paper, data = docx.Document(), BytesIO()
    for line in lines:
        paper.add_paragraph(line)
    paper.save(data)
    return data.getvalue()


def test_the_headings_of_a_file_become_the_outline_of_the_reports_on_a_directive(
    ws: Workspace,
) -> None:
    before = ws.reviews.outline("1-NQ/HU", period="2018-Q1").id
    read = ws.outlines.read(
        file("I- Kết quả", "1. Hạn chế", "II- Kiến nghị"), name="ngan.docx"
    ).outline
    assert (read.id, before) == ("ngan-2", "ngan"), "an id that no outline has"
    ws.outlines.save(read, by="duyet", directives=["1-NQ/HU"], periods=[PeriodKind.QUARTER])
    assert ws.reviews.outline("1-NQ/HU", period="2018-Q1").id == "ngan-2"
    assert ws.reviews.outline("1-NQ/HU", period="2018").id == "ngan"
    quarter = ws.reviews.review(directive="1-NQ/HU", period="2018-Q1")
    assert ws.reviews.build(quarter).outline == "ngan-2"
    assert ws.editions.freeze(directive="1-NQ/HU", period="2018-Q1", by="duyet").outline == "ngan-2"
    ws.outlines.remove("ngan-2", by="duyet")
    quarter = ws.reviews.review(directive="1-NQ/HU", period="2018-Q1")
    assert ws.reviews.build(quarter).outline == "ngan"
    assert ws.editions["1"].outline == "ngan-2", "a frozen review keeps its own"


def test_an_own_outline_holds_before_that_of_a_plugin_and_is_still_there_after_opening_again(
    ws: Workspace,
) -> None:
    changed = replace(ws.reviews.outline("1-NQ/HU", "tong-ket"), title="Của huyện")
    ws.outlines.save(changed, by="duyet")
    with reopen(ws.folder) as again:
        (one,) = again.outlines.own()
        assert (one.outline.title, one.number, one.by) == ("Của huyện", 1, "duyet")
        assert again.reviews.outline("1-NQ/HU", "tong-ket").title == "Của huyện"


def test_of_two_outlines_for_the_same_reports_the_last_one_holds(ws: Workspace) -> None:
    for id in ("a", "b"):
        ws.outlines.save(replace(OWN, id=id), by="duyet", directives=["1-NQ/HU"])
    found = {one.outline.id: (one.number, one.outline.default_for) for one in ws.outlines.own()}
    assert found == {"a": (2, ()), "b": (1, (ws.directives["1-NQ/HU"].id,))}
    quarter = [PeriodKind.QUARTER]
    ws.outlines.save(replace(OWN, id="c"), by="duyet", directives=["1-NQ/HU"], periods=quarter)
    assert ws.reviews.outline("1-NQ/HU", period="2018").id == "b", "it is for other periods"


def test_two_people_at_once_are_told_of_each_other(ws: Workspace) -> None:
    ws.outlines.save(OWN, by="duyet", base=0)
    with pytest.raises(OutlineChanged):
        ws.outlines.save(OWN, by="duyet", base=0)
    assert ws.outlines.save(OWN, by="duyet", base=1).number == 2


LONG = "Kết quả " * 300
REFUSED: dict[str, tuple[Outline, type[NqError], str]] = {
    "no part": (replace(OWN, parts=()), OutlineRefused, "chưa có mục nào"),
    "no name": (replace(OWN, title=" "), OutlineRefused, "chưa có tên"),
    "a wrong id": (replace(OWN, id="a/b"), OutlineRefused, "“a/b”"),
    "too many parts": (
        replace(OWN, parts=tuple(OutlinePart(key=f"k{n}", heading="A") for n in range(201))),
        OutlineRefused,
        "201 mục",
    ),
    "a level too deep": (
        replace(OWN, parts=(replace(PART, level=3),)), OutlineRefused, "mục 1 “Kết quả”, cấp",
    ),
    "a content twice": (
        replace(OWN, parts=(PART, replace(PART, key="kq2"))), OutlineRefused, "“kết quả”",
    ),
    "a heading turned around": (
        replace(OWN, parts=(replace(PART, heading="A\u202eB"),)), UnstorableText, "mục 1",
    ),
    "a heading too long": (replace(OWN, parts=(replace(PART, heading=LONG),)), TextTooLong, "2400"),
    "a hint with NUL": (replace(OWN, parts=(replace(PART, hint="a\x00"),)), UnstorableText, "gợi ý"),
    "letters of an old font": (
        replace(OWN, parts=(replace(PART, heading="KÕt qu¶ thùc hiÖn"),)), MisreadText, "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("outline", "error", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_printed_is_refused_in_words(
    ws: Workspace, outline: Outline, error: type[NqError], words: str
) -> None:
    head = ws.store.head
    with pytest.raises(error) as refused:
        ws.outlines.save(outline, by="duyet")
    assert words in refused.value.message(translator("vi"))
    assert ws.store.head == head


def test_a_long_hint_of_the_higher_level_is_kept_whole(ws: Workspace) -> None:
    hint = "Nêu rõ kết quả từng năm. " * 200
    ws.outlines.save(replace(OWN, parts=(replace(PART, hint=hint),)), by="duyet")
    assert ws.reviews.outline("1-NQ/HU", "cua-huyen").parts[0].hint == hint


@pytest.fixture
def limited(ws: Workspace) -> str:
    ws.accounts.add(
        "nam", "Chuyên viên", "top", [Role.APPROVE], units=ws.units, by="t", at=NOON, forms=["s.q"]
    )
    return "nam"


@pytest.mark.parametrize("who", ["lan", "limited"])
def test_only_who_decides_for_all_forms_of_the_whole_office_saves_one(
    ws: Workspace, who: str, request: pytest.FixtureRequest
) -> None:
    login = request.getfixturevalue(who) if who == "limited" else who
    doings: tuple[Callable[[], object], ...] = (
        lambda: ws.outlines.save(OWN, by=login),
        lambda: ws.outlines.remove("ngan", by=login),
    )
    for do in doings:
        with pytest.raises(NotAllowed):
            do()


def test_what_the_office_did_not_enter_cannot_be_removed(ws: Workspace) -> None:
    with pytest.raises(UnknownName, match="ngan"):
        ws.outlines.remove("ngan", by="duyet")


def test_the_file_of_the_office_holds_before_what_is_entered(ws: Workspace) -> None:
    ws.outlines.save(replace(OWN, title="Trên trang"), by="duyet")
    settings = Path(ws.folder) / "workspace.toml"
    settings.write_text(
        settings.read_text("utf-8")
        + '\n[[outline]]\nid = "cua-huyen"\ntitle = "Trong tệp"'
        + '\n[[outline.part]]\nkey = "a"\nheading = "A"\n',
        "utf-8",
    )
    with reopen(ws.folder) as again:
        assert again.faults == ()
        assert again.reviews.outline("1-NQ/HU", "cua-huyen").title == "Trong tệp"
        with pytest.raises(OutlineInFile, match=r"workspace\.toml"):
            again.outlines.save(OWN, by="duyet")
