"""What a check says in words: of a report without figures it does not say that bookmarks were lost."""

from __future__ import annotations

from nqcore.analysis.readback.checked import CheckedDocument, CheckedNumber, NumberStatus
from nqcore.analysis.readback.words import BY_TEXT, notes_of


def notes(*numbers: CheckedNumber) -> list[str]:
    checked = CheckedDocument(
        edition="",
        title="Báo cáo",
        directive="1-NQ/HU",
        unit="huyen",
        period="2018",
        paragraphs=(),
        numbers=numbers,
    )
    return [*notes_of(checked)]


def test_a_report_without_figures_has_lost_no_bookmark() -> None:
    typed = CheckedNumber(text="5", status=NumberStatus.TYPED)
    assert BY_TEXT not in notes()
    assert BY_TEXT not in notes(typed)


def test_a_report_with_figures_and_no_bookmark_was_read_by_its_text() -> None:
    found = CheckedNumber(text="5", status=NumberStatus.SAME, anchor="nq_0_aaaaaaaaaaaaaaaa")
    assert BY_TEXT in notes(found)
