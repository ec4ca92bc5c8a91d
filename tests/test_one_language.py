"""No sentence is in two languages: what is set into a message is translated before, whatever it is."""

from __future__ import annotations

import ast
import contextlib
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nqcore.collection.accounts.access import WORDS, Action
from nqcore.collection.submissions.attachments import AttachmentStep
from nqcore.errors import (
    N_,
    SYSTEM,
    Mistake,
    NotAllowed,
    NqError,
    Phrase,
    StateError,
    UnknownName,
    say,
    system_words,
)
from nqcore.model.periods import EVERY, read_period
from nqcore.model.problems import Problem, Severity
from nqcore.model.submissions import Step, SubmissionState, action_words, next_state, state_words
from nqcore.store.errors import DamagedJournal
from nqcore.text.messages import translator
from tests.support.error_tree import import_everything, tree

ROOT = Path(__file__).parents[1]
VI = translator("vi")
WRAPPED = {
    (
        "nqcore/files/incoming/toml.py",
        "detail",
    ): "what the reader of TOML says, which is English only",
    (
        "nqcore/files/spreadsheets/xlsx.py",
        "detail",
    ): "what the reader of XML says, English only",
    (
        "nqcore/files/spreadsheets/delimited.py",
        "detail",
    ): "what the reader of CSV says, English only",
    (
        "nqcore/files/spreadsheets/ods.py",
        "detail",
    ): "what the reader of XML says, English only",
    (
        "nqcore/files/spreadsheets/reading.py",
        "detail",
    ): "what the reader of packages says, English only",
}
"""Where the text of a foreign library's error is all that is known."""


