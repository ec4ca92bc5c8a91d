"""Where a line must not end: made when a document is written, and never kept in the report's values."""

from __future__ import annotations

import re

HYPHEN = "\N{NON-BREAKING HYPHEN}"
SPACE = "\N{NO-BREAK SPACE}"

_NAME = r"[A-ZĐ][A-Za-zĐđƯư&]*"
# 20-NQ/TW, 12/CT-TTg, 30/2020/NĐ-CP, and "-BC/HU" before it has its number.
_NUMBER = re.compile(rf"(?:\d[\d./]*|(?<!\w))[-/]{_NAME}(?:[-/]{_NAME})+")
# "số 20-NQ/TW", "Nghị quyết 20-NQ/TW", "ngày 28/01/2008", "16 triệu", and the signs of two notes: "¹, ²".
_JOINED = re.compile(
    rf"(?<=\w) (?=\d[\d./]*[-/]{_NAME}[-/]{_NAME})"
    r"|(?<=\b[Nn]gày) (?=\d)"
    r"|(?<=\d) (?=(?:nghìn|triệu|tỷ)\b)"
    r"|(?<=,) (?=[⁰¹²³⁴-⁹])"
)


def unbroken(text: str) -> str:
    """`text` with hyphens and spaces at which no line may end: inside the number of a document and before
    it, before a date, between a number and "triệu". `plain_breaks` gives the text back."""
    joined = _JOINED.sub(SPACE, text)
    return _NUMBER.sub(lambda found: found[0].replace("-", HYPHEN), joined)


def plain_breaks(text: str) -> str:
    """`text` with ordinary hyphens and spaces, as the report has it."""
    return text.replace(HYPHEN, "-").replace(SPACE, " ")
