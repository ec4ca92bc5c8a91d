"""Coverage of tasks: what nobody below takes up, and what answers nothing above."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from nqcore.catalogue import Catalogue, parse_definitions
from nqcore.cli import main
from nqcore.collection.monitoring.task_coverage import task_coverage
from nqcore.errors import DefinitionError
from tests.support.small import catalogue

DAY = date(2018, 6, 1)
PACK = '[pack]\nid = "p"\nsince = 2018-01-01\nbasis = "b"\n'


def directive(number: str, *above: str, kind: str = "implements") -> str:
    text = (
        f'[[directive]]\ntype = "Kế hoạch"\nnumber = "{number}"\nissuer = "HU"\nbody = "b"\n'
        'title = "t"\n'
    )
    return text + "".join(
        f'[[link]]\nsource = "{number}"\nkind = "{kind}"\ntarget = "{one}"\n' for one in above
    )


def task(id: str, of: str, *implements: str) -> str:
    names = ", ".join(f'"{one}"' for one in implements)
    return (
        f'[[task]]\nid = "{id}"\ndirective = "{of}"\ntitle = "Việc {id}"\nresponsible_name = "Ban"\n'
        f"implements = [{names}]\n"
    )


def target(id: str, of: str) -> str:
    return f'[[target]]\nid = "{id}"\ndirective = "{of}"\nindicator = "A1"\nvalue = 5\nperiod = "2018"\n'


UNIT = '[[unit]]\ncode = "xa"\nname = "Xã"\nkind = "commune"\n'
INDICATOR = '[[indicator]]\nlabel = "A1"\nname = "Hội nghị"\nmeasure = "hội nghị"\n'


def known(*parts: str) -> Catalogue:
    return catalogue(PACK + UNIT + INDICATOR + "".join(parts))


CHAIN = known(
    directive("1-KH/TU"),
    directive("2-KH/HU", "1-KH/TU"),
    directive("3-KH/ĐU", "2-KH/HU"),
    directive("4-KH/ĐU", "1-KH/TU", kind="goes_with"),
    task("t1", "1-KH/TU"),
    task("t2", "1-KH/TU"),
    target("m1", "1-KH/TU"),
    target("m2", "1-KH/TU"),
    task("h1", "2-KH/HU", "t1", "m1"),
    task("h2", "2-KH/HU"),
    task("x1", "3-KH/ĐU", "h1"),
    task("x2", "3-KH/ĐU", "t1"),
    task("x3", "3-KH/ĐU", "gone", "x1"),
    task("w1", "4-KH/ĐU", "t2"),
)


def covered(number: str) -> dict[str, list[str]]:
    found = task_coverage(CHAIN, CHAIN.directives[number], DAY)
    return {one.item.id: [task.id for task in one.tasks] for one in found.items}


def test_tasks_and_targets_are_taken_up_by_tasks_of_what_stands_below_at_any_distance() -> None:
    # What only goes along (4-KH/ĐU) does not stand below, so its task covers nothing.
    assert covered("1-KH/TU") == {"t1": ["h1", "x2"], "t2": [], "m1": ["h1"], "m2": []}
    assert covered("2-KH/HU") == {"h1": ["x1"], "h2": []}


def test_what_nobody_takes_up_is_named_only_where_somebody_could() -> None:
    found = task_coverage(CHAIN, CHAIN.directives["1-KH/TU"], DAY)
    assert [one.item.id for one in found.uncovered] == ["t2", "m2"]
    lowest = task_coverage(CHAIN, CHAIN.directives["3-KH/ĐU"], DAY)
    assert lowest.below == ()
    assert lowest.uncovered == ()
    assert {one.item.id for one in lowest.items} == {"x1", "x2", "x3"}


def test_a_task_that_names_nothing_above_or_only_unknown_ids_answers_nothing() -> None:
    loose = task_coverage(CHAIN, CHAIN.directives["1-KH/TU"], DAY).unlinked
    assert [(one.task.id, one.unknown) for one in loose] == [("h2", ()), ("x3", ("gone", "x1"))]
    lowest = task_coverage(CHAIN, CHAIN.directives["3-KH/ĐU"], DAY).unlinked
    assert [one.task.id for one in lowest] == ["x3"]


def test_where_nothing_above_sets_a_task_there_is_nothing_to_answer() -> None:
    alone = known(directive("1-KH/TU"), directive("2-KH/HU", "1-KH/TU"), task("h1", "2-KH/HU"))
    assert task_coverage(alone, alone.directives["1-KH/TU"], DAY).unlinked == ()


def test_an_unknown_id_is_a_loose_end_and_a_targets_id_is_not() -> None:
    assert {(u.what, u.kind, u.missing) for u in CHAIN.unresolved} == {("task x3", "task", "gone")}


@pytest.mark.parametrize(
    "responsible", ["", 'responsible = "xa"\nresponsible_name = "Xã"\n', 'responsible_name = " "\n']
)
def test_a_task_is_given_to_a_unit_or_in_words_to_somebody_else_and_not_to_both(
    responsible: str,
) -> None:
    text = f'{PACK}[[task]]\nid = "g"\ndirective = "d"\ntitle = "t"\n{responsible}'
    with pytest.raises(DefinitionError, match=r"task\[g\]\.responsible"):
        parse_definitions("x.toml", text)


def test_the_command_shows_the_one_task_of_the_demos_province_that_nobody_takes_up(
    demo_folder: Path,
) -> None:
    run = CliRunner().invoke
    args = ["--lang", "en", "directives", "13-NQ/TU", "-w", str(demo_folder), "--tasks"]
    data = json.loads(run(main, [*args, "--json"]).stdout)
    assert data["below"] == ["70-kh-hu"]
    assert data["uncovered"] == ["tu13.N3"]
    assert [one["id"] for one in data["loose"]] == ["hu.G4"]
    assert {one["id"]: one["kind"] for one in data["items"]} == {
        **{f"tu13.N{n}": "task" for n in (1, 2, 3)},
        "tu13.bhxh-2018": "target",
        "tu13.bhyt-2018": "target",
    }
    lines = run(main, args).stdout.splitlines()
    assert lines[lines.index(next(one for one in lines if one.startswith("tu13.N3"))) + 1] == (
        "    ! nobody below carries it out"
    )
    assert any(one.startswith("! answers nothing above: hu.G4") for one in lines)
    empty = [*args[:3], "80-KL/TW", *args[4:]]
    assert "sets no task or target" in run(main, empty).stdout
