"""The comparison over the same units goes into a note; the sentence keeps everything else."""

from __future__ import annotations

import pytest

from nqcore.analysis.findings.phrases import moved, moves
from nqcore.analysis.report.footnotes import Footnotes, signed_text
from nqcore.analysis.report.same_units import with_notes
from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.claims import Claim
from nqcore.model.findings import Sentence, Text
from nqcore.model.reports import Paragraph
from nqcore.workspace.facade import Workspace
from tests.support.demo_reports import demo_report, demo_verdict

TEN_YEARS = {"directive": "20-NQ/TW", "period": "2008..2018"}


@pytest.fixture
def changes(demo: Workspace) -> list[Claim]:
    """The claims of the demo that compare the same units too."""
    verdict = demo_verdict(demo)
    found = [c for finding in verdict.findings for c in finding.claims if c.like_for_like]
    return [c for c in found if "cùng phạm vi" in sentence_text(moves(c))]


def test_each_clause_becomes_a_note_and_every_word_stays_in_one_of_both(
    changes: list[Claim],
) -> None:
    assert len(changes) > 3
    for claim in changes:
        for said in (moves(claim), moved(claim)):
            whole: Sentence = (Text("số đó "), *said, Text("; và sau đó."))
            notes = Footnotes()
            text = sentence_text(with_notes(whole, [claim], notes.sign))
            (note,) = notes.paragraphs()
            told = sentence_text(note.sentence)
            assert told.startswith("Cùng phạm vi ")
            assert "cùng phạm vi" not in text
            clause = f"c{told[1:].removesuffix('.')}"
            separator = "; " if said == moves(claim) else ", "
            assert text.replace("¹", separator + clause) == sentence_text(whole)


def test_a_sentence_with_several_changes_has_a_note_for_each(changes: list[Claim]) -> None:
    first, second = changes[:2]
    notes = Footnotes()
    whole: Sentence = (*moves(first), Text("; hai "), *moves(second), Text("."))
    text = sentence_text(with_notes(whole, [first, second], notes.sign))
    assert len(notes.paragraphs()) == 2
    assert "¹; hai " in text
    assert text.endswith("².")


def test_a_sentence_without_the_clause_stays_as_it_is(changes: list[Claim]) -> None:
    words = (Text("số đoàn viên tăng, cùng phạm vi với năm trước."),)
    notes = Footnotes()
    assert with_notes(words, changes[:1], notes.sign) == words
    assert notes.paragraphs() == ()


@pytest.mark.parametrize(
    ("text", "sign", "shown"),
    [("a", "¹", "¹"), ("a¹", "²", ", ²"), ("", "¹", "¹"), ("a¹", "", ""), ("a¹)", "²", "²")],
)
def test_two_signs_are_never_one_number(text: str, sign: str, shown: str) -> None:
    assert signed_text(text, sign) == shown


def test_no_sentence_of_the_demo_has_the_clause_in_its_text(demo: Workspace) -> None:
    report = demo_report(demo)
    texts = [b for b in report.body if isinstance(b, Paragraph)]
    told = [sentence_text(b.sentence) for b in texts if not b.note]
    assert not [text for text in told if "cùng phạm vi" in text]
    assert not [text for text in told if "⁰¹" in text]
