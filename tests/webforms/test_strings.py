"""Every word on every page comes from the catalogue, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest

import webforms
from nqcore.text.messages import translations
from tests.golden.words import shipped
from tests.text.extracted_messages import extracted, key, written
from tests.text.test_messages import REPAIR
from tests.webforms.every_page import EveryPage
from webforms.shared.labels import DOINGS

TEMPLATES = sorted((Path(webforms.__file__).parent / "templates").glob("*.html"))
LETTERS = re.compile(r"[^\W\d_]{2,}")
NAMES = {"nqcore", "xlsx", "docx", "pdf", "nbsp", "amp"}
"""What is called so in every language."""
SAID = re.compile(r'\b(?:title|aria-label|placeholder|alt|data-nhan|data-xong)="([^"]*)"')
GAP = "\x00"


def _own_words(path: Path) -> str:
    """The text of a template that no call of the catalogue brings: tags away, calls as gaps."""
    lexer = jinja2.Environment(autoescape=True).lexer
    kept, inside, name = [], False, ""
    for _line, kind, text in lexer.tokeniter(path.read_text("utf-8"), path.name):
        if kind == "name" and not name:
            name = text
            inside = {"trans": True, "endtrans": False}.get(text, inside)
        elif kind == "block_begin":
            name = ""
        elif kind == "data" and not inside:
            kept.append(text)
        if kind in ("variable_end", "block_end"):
            kept.append(GAP)
            name = name or "-"
    return "".join(kept)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_says_a_word_of_its_own(path: Path):
    text = _own_words(path)
    said = [words for words in SAID.findall(text) if LETTERS.search(words.replace(GAP, ""))]
    assert said == []
    text = re.sub(
        r"<pre><code>.*?</code></pre>", GAP, text, flags=re.S
    )  # commands, as they are typed
    text = re.sub(r'\saria-[a-z]+="[^"]*"', GAP, text)  # attributes that a macro gives to a tag
    bare = re.sub(r"<!--.*?-->|<[^>]*>|&\w+;", GAP, text, flags=re.S)
    assert {*LETTERS.findall(bare)} - NAMES == set()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_sentence_of_every_page_is_in_both_catalogues(every_page: EveryPage, language: str):
    asked = every_page.asked(language)
    assert len(asked) > 400
    sentences = {one for one in asked if LETTERS.search(re.sub(r"\{\w+\}", "", one))}
    vietnamese = {key(m.id, m.context) for m in written() if m.id and m.string}
    assert sorted(sentences - vietnamese) == []
    assert sorted(sentences - extracted().keys()) == []


def test_no_context_is_ever_shown(every_page: EveryPage):
    for login, pages in every_page.pages("en").items():
        for path, page in pages.items():
            assert not re.search(r"\b[a-z]+\|[A-Za-z]", page.text), (login, path)


def test_every_error_page_says_how_to_go_on():
    from webforms.error_pages import WORDS

    vietnamese = translations("vi").gettext
    for _title, words in WORDS.values():
        assert REPAIR.search(vietnamese(words)), words


def test_every_action_word_has_words_on_the_page_of_the_audit_trail() -> None:
    """An action word without words would be shown as it is: "lock-period"."""
    words = shipped().words()
    assert "lock-period" in words
    assert words - DOINGS.keys() == set()