def raised() -> Iterator[tuple[str, str, str, ast.expr]]:
    """Every detail that is given to an error of ours: file, error, name of the detail, expression."""
    import_everything()
    errors = {error.__name__ for _depth, error in tree()}
    for room in ("nqcore", "webforms"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                name = ast.unparse(node.func).rpartition(".")[2]
                if name in errors:
                    for given in node.keywords:
                        file = str(path.relative_to(ROOT))
                        yield file, name, given.arg or "", given.value


def test_no_error_is_given_a_code_word_or_the_text_of_another_error():
    """`state.value`, `str(wrong)` and `wrong.message()` are English for ever: a `Phrase` or the error itself
    is set in instead."""
    bad = []
    for file, error, name, value in raised():
        text = ast.unparse(value)
        english = text.endswith(".value") or text == "str(wrong)" or text.endswith(".message()")
        if english and (file, name) not in WRAPPED:
            bad.append(f"{file}: {error}({name}={text})")
    assert bad == []


FOR_PROGRAMMERS = {
    *("nqcore/store/change.py", "nqcore/store/tables.py", "nqcore/store/json_values.py"),
    *(
        "nqcore/store/store.py",
        "nqcore/store/record.py",
        "nqcore/store/lock.py",
        "nqcore/store/keys.py",
    ),
}
"""Files that also refuse calls which only a program can make wrongly; these sentences are English."""
FOR_AUTHORS = {"DefinitionError", "PluginError"}
"""Mistakes in definitions that a plugin brings: all of such a sentence is English, for its author."""


def test_no_error_is_given_a_sentence_that_was_made_beforehand():
    """A detail of several words is a `Phrase`: a text made with f"…" stays English for ever."""
    bad = [
        f"{file}:{value.lineno}: {error}({name}={ast.unparse(value)})"
        for file, error, name, value in raised()
        if name in ("detail", "why", "reason", "theirs", "ours")
        and error not in FOR_AUTHORS
        and file not in FOR_PROGRAMMERS
        and _is_made_of_words(value)
    ]
    assert bad == []


def _is_made_of_words(value: ast.expr) -> bool:
    pieces = value.values if isinstance(value, ast.JoinedStr) else [value]
    texts = [str(one.value) for one in pieces if isinstance(one, ast.Constant)]
    return any(len(re.findall(r"[A-Za-z]{2,}", text)) > 1 for text in texts)


def test_a_mistake_of_settings_is_in_the_readers_language_and_one_of_an_author_in_english():
    ours = Mistake(file="a.toml", line=3, key="root", detail=Phrase(N_("is missing")))
    assert ours.message(VI) == "a.toml, dòng 3: root: còn thiếu"
    theirs = Mistake(file="a.toml", line=3, key="root", detail="has no root")
    assert theirs.message(VI) == theirs.message() == "a.toml, line 3: root: has no root"


def test_what_the_system_says_has_words():
    assert [words for words in SYSTEM if VI(words) == words] == []
    assert system_words(OSError(28, os.strerror(28))).message(VI) == "ổ đĩa hết chỗ"


def test_every_kind_of_name_has_its_word():
    kinds = {
        value.value
        for _file, error, name, value in raised()
        if error == "UnknownName" and name == "kind" and isinstance(value, ast.Constant)
    }
    assert kinds <= set(UnknownName.KINDS)
    assert [kind for kind in UnknownName.KINDS if VI(kind) == kind] == []


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("state", [None, *SubmissionState])
def test_a_step_that_is_not_possible_says_so_in_one_language(
    state: SubmissionState | None, step: Step
):
    if possible(state, step):
        return
    with pytest.raises(StateError) as wrong:
        next_state(state, step)
    said = wrong.value.message(VI)
    assert VI(str(action_words(step))) in said
    assert VI(str(state_words(state))) in said
    assert str(action_words(step)) in str(wrong.value)
    assert not any(word in said for word in (step.value, "sent", "draft", "accepted"))


def possible(state: SubmissionState | None, step: Step) -> bool:
    with contextlib.suppress(StateError):
        return bool(next_state(state, step))
    return False


@pytest.mark.parametrize("deed", AttachmentStep)
def test_what_is_done_with_a_file_has_words_too(deed: AttachmentStep):
    wrong = StateError(action=Phrase(deed.value), state=state_words(SubmissionState.SENT))
    assert wrong.message(VI).startswith(f"Không {VI(deed.value)} được: ")


@pytest.mark.parametrize("action", Action)
def test_what_somebody_may_not_do_has_words(action: Action):
    wrong = NotAllowed(account="hoa", action=Phrase(WORDS[action]), unit="xa-bm")
    assert VI(WORDS[action]) != WORDS[action]
    assert VI(WORDS[action]) in wrong.message(VI)


def test_every_kind_of_period_has_words():
    assert [words for words in EVERY.values() if VI(words) == words] == []


def test_a_hint_is_in_the_readers_language():
    with pytest.raises(UnknownName) as wrong:
        read_period("Q3-2026", _Quarters())  # type: ignore[arg-type]  # only what it asks of one
    assert wrong.value.message(VI) == (
        "Không có kỳ “Q3-2026”. Kiểm tra lại tên. "
        "Viết theo mẫu 2018-Q3, Q3/2018, 2018, 2018-09, 2018-H1 hoặc 2008..2018."
    )


class _Quarters:
    def period(self, code: str) -> None:
        return None


def test_an_error_inside_an_error_is_said_in_the_same_language():
    inner = UnknownName(kind="unit", name="x", hint=Phrase(N_("Known: {names}."), {"names": "a"}))
    said = say("{first}", {"first": inner}, VI)
    assert said == "Không có đơn vị “x”. Kiểm tra lại tên. Xem các tên đã có: a."
    assert say("{first}", {"first": inner}) == "There is no unit “x”. Known: a."
    problem = Problem(
        field="A1",
        code="x",
        severity=Severity.ERROR,
        template="{wrong}",
        params={"wrong": inner},
    )
    assert problem.message(VI).startswith("Không có đơn vị")


def test_the_reason_of_a_damage_is_translated_too():
    wrong = DamagedJournal(
        file="a", offset=1, seq=2, reason="the record is not whole", before=1, after=0
    )
    assert isinstance(wrong.params["reason"], Phrase)
    assert "the record is not whole" in str(wrong)


def test_what_is_no_words_is_set_in_as_it_is():
    assert say("{day} {n:04}", {"day": date(2018, 1, 2), "n": 7}) == "2018-01-02 0007"
    assert issubclass(UnknownName, NqError)
