"""The signs of notes leave a sentence that the office rewords, and stand in its new words again."""

from __future__ import annotations

import pytest

from nqcore.analysis.report.drafting.note_signs import NoteSigns, with_sign
from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.findings import Text
from nqcore.model.reports import Paragraph

NOTES = [Paragraph((Text(f"Ghi chú {sign}."),), label=sign, note=True) for sign in ("¹", "²", "¹⁰")]


@pytest.mark.parametrize(
    ("text", "plain", "signs", "again"),
    [
        ("Huyện báo cáo:", "Huyện báo cáo:", "", "Huyện báo cáo:"),
        ("Huyện¹ báo cáo:", "Huyện báo cáo:", "¹", "Huyện báo cáo¹:"),
        ("Văn bản¹, huyện báo cáo² như sau:", "Văn bản, huyện báo cáo như sau:", "¹, ²",
         "Văn bản, huyện báo cáo như sau¹, ²:"),
        ("tăng 5 cuộc¹, ¹⁰.", "tăng 5 cuộc.", "¹, ¹⁰", "tăng 5 cuộc¹, ¹⁰."),
        ("tăng¹ rồi giảm¹.", "tăng rồi giảm.", "¹", "tăng rồi giảm¹."),
        ("xây 5 m², ¹.", "xây 5 m².", "¹", "xây 5 m², ¹."),
        ("xây 5 m².", "xây 5 m².", "", "xây 5 m²."),
        ("chữ của cơ quan⁷, ².", "chữ của cơ quan⁷.", "²", "chữ của cơ quan⁷, ²."),
    ],
)  # fmt: skip
def test_the_signs_of_a_sentence_are_taken_off_and_put_on_again(
    text: str, plain: str, signs: str, again: str
) -> None:
    sentence, found = NoteSigns(NOTES).without((Text(text),))
    assert (sentence_text(sentence), found) == (plain, signs)
    assert sentence_text(with_sign(sentence, found)) == again


def test_each_of_several_notes_stays_below_the_text() -> None:
    words = Paragraph(with_sign((Text("Huyện báo cáo:"),), "², ¹⁰"))
    (block,), notes = NoteSigns(NOTES).renumbered([words])
    assert isinstance(block, Paragraph)
    assert sentence_text(block.sentence) == "Huyện báo cáo¹, ²:"
    assert [(note.label, sentence_text(note.sentence)) for note in notes] == [
        ("¹", "Ghi chú ²."),
        ("²", "Ghi chú ¹⁰."),
    ]
