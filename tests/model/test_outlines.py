"""Outlines: what cannot be printed as it stands is a mistake of its part."""

from __future__ import annotations

import pytest

from nqcore.model.outlines import Content, Lead, Outline, OutlinePart, Take, unknown_names


def part(key: str, level: int = 1, *takes: Take, heading: str = "H") -> OutlinePart:
    return OutlinePart(key=key, heading=heading, level=level, takes=takes)


def mistakes(*parts: OutlinePart) -> list[tuple[int, str]]:
    outline = Outline(id="o", title="t", parts=parts)
    return [(wrong.part, wrong.key) for wrong in outline.mistakes()]


RESULTS = Take(what=Content.RESULTS)
GOOD: dict[str, tuple[OutlinePart, ...]] = {
    "halves, parts, headings and letters": (
        part("a", 0),
        part("b", 1),
        part("c", 2),
        part("d", 3),
        part("e", 0),
        part("f", 1),
    ),
    "results of two rows and the rest": (
        part("a", 1, Take(what=Content.RESULTS, rows=("R1",))),
        part("b", 1, Take(what=Content.RESULTS, rules=("r",))),
        part("c", 1, RESULTS),
        part("d", 1, Take(what=Content.SHORTCOMINGS)),
    ),
    "the office's own words in several parts": (
        part("a", 1, Take(what=Content.CAUSES)),
        part("b", 1, Take(what=Content.CAUSES)),
    ),
    "an opening without a heading": (part("a", 1, Take(what=Content.OPENING), heading=""),),
}
BAD: dict[str, tuple[tuple[OutlinePart, ...], list[tuple[int, str]]]] = {
    "one key twice": ((part("a"), part("a")), [(1, "key")]),
    "neither heading nor content": ((part("a", heading=""),), [(0, "heading")]),
    "a heading two levels below": ((part("a", 1), part("b", 3)), [(1, "level")]),
    "a numbered heading at the beginning": ((part("a", 2),), [(0, "level")]),
    "results twice": ((part("a", 1, RESULTS), part("b", 1, RESULTS)), [(1, "what")]),
    "a row twice": (
        (part("a", 1, *(Take(what=Content.RESULTS, rows=("R1",)) for _ in range(2))),),
        [(0, "rows")],
    ),
    "rules of solutions": (
        (part("a", 1, Take(what=Content.SOLUTIONS, rules=("r",))),),
        [(0, "rules")],
    ),
    "a lead to an opening": (
        (part("a", 1, Take(what=Content.OPENING, leads=(Lead(text="x"),))),),
        [(0, "leads")],
    ),
    "a table of no form": ((part("a", 1, Take(what=Content.TABLE)),), [(0, "forms")]),
    "a form of results": (
        (part("a", 1, Take(what=Content.RESULTS, forms=("f",))),),
        [(0, "forms")],
    ),
    "a lead with a name that does not exist": (
        (part("a", 1, Take(what=Content.RESULTS, leads=(Lead(text="{year} {some}"),))),),
        [(0, "leads")],
    ),
}


@pytest.mark.parametrize("parts", GOOD.values(), ids=GOOD)
def test_an_outline_that_can_be_printed_has_no_mistake(parts: tuple[OutlinePart, ...]) -> None:
    assert mistakes(*parts) == []


@pytest.mark.parametrize(("parts", "where"), BAD.values(), ids=BAD)
def test_a_mistake_is_named_with_its_part_and_key(
    parts: tuple[OutlinePart, ...], where: list[tuple[int, str]]
) -> None:
    assert mistakes(*parts) == where


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("{time} {directive}, {who} {some}", ()),
        ("{x} và {y}", ("x", "y")),
        ("lẻ {", ("",)),
        ("lẻ }", ("}",)),
        ("", ()),
    ],
)
def test_names_in_a_lead_are_known_ones(text: str, unknown: tuple[str, ...]) -> None:
    assert unknown_names(text) == unknown


def test_a_lead_keeps_its_name_whatever_else_its_part_takes_in() -> None:
    own, done = Take(what=Content.OWN), Take(what=Content.TASKS_DONE)
    one = part("kq", 1, own, RESULTS, done)
    assert [one.lead_name(RESULTS), one.lead_name(done)] == ["lead:kq", "lead:kq.tasks-done"]
