"""False documents, each the demo's review with one thing made wrong, and true rewordings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

from nqcore.analysis.readback import NumberStatus, ReadDocument

HERE = Path(__file__).parent
AFTER = "after: "


@dataclass(frozen=True, slots=True)
class Falsified:
    """One false document: `new` is typed over `old`; with `added` it is a paragraph behind that with `old`.
    It has to be named as one of `statuses`, and `named` stands in the number's text or in the reason."""

    kind: str
    statuses: tuple[NumberStatus, ...]
    named: str
    old: str
    new: str
    added: bool


def _rows(name: str) -> Iterator[list[str]]:
    head, *lines = (HERE / name).read_text("utf-8").splitlines()
    assert "\t" in head
    return (line.split("\t") for line in lines)


FALSE = tuple(
    Falsified(
        kind,
        tuple(map(NumberStatus, statuses.split(" or "))),
        named,
        old.removeprefix(AFTER),
        new,
        old.startswith(AFTER),
    )
    for kind, statuses, named, old, new in _rows("falsified.tsv")
)
REWORDED = tuple((old, new) for old, new in _rows("reworded.tsv"))
"""What stands in the document, and what a clerk made of it."""


@dataclass(frozen=True, slots=True)
class FalseClaim:
    """A false document of one of several reviews: `new` is typed over `old`; `named` is in what is said."""

    review: str
    kind: str
    named: str
    old: str
    new: str


FALSE_CLAIMS = tuple(FalseClaim(*row) for row in _rows("falsified_claims.tsv"))
REWORDED_CLAIMS = tuple((review, old, new) for review, old, new in _rows("reworded_claims.tsv"))
"""Which review, what stands in its document, and what a clerk made of it."""


def _alike(one: str, other: str) -> int:
    """With how many letters alike both begin."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _pair in pairs)


def retyped(document: ReadDocument, old: str, new: str) -> ReadDocument:
    """The document with `new` in the place of `old`, in the first paragraph that has it; what both begin and
    end with stays in its bookmarks."""
    nth = next((nth for nth, one in enumerate(document.paragraphs) if old in one.text), None)
    assert nth is not None, f"not in the document: {old}"
    one = document.paragraphs[nth]
    same = _alike(old, new)
    tail = _alike(old[same:][::-1], new[same:][::-1])
    start = one.text.index(old) + same
    end, longer = start + len(old) - same - tail, len(new) - len(old)
    text = f"{one.text[:start]}{new[same : len(new) - tail]}{one.text[end:]}"

    def moved(at: int) -> int:
        return at + longer if at >= end else min(at, start)

    marks = tuple(replace(mark, start=moved(mark.start), end=moved(mark.end)) for mark in one.marks)
    paragraphs = list(document.paragraphs)
    paragraphs[nth] = replace(one, text=text, marks=marks)
    return replace(document, paragraphs=tuple(paragraphs))
