"""Long lists in pages: which lines one page shows. The macro `pager` leads to the others."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import abort, request

from nqcore.text.folding import fold
from webforms.shared.posted import whole_number

LINES = 40
"""So many lines has one page of a list."""

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Line]):
    """One page of a list: its `lines`, its `number` from 1 on, and how many `pages` there are."""

    lines: tuple[Line, ...]
    number: int
    pages: int


def fits(count: int) -> bool:
    """Whether so many lines stand on one page."""
    return count <= LINES


def paged(lines: Sequence[Line], each: int | None = None) -> ListPage[Line]:
    """The page of `lines` that the address asks for (`trang`), with `each` of them (otherwise `LINES`);
    behind the last one the last."""
    each = each or LINES
    pages = max(1, -(-len(lines) // each))
    number = min(max(1, whole_number(request.args.get("trang")) or 1), pages)
    return ListPage(tuple(lines[(number - 1) * each : number * each]), number, pages)


def sought() -> str:
    """What the address asks to find (`tim`)."""
    return request.args.get("tim", "").strip()[:100]


def one_of(name: str, known: Container[str]) -> str:
    """What the address asks for under `name`; "" where it says nothing. Answers 404 to what is not known, so
    that no list looks as if it were filtered."""
    asked = request.args.get(name, "")
    return asked if not asked or asked in known else abort(404)


def is_named(text: str, sought: str) -> bool:
    """Whether the text has every word that is sought, in any order, accents or not.

    >>> is_named("Xã Thạnh Lộc", "loc thanh"), is_named("Xã Thạnh Lộc", "an")
    (True, True)
    """
    folded = fold(text)
    return all(word in folded for word in fold(sought).split())
