"""What lacks in the figures of a sentence stands in a numbered note, which several sentences may share."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nqcore.analysis.report.footnotes import Footnotes, coverage_of, raised
from nqcore.analysis.report.readback import figures_in
from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.figures import Coverage, Figure, ReportRef
from nqcore.model.findings import Difference, FigureRef, Text


def figure(coverage: Coverage) -> FigureRef:
    return FigureRef(
        Figure(
            indicator="x.A",
            unit="top",
            period="2018",
            value=Decimal(5),
            decimals=0,
            measure="người",
            coverage=coverage,
        )
    )


def refs(*units: str) -> tuple[ReportRef, ...]:
    return tuple(ReportRef(unit=unit, period="2018-Q1") for unit in units)


WHOLE = Coverage(due=4, reported=4)
GAP = Coverage(due=1310, reported=1309, missing=refs("a"))


@pytest.mark.parametrize(
    ("coverages", "note"),
    [
        ([], ""),
        ([WHOLE], ""),
        ([WHOLE, GAP], "Theo 1.309 trong 1.310 báo cáo."),
        (
            [Coverage(due=4, reported=4, carried=refs("a", "a", "b"))],
            "Theo 4 báo cáo (trong đó 2 đơn vị lấy số của kỳ trước).",
        ),
        (
            [Coverage(due=4, reported=4, estimated=refs("a"))],
            "Có số ước tính theo tỷ lệ đã công bố của đơn vị chia tách.",
        ),
        (
            [GAP, Coverage(due=4, reported=4, apart=refs("a"))],
            "Theo 1.309 trong 1.310 báo cáo; chưa gồm phần của đơn vị chia tách không công bố tỷ lệ.",
        ),
    ],
)
def test_the_note_says_which_reports_are_in_the_figures(
    coverages: list[Coverage], note: str
) -> None:
    assert sentence_text(coverage_of(tuple(map(figure, coverages)))) == note


def test_what_lacks_in_the_figures_of_a_difference_is_in_the_note() -> None:
    before, now = figure(WHOLE).figure, figure(GAP).figure
    sentence = (Text("tăng "), Difference(before, now))
    assert sentence_text(coverage_of(sentence)) == "Theo 1.309 trong 1.310 báo cáo."


def test_sentences_with_the_same_gap_share_a_note_and_complete_ones_have_none() -> None:
    notes = Footnotes()
    signs = [notes.sign(coverage_of((figure(each),))) for each in (GAP, WHOLE, GAP)]
    signs.append(notes.sign((Text("khác"),)))
    assert signs == ["¹", "", "¹", "²"]
    assert [(n.label, n.note) for n in notes.paragraphs()] == [("¹", True), ("²", True)]


def test_the_sign_of_a_note_is_no_number_for_who_reads_the_text_again() -> None:
    assert raised(120) == "¹²⁰"
    assert figures_in([f"có 5 đơn vị{raised(12)}."]) == ["5"]
