"""A heading under which nothing stands is not printed, whatever stands behind its part."""

from __future__ import annotations

import pytest

from nqcore.analysis.report.empty_parts import empty_remarks, without_empty_parts
from nqcore.model.findings import Text
from nqcore.model.outlines import Content, Outline, OutlinePart, Take
from nqcore.model.reports import Block, Heading, Paragraph

NOTE = Paragraph((Text("n"),), note=True)


def blocks(text: str) -> list[Block]:
    """ "0 1 2 p n": headings of these levels, a paragraph, a note."""
    made: list[Block] = []
    for nth, sign in enumerate(text.split()):
        if sign == "n":
            made.append(NOTE)
        elif sign == "p":
            made.append(Paragraph((Text(f"p{nth}"),)))
        else:
            made.append(Heading(f"h{nth}", level=int(sign)))
    return made


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("1 p 1 p", "1 p 1 p"),
        ("1 1 p", "1 p"),
        ("1 p 1", "1 p"),
        ("0 1 2 p", "0 1 2 p"),
        ("0 1 2 1 p", "0 1 p"),
        ("0 1 0 1 p", "0 1 p"),
        ("1 2 3 2 3 p", "1 2 3 p"),
        ("1 p 1 n", "1 p n"),
        ("p n", "p n"),
        ("", ""),
    ],
)
def test_only_headings_with_something_below_them_stay(given: str, left: str) -> None:
    kept = without_empty_parts(blocks(given))
    signs = [str(b.level) if isinstance(b, Heading) else "n" if b == NOTE else "p" for b in kept]
    assert " ".join(signs) == left
    assert without_empty_parts(kept) == kept


def test_the_office_is_told_of_the_parts_that_only_it_can_fill() -> None:
    outline = Outline(
        id="o",
        title="t",
        parts=(
            OutlinePart(key="kq", heading="Kết quả", takes=(Take(what=Content.RESULTS),)),
            OutlinePart(key="dg", heading="Đánh giá"),
            OutlinePart(
                key="nn", heading="Nguyên nhân", level=2, takes=(Take(what=Content.CAUSES),)
            ),
            OutlinePart(key="khac", heading="Phần của cấp trên"),
        ),
    )
    (remark,) = empty_remarks(outline, ())
    assert str(remark) == (
        "Parts without content yet, not printed: Nguyên nhân; Phần của cấp trên."
    )
    printed = [Heading("x", block="part:nn"), Heading("x", block="part:khac")]
    assert not list(empty_remarks(outline, printed))
