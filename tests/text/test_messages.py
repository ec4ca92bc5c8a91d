"""The catalogue has every sentence of the code and templates, and they keep the register."""

from __future__ import annotations

import re
import string

import pytest

from nqcore.collection.accounts.access import WORDS
from nqcore.collection.submissions.attachments import AttachmentStep
from nqcore.errors import SYSTEM, UnknownName
from nqcore.model.periods import EVERY
from nqcore.text.messages import LANGUAGES, translations, translator
from tests.text.extracted_messages import ROOT, extracted, key, written

REPAIR = re.compile(
    "Nhập|Gõ|Viết|Sửa|Xóa|Chọn|Tải|Bấm|Kiểm tra|Làm tròn|Rút gọn|Ghi|Liên hệ|Đăng nhập|Thử lại|Gọi"
    "|Xem|Giữ|Chia nhỏ|Mở lại",
    re.IGNORECASE,
)
BANNED = re.compile(
    r"vui lòng|hợp lệ|\bbạn\b|quý khách|lỗi không xác định|oops|từ chối", re.IGNORECASE
)
# Reasons and parts of sentences that stand inside another one, and words for formulas.
NO_ERRORS = (
    "nqcore/workspace/table_import/reading.py",
    "nqcore/store/",
    "nqcore/formulas/show.py",
    "nqcore/formulas/operands.py",
    "nqcore/analysis/frozen/words.py",
    "nqcore/collection/archive/audit_objects.py",
    "nqcore/analysis/findings/evaluation.py",
    "nqcore/analysis/findings/own_rules.py",
    "nqcore/analysis/findings/rule_types/",
    "nqcore/analysis/findings/target_claims.py",
    "nqcore/analysis/readback/",
    "nqcore/analysis/report/wording_measures.py",
    "nqcore/analysis/rollup/",
    "nqcore/model/indicators.py",
    "nqcore/model/kind_words.py",
    "nqcore/model/choice_words.py",
    "nqcore/model/rule_names.py",
    "nqcore/model/period_names.py",
    "nqcore/model/change_sentences.py",
    "nqcore/model/targets.py",
    "nqcore/model/submissions.py",
    "nqcore/model/changes.py",
    "nqcore/model/handovers.py",
    "nqcore/model/units.py",
    "nqcore/collection/entry/workbook/lines.py",
    "nqcore/collection/entry/workbook/writing.py",
    "nqcore/collection/entry/workbook/printed_head.py",
    "nqcore/collection/entry/signing_copy.py",
    "nqcore/collection/entry/entry_sheet.py",
    "nqcore/analysis/frozen/causes.py",
    "nqcore/analysis/frozen/recomputing.py",
    "nqcore/cli/localized.py",
    "nqcore/cli/printing/editions.py",
    "nqcore/cli/",
    *(
        f"nqcore/catalogue/{name}_tables.py"
        for name in ("directive", "form", "indicator", "rule", "unit")
    ),
    *(
        f"nqcore/catalogue/{name}.py"
        for name in ("item_mistakes", "indicator_versions", "merging", "rule_reach", "toml_table")
    ),
    *(
        f"nqcore/collection/content/{name}.py"
        for name in ("effects", "indicator_facts", "meaning", "usage", "vanishing")
    ),
    "nqcore/catalogue/toml_values.py",
    "nqcore/catalogue/definitions.py",
    "nqcore/model/rules.py",
    "nqcore/model/outlines.py",
    # Remarks for the office beside a report.
    *(
        f"nqcore/analysis/report/{name}.py"
        for name in (
            "earlier",
            "empty_parts",
            "findings_parts",
            "solutions",
            "drafting/draft_remarks",
        )
    ),
    "nqcore/catalogue/outline_tables.py",
    "nqcore/workspace/register/outline_headings.py",
    "nqcore/text/suggestions.py",
    "nqcore/testing/",
    "nqcore/workspace/content_files/",
    "nqcore/collection/archive/backup_format.py",
    "nqcore/collection/archive/backup_reading.py",
    "nqcore/files/spreadsheets/xlsx.py",
    "nqcore/workspace/register/documents.py",
)
SHELLS = {
    "{cell}: {problem}",
    "{file}: {key}: {detail}",
    "{file}, row {row}: {detail}",
    "{file}, line {line}",
    "Character {position}: {problem}",
    "Unit “{unit}”: {detail}",
    "Line {line}: {why}",
    "{unit} does not owe form {form} for {period}. {why}",
    "The words for {key}: {why}",
    "part {nth} “{heading}”, {key}: {detail}; {remedy}",
}
REMARKS = {
    "{count} figures pasted, from {first}.",
    "the sentence no longer has the numbers {said}",
    "{cell}: {problem}",
    "Row {row}: “{name}” is a group, not a unit.",
    "Row {row}: “{name}” is a total, not a unit.",
    "Row {row}: “{name}” was passed over: it is no unit.",
    "Columns that are not used: {names}.",
    "Codes made of names: {count}.",
    "Kinds read from names: {kinds}.",
    "{cells}: the figures count {theirs}; they are converted to {measure}.",
}
"""Remarks on a wording, which stand inside the error that says what to do; and on a file that was read."""
PARTS = {
    *("stands twice", "cannot change any more: {use}", "Nothing was changed:"),
    *("is “{text}”, which is taken", "give another name", "64 hex digits, as `nq plugins` says"),
    "small letters without accents, digits, “_” and “-”",
    *(
        *UnknownName.KINDS,
        *EVERY.values(),
        *WORDS.values(),
        *(deed.value for deed in AttachmentStep),
    ),
    *("extend the deadline", "switch the leader's step", "It was taken back already."),
    *("Its period has not begun.", "No form asks for it.", "No period comes before a span."),
    "The plugin that brought it is gone.",
    "{names} and {count} other units",
    *SYSTEM,
    *(
        "the name of the outline",
        "part {nth}",
        "the hint of part {nth}",
        "a line of the letterhead",
    ),
    *("its key", "the heading", "the level", "the content"),
    *("layout", "none", "a part stands there twice", "its entries do not stand side by side"),
    'a quotation mark (") is opened and not closed',
    'after a closing quotation mark (") the next cell does not begin',
    "a cell is longer than 131,072 characters, perhaps because a quotation mark is not closed",
    *("its cells are not in the form of CSV", "a part of it cannot be read"),
    *("an element of over 64 kB", "no part for the sheet {name}", "{name} is missing"),
    *("“{unit}” has a letterhead already", "stands twice: {day}", "take one of the two out"),
    "This machine itself had noted record {seq} of this folder.",
}
"""Parts of sentences: what a name is of, what somebody may not do, and why there is no such thing."""
WORDS_OF_FIELDS = {
    *("Yes", "No", "Not yet", "(left blank)", "None ticked", "Not issued yet", "Not filled in"),
    *("Number, symbol", "Date issued, for example 15/9/2018", "No. {number}", "of {day}"),
    *("How far", "In a few words"),
}
"""What the types of fields call their boxes and answers."""


