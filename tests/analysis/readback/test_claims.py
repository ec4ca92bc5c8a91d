"""Words in the place of others, in several reviews: named where they are false, and only there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nqcore.analysis.readback import CheckedNumber, NumberStatus, ReadDocument
from nqcore.analysis.readback.claim_terms import Contrasts, other_terms
from nqcore.analysis.readback.claim_times import other_times, times_in
from nqcore.analysis.readback.document import as_document
from nqcore.analysis.readback.word import read_word
from nqcore.analysis.readback.words_in_place import states_in
from nqcore.analysis.report.tokens import tokens_of
from tests.analysis.readback.conftest import DemoReview
from tests.analysis.readback.falsified import (
    FALSE_CLAIMS,
    REWORDED_CLAIMS,
    FalseClaim,
    retyped,
)

WAYS = [
    pytest.param(True, id="with bookmarks"),
    pytest.param(False, id="by text alone", marks=pytest.mark.slow),
]


@pytest.mark.parametrize("marked", WAYS)
def test_each_false_claim_is_named(reviews: dict[str, DemoReview], marked: bool) -> None:
    missed, read = [], {name: _read(one, marked) for name, one in reviews.items()}
    for one in FALSE_CLAIMS:
        review = reviews[one.review]
        found = review.check_document(retyped(read[one.review], one.old, one.new)).wrong
        if not any(_says(each.text, one) or _says(_why(each), one) for each in found):
            missed.append((one, [(each.text, _why(each)) for each in found]))
        assert len(found) <= 3, (one, [(each.text, _why(each)) for each in found])
    assert not missed


@pytest.mark.parametrize("marked", WAYS)
def test_nothing_is_said_against_the_text_as_it_is(
    reviews: dict[str, DemoReview], marked: bool
) -> None:
    for name, review in reviews.items():
        assert review.check_document(_read(review, marked)).right, name


@pytest.mark.parametrize("marked", WAYS)
def test_nothing_is_said_against_what_an_office_writes_in_its_own_words(
    reviews: dict[str, DemoReview], marked: bool
) -> None:
    alarms, read = [], {name: _read(one, marked) for name, one in reviews.items()}
    for review, old, new in REWORDED_CLAIMS:
        document = retyped(read[review], old, new)
        wrong = reviews[review].check_document(document).wrong
        named = [(one.text, _why(one)) for one in wrong if one.status is not NumberStatus.GONE]
        if named:
            alarms.append((review, new, named))
    assert not alarms


def test_false_claims_and_rewordings_are_of_several_reviews() -> None:
    assert len(FALSE_CLAIMS) >= 60
    assert len({one.kind for one in FALSE_CLAIMS}) >= 12
    assert len({one.review for one in FALSE_CLAIMS}) == 5
    assert len(REWORDED_CLAIMS) >= 40


def _read(review: DemoReview, marked: bool) -> ReadDocument:
    return as_document(read_word(review.marked if marked else review.plain))


def _why(one: CheckedNumber) -> str:
    return one.why.message() if one.why else ""


def _says(text: str, one: FalseClaim) -> bool:
    return one.named.casefold() in text.casefold()


# -- what the edition stored -----------------------------------------------------------------------------

STORED = {
    "number": ("Số 12-BC/ĐU", "Số 21-BC/ĐU"),
    "day": ("ngày 08 tháng 10 năm 2026", "ngày 09 tháng 10 năm 2026"),
    "addressee": ("Kính gửi: Tỉnh ủy Phú Giang", "Kính gửi: Tỉnh ủy Phú Yên"),
    "signer": ("Nguyễn Văn An", "Trần Văn Bình"),
}


@pytest.mark.parametrize("changed", ["", *STORED])
def test_what_the_edition_stored_of_the_paper_itself_is_compared(
    reviews: dict[str, DemoReview], changed: str
) -> None:
    review = reviews["model"]
    head = replace(review.report.letterhead, signer="Nguyễn Văn An")
    report = replace(
        review.report,
        letterhead=head,
        number="12",
        date=date(2026, 10, 8),
        to=("Tỉnh ủy Phú Giang",),
    )
    words = {name: new if name == changed else old for name, (old, new) in STORED.items()}
    document = _read(review, marked=True)
    document = retyped(document, "Số      -BC/ĐU", words["number"])
    document = retyped(document, "ngày 05 tháng 10 năm 2026", words["day"])
    document = retyped(document, "-----", words["addressee"])
    at = next(n for n, one in enumerate(document.paragraphs) if one.text == "PHÓ BÍ THƯ")
    lines = list(document.paragraphs)
    lines[at + 1] = replace(lines[at + 1], text=words["signer"])
    document = replace(document, paragraphs=tuple(lines))
    wrong = replace(review, report=report).check_document(document).wrong
    assert len(wrong) == bool(changed), [(one.text, _why(one)) for one in wrong]
    assert all(words[changed] in one.text for one in wrong)


# -- times, terms and states ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "due", "other"),
    [
        ("đến hết năm 2018", "đến hết quý II năm 2018", True),
        ("trong quý I", "trong 6 tháng đầu năm", True),
        ("9 tháng đầu năm", "6 tháng đầu năm", True),
        ("6 tháng cuối năm", "6 tháng đầu năm", True),
        ("từ đầu năm 2008", "từ cuối năm 2008", True),
        ("đến 30/9/2018", "đến hết quý II năm 2018", True),
        ("tháng 6 năm 2018", "quý II năm 2018", True),
        ("đến 30/6/2018", "đến hết quý II năm 2018", False),
        ("đến ngày 30 tháng 6 năm 2018", "hết quý II năm 2018", False),
        ("sáu tháng đầu năm", "6 tháng đầu năm 2018", False),
        ("trong quý II", "trong quý II năm 2018", False),
        ("đến nay", "đến hết quý II năm 2018", False),
        ("cuối năm 2017", "đến hết năm 2017", False),
        ("giai đoạn 2008 - 2017", "từ năm 2008 đến năm 2017", False),
        ("", "từ năm 2008 đến năm 2017", False),
    ],
)
def test_a_time_is_another_one_where_its_days_are(said: str, due: str, other: bool) -> None:
    ours, theirs = tokens_of(f"có {said} 5 xã"), tokens_of(f"có {due} 5 xã")
    assert bool([*other_times(ours, theirs, [theirs])]) is other


def test_a_time_is_found_in_words() -> None:
    (one,) = times_in(tokens_of("đến hết quý IV năm 2020"))
    assert (one.starts, one.ends, one.year) == (None, (12, 31), 2020)


@pytest.mark.parametrize(
    ("said", "due", "other"),
    [
        ("có 5 hộ cận nghèo được vay", "có 5 hộ nghèo được vay", True),
        ("có 5 hợp tác xã được vay", "có 5 doanh nghiệp được vay", True),
        ("có 5 lao động nam được vay", "có 5 lao động nữ được vay", True),
        ("có 5 lượt hộ được vay", "có 5 lượt người được vay", True),
        ("tăng so với đầu năm là 5", "tăng so với cùng kỳ năm trước là 5", True),
        ("tăng so với cùng kỳ là 5", "tăng so với cùng kỳ năm trước là 5", False),
        ("có 5 lượt cán bộ được vay", "có 5 lượt người được vay", False),
        ("có 5 người được vay", "có 5 hộ nghèo được vay", False),
        ("có 5 hộ được vay", "có 5 hộ nghèo được vay", False),
        ("ở Việt Nam có 5 lao động", "có 5 lao động nữ", False),
        # What only the names of this office's indicators tell apart.
        ("có 5 tuyến kênh cấp hai", "có 5 tuyến kênh cấp ba", True),
    ],
)
def test_a_term_is_another_one_where_both_exclude_each_other(
    said: str, due: str, other: bool
) -> None:
    contrasts = Contrasts(["Số tuyến kênh cấp hai", "Số tuyến kênh cấp ba"])
    ours, theirs = said.casefold().split(), due.casefold().split()
    assert bool([*other_terms(ours, theirs, [theirs], contrasts)]) is other


@pytest.mark.parametrize(
    ("words", "states"),
    [
        ("đã hoàn thành", ["đã hoàn thành"]),
        ("hoàn thành", ["hoàn thành"]),
        ("thời hạn hoàn thành ngày", []),
        ("hoàn thành trước ngày", []),
        ("phấn đấu hoàn thành", []),
    ],
)
def test_by_when_a_task_is_due_is_no_state_of_it(words: str, states: list[str]) -> None:
    assert [state for _at, state in states_in(words.split())] == states
