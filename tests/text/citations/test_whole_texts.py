"""Whole texts: the seed, the labelled passages, and properties that hold for any text."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nqcore.text.citations import Citation, find_citations
from nqcore.text.citations.invisible import visible

SHARED = Path(__file__).parents[4] / "shared"
PASSAGES = SHARED / "data" / "citations"

SEED = """1. Tiếp tục phổ biến Nghị quyết số 20-NQ/TW của Trung ương, Kết luận số 79-KL/TW của Bộ
Chính trị và Chương trình hành động số 13-NQ/TU của Ban Thường vụ Tỉnh ủy và Kế hoạch số 70-KH/HU
của Ban Thường vụ Huyện ủy, gắn với Kết luận số 80-KL/TW, ngày 29/7/2010 của Ban Bí thư.
2. Kiểm tra việc thực hiện Nghị quyết số 20-NQ/TW của Trung ương, Kết luận số 79-KL/TW của Bộ Chính
trị và Chương trình hành động số 13-NQ/TU và Kế hoạch số 70-KH/HU."""


def found(text: str) -> list[tuple[str, str, str, str]]:
    return [
        (c.number or "", c.type or "", c.issuer or "", c.date.isoformat() if c.date else "")
        for c in find_citations(text)
    ]


def test_a_text_like_the_seed_gives_each_document_each_time() -> None:
    four = [
        ("20", "NQ", "TW", ""),
        ("79", "KL", "TW", ""),
        ("13", "NQ", "TU", ""),
        ("70", "KH", "HU", ""),
    ]
    assert found(SEED) == [*four, ("80", "KL", "TW", "2010-07-29"), *four]


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="the seed is beside the project only in its workshop"
)
def test_the_seed_gives_exactly_its_citations() -> None:
    four = [
        ("20", "NQ", "TW", ""),
        ("79", "KL", "TW", ""),
        ("13", "NQ", "TU", ""),
        ("70", "KH", "HU", ""),
    ]
    seed = (SHARED / "seed.txt").read_text(encoding="utf-8")
    assert found(seed) == [*four, ("80", "KL", "TW", "2010-07-29"), *four]


def agrees(label: dict[str, Any], c: Citation) -> bool:
    issuers = {label.get("issuer"), *(label.get("issuer_alt") or [])}
    overlap = c.start < label["end"] and label["start"] < c.end
    same = (c.number, c.year, c.type) == (label["number"], label["year"], label["type"])
    return overlap and same and c.issuer in issuers


@pytest.mark.skipif(
    not PASSAGES.is_dir(), reason="the labelled passages are not beside the project"
)
def test_the_labelled_passages_are_read_as_a_clerk_reads_them() -> None:
    labels = json.loads((PASSAGES / "labels.json").read_text(encoding="utf-8"))
    hits = misses = extra = dates = right_dates = in_negatives = 0
    for name, passage in labels.items():
        with open(PASSAGES / f"{name}.txt", encoding="utf-8", newline="") as file:
            rest = find_citations(file.read())
        for label in passage["citations"]:
            hit = next((c for c in rest if agrees(label, c)), None)
            if hit is None:
                misses += 1
                continue
            rest.remove(hit)
            hits += 1
            if label["date"] and not label.get("date_context"):
                dates += 1
                right_dates += hit.date is not None and hit.date.isoformat() == label["date"]
        spans = [(i["start"], i["end"]) for i in passage.get("ignore") or []]
        for c in rest:
            extra += not any(c.start < end and start < c.end for start, end in spans)
        for n in passage.get("negatives") or []:
            in_negatives += any(c.start < n["end"] and n["start"] < c.end for c in rest)
    assert hits / (hits + extra) >= 0.99
    assert hits / (hits + misses) >= 0.99
    assert right_dates / dates >= 0.99
    assert in_negatives == 0


WORDS = (
    "số|Số:|Nghị quyết|nghị quyết|NGHỊ QUYẾT|Kết luận|20|66.19|30a|2012|30/2020|NQ|KL|QĐ|CTr|TTLT|TW|TƯ"
    "|T.Ư|TU|HU|UBND|CP|TTg|BNG|QH15|20-NQ/TW|30/2020/NĐ-CP|25/CP|và|ngày 28/01/2008|KL 80|ban hành"
    "|ngày 28 tháng 01 năm 2008|Luật|Bộ luật|Công đoàn|Lao động|Luật sửa đổi, bổ sung một số điều của"
    "|Mẫu|của Bộ Chính trị|\u0301|\u0323|\u0302|é|İ|😀|각|が|ỦY BAN"
)
PIECES = st.sampled_from([*"0123456789/-–.,;:()%= \n\t", *WORDS.split("|")])
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))
TEXTS |= st.lists(PIECES, max_size=25).map(" ".join)


@given(TEXTS)
@example("KL0‐KL 0")  # a hyphen between two numbers: the second began inside the first
@settings(max_examples=400, deadline=None)
def test_what_is_reported_stands_where_it_is_reported(text: str) -> None:
    last = 0
    for c in find_citations(text):
        assert text[c.start : c.end] == c.text != ""
        assert last <= c.start
        last = c.end


def meaning(c: Citation) -> tuple[object, ...]:
    text = normalize("NFC", c.text)
    return (text, c.number, c.year, c.type, c.issuer, c.date, c.kind, c.partial, c.mismatch)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_composed_and_decomposed_text_give_the_same_citations(text: str) -> None:
    composed, decomposed = normalize("NFC", text), normalize("NFD", text)
    theirs = find_citations(decomposed)
    assert [meaning(c) for c in find_citations(composed)] == [meaning(c) for c in theirs]
    assert all(decomposed[c.start : c.end] == c.text for c in theirs)


def test_a_mixture_of_composed_and_decomposed_letters_is_read_too() -> None:
    half = "Nghị quyết số 20-NQ/TW, " + normalize("NFD", "Kết luận số 80-KL/TƯ, ngày 29/7/2010")
    windows = "Kê\u0301t luâ\u0323n sô\u0301 79-KL/TW"  # hat on the letter, tone apart
    text = f"{half} và {windows}"
    assert [c.number for c in find_citations(text)] == ["20", "80", "79"]
    assert [text[c.start : c.end] for c in find_citations(text)] == [
        c.text for c in find_citations(text)
    ]
    assert find_citations(text)[2].text == windows


HARD = {
    "slashes": "1/",
    "the word số": "số ",
    "one long symbol": "A",
    "a symbol of many groups": "1-A/",
    "spaces": " ",
    "line breaks": "\n",
    "digits": "1",
    "points": "1.",
    "an open list": "số 1, ",
    "amending laws": "Luật sửa đổi, bổ sung ",
    "law after law": "Luật Abc def và ",
    "combining marks": "a\u0301\u0323",
    "dates": "ngày 1/1/2000 của Bộ ",
    "own numbers": "Số 1/NQ-CP\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("unit", HARD.values(), ids=HARD)
def test_time_grows_with_the_length_on_hard_input(unit: str) -> None:
    def seconds(size: int) -> float:
        text = "1/" + unit * (size // len(unit))
        times = []
        for _ in range(3):
            start = process_time()
            find_citations(text)
            times.append(process_time() - start)
        return min(times)

    small, large = seconds(20_000), seconds(160_000)
    assert large < 0.02 or large / small <= 8 * 2.5  # a quadratic scan would give 64


@pytest.mark.parametrize("end", [".", ". Ngoài ra", ".\nCăn cứ", ";", ",", ""])
def test_a_law_keeps_its_year_at_the_end_of_a_sentence(end: str) -> None:
    (law,) = find_citations(f"Theo Luật Công đoàn năm 2012{end}")
    assert (law.text, law.year) == ("Luật Công đoàn năm 2012", "2012")


INVISIBLE = st.sampled_from("\u00ad\u200b\u200d\u200e\u202a\u2060\ufe0f\ufeff\u034f")


@given(st.sampled_from([SEED, "Quy định số 08-QĐi/TW, Nghị quyết Trung ương 6 khóa X"]), st.data())
@settings(max_examples=60, deadline=None)
def test_what_nobody_sees_changes_no_citation_and_shifts_no_span(
    text: str, data: st.DataObject
) -> None:
    places = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=12)))
    pieces = [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]
    hidden = pieces[0] + "".join(data.draw(INVISIBLE) + piece for piece in pieces[1:])
    plain, found = find_citations(text), find_citations(hidden)
    assert [meaning(c)[1:] for c in found] == [meaning(c)[1:] for c in plain]
    for given_text, c in zip([c.text for c in plain], found, strict=True):
        assert hidden[c.start : c.end] == c.text
        assert visible(c.text).text.replace("-", "") == given_text.replace("-", "")


def test_what_does_not_change_is_left_as_it_is() -> None:
    assert visible("Nghị quyết số 20-NQ/TW").text == "Nghị quyết số 20-NQ/TW"
