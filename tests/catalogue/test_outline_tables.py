"""[[outline]] in a definition file: what it gives, and the mistakes with their line and what to do."""

from __future__ import annotations

import pytest

from nqcore.catalogue import parse_definitions
from nqcore.errors import DefinitionError
from nqcore.model.outlines import AnnexKind, Content, Lead, Outline, OutlinePart, Take

HEAD = '[[outline]]\nid = "o"\ntitle = "t"\n'
PART = '[[outline.part]]\nkey = "a"\nheading = "A"\n'

WHOLE = """
[[outline]]
id = "o"
title = "Đề cương"
default_for = ["20-NQ/TW"]
annexes = ["tasks", "figures"]
[[outline.part]]
key = "mo-dau"
takes = [{ what = "opening" }]
[[outline.part]]
key = "kq"
heading = "Kết quả"
level = 0
offers = ["N1"]
hint = "Nêu kết quả."
takes = [
    { what = "results", rows = ["R1"], leads = [{ text = "{time}:", carried_by = ["r"] }] },
    { what = "table", forms = ["f"] },
    { what = "causes" },
]
"""


def test_an_outline_is_read_with_its_parts_in_order() -> None:
    (found,) = parse_definitions("f.toml", WHOLE).outlines
    lead = Lead(text="{time}:", carried_by=("r",))
    assert found == Outline(
        id="o",
        title="Đề cương",
        default_for=("20-NQ/TW",),
        annexes=(AnnexKind.TASKS, AnnexKind.FIGURES),
        parts=(
            OutlinePart(key="mo-dau", takes=(Take(what=Content.OPENING),)),
            OutlinePart(
                key="kq",
                heading="Kết quả",
                level=0,
                offers=("N1",),
                hint="Nêu kết quả.",
                takes=(
                    Take(what=Content.RESULTS, rows=("R1",), leads=(lead,)),
                    Take(what=Content.TABLE, forms=("f",)),
                    Take(what=Content.CAUSES),
                ),
            ),
        ),
    )


def test_without_annexes_an_outline_has_all_of_them() -> None:
    (found,) = parse_definitions("f.toml", HEAD + PART).outlines
    assert found.annexes == tuple(AnnexKind)
    assert found.default_for == ()


BROKEN: dict[str, tuple[str, str, int, str]] = {
    "an outline without parts": (HEAD, "outline[o].part", 1, "give tables [[outline.part]]"),
    "an id with a space": (HEAD.replace('"o"', '"o o"'), "outline[o o].id", 2, "without accents"),
    "an annex that does not exist": (
        HEAD + 'annexes = ["figures", "task"]\n' + PART,
        "outline[o].annexes",
        4,
        "did you mean “tasks”?",
    ),
    "an annex twice": (
        HEAD + 'annexes = ["figures", "figures"]\n' + PART,
        "outline[o].annexes",
        4,
        "write it once",
    ),
    "a level that does not exist": (
        HEAD + PART + "level = 4\n",
        "outline[o].part[a].level",
        7,
        "from 0 to 3",
    ),
    "a content that does not exist": (
        HEAD + PART + 'takes = [{ what = "result" }]\n',
        "outline[o].part[a].takes[1].what",
        7,
        "did you mean “results”?",
    ),
    "two parts of one key": (
        HEAD + PART + PART,
        "outline[o].part[a].key",
        8,
        "give another key",
    ),
    "a heading two levels below": (
        HEAD + PART + PART.replace('"a"', '"b"') + "level = 3\n",
        "outline[o].part[b].level",
        10,
        "give at most 2",
    ),
    "results in two parts": (
        HEAD
        + PART
        + 'takes = [{ what = "results" }]\n'
        + PART.replace('"a"', '"b"')
        + 'takes = [{ what = "opening" },\n{ what = "results" }]\n',
        "outline[o].part[b].takes[2].what",
        12,
        "leave it in one of them",
    ),
    "a name in a lead": (
        HEAD + PART + 'takes = [{ what = "results", leads = [{ text = "{x}" }] }]\n',
        "outline[o].part[a].takes[1].leads",
        7,
        "use {time}, {directive}, {who}, {some}",
    ),
}


@pytest.mark.parametrize(("text", "key", "line", "says"), BROKEN.values(), ids=BROKEN)
def test_a_mistake_is_named_with_file_line_key_and_what_to_do(
    text: str, key: str, line: int, says: str
) -> None:
    with pytest.raises(DefinitionError) as wrong:
        parse_definitions("f.toml", text)
    found = [(m.line, m.path) for m in wrong.value.mistakes]
    assert (line, key) in found
    assert says in str(wrong.value)


def test_a_part_with_a_mistake_of_its_own_is_one_mistake() -> None:
    with pytest.raises(DefinitionError) as wrong:
        parse_definitions("f.toml", HEAD + PART.replace("heading", "headin") + PART)
    assert [m.path for m in wrong.value.mistakes] == ["outline[o].part[a].headin"]