@pytest.mark.parametrize("language", [*LANGUAGES, "xx"])
def test_an_empty_text_stays_empty(language: str) -> None:
    assert translator(language)("") == ""


def test_nothing_is_missing_and_nothing_is_left_over():
    code = extracted()
    catalogue = {key(m.id, m.context): m.string for m in written() if m.id}
    assert sorted(set(code) - set(catalogue)) == []
    assert sorted(set(catalogue) - set(code)) == []
    assert [id for id, text in catalogue.items() if not text] == []


def _names(text: str) -> set[str]:
    found = {name for _t, name, _f, _c in string.Formatter().parse(text) if name}
    return found | set(re.findall(r"%\((\w+)\)s", text))


def test_the_same_details_stand_in_both_languages():
    for message in written():
        if message.id:
            assert _names(message.string) == _names(message.id), message.id
            assert re.findall("<[^>]+>", message.string) == re.findall("<[^>]+>", message.id)


def test_no_banned_word():
    for message in written():
        assert not BANNED.search(message.string or ""), message.string


def test_every_error_says_how_to_repair_it():
    """Every msgid that a Python file of nqcore marks, bar reasons, is an error or a warning."""
    assert [path for path in NO_ERRORS if not (ROOT / path).exists()] == []
    bad = []
    for id, where in extracted().items():
        text = translator("vi")(id)
        if (
            where.startswith(NO_ERRORS)
            or not where.startswith("nqcore/")
            or id in SHELLS | REMARKS | PARTS | WORDS_OF_FIELDS
        ):
            continue
        if not REPAIR.search(text):
            bad.append(text)
    assert bad == []


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("Not filled in. Type 0 if there was none.", "Chưa nhập. Không phát sinh thì gõ 0."),
        ("Save draft", "Lưu nháp"),
        ("Check and send", "Kiểm tra và gửi"),
        ("Take back to correct", "Thu hồi để sửa"),
        ("Nothing to do.", "Không có việc cần làm."),
    ],
)
def test_the_glossary(english: str, vietnamese: str):
    assert translator("vi")(english) == vietnamese
    assert translator("en")(english) == english


def test_a_short_word_has_a_meaning_of_its_own():
    assert translations("vi").pgettext("cell", "Late") == "Trễ"
    assert translations("en").pgettext("cell", "Late") == "Late"
    assert translations("vi").gettext("Accepted") == "Đã duyệt"


def test_unknown_languages_are_english():
    assert translations("xx").gettext("Save draft") == "Save draft"
    assert set(LANGUAGES) == {"vi", "en"}


def test_babel_is_loaded_late():
    import subprocess
    import sys

    code = "import nqcore.text.messages, sys; sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=120).returncode == 0


def test_every_deed_of_the_journal_has_words():
    from webforms.shared.labels import DOINGS

    source = "".join(path.read_text("utf-8") for path in (ROOT / "nqcore").rglob("*.py"))
    deeds = set(re.findall(r'\bdo="([a-z-]+)"', source)) - {"send"}
    deeds |= set(re.findall(r'_replace\(login, "([a-z-]+)"', source))
    assert len(deeds) > 12
    assert deeds <= DOINGS.keys()
