"""How a long text is named."""

from __future__ import annotations

import pytest

from nqcore.text.beginnings import MOST_LETTERS, first_words


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", ""),
        ("  ngắn\n gọn ", "ngắn gọn"),
        ("một hai ba bốn năm sáu bảy tám", "một hai ba bốn năm sáu bảy tám"),
        ("một hai ba bốn năm sáu bảy tám chín", "một hai ba bốn năm sáu bảy tám …"),
        ("x" * 100_000, "…"),
        ("dài " + "x" * 100_000, "dài …"),
    ],
)
def test_a_text_is_named_by_its_first_words(text: str, named: str) -> None:
    assert first_words(text) == named
    assert len(named) <= MOST_LETTERS + 2
