"""What an office made goes out as a workbook, as files and as a plugin, and comes back as the same."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from nqcore.catalogue import Plugins, ask_plugins, build_catalogue, merge_definitions
from nqcore.catalogue.definitions import TABLES
from nqcore.catalogue.form_tables import QUESTION_FIELDS, SECTION
from nqcore.catalogue.item_kinds import (
    ITEM_FIELDS,
    Item,
    definitions_of,
    item_text,
    items_of,
    items_text,
    read_item,
)
from nqcore.catalogue.item_mistakes import read_tables
from nqcore.catalogue.outline_tables import PART
from nqcore.catalogue.rule_tables import CHANGES
from nqcore.catalogue.scaffold import FolderTaken
from nqcore.collection.accounts.access import ADMIN_ROLES
from nqcore.model.rules import RULE_TYPES
from nqcore.text.messages import translator
from nqcore.workspace.content_files.columns import BY_KIND, SHEETS
from nqcore.workspace.content_files.folder import content_texts, read_folder
from nqcore.workspace.content_files.reading import read_workbook
from nqcore.workspace.content_files.writing import content_workbook
from nqcore.workspace.facade import Workspace
from tests.catalogue.test_item_kinds import contents, definitions_in
from tests.collection.content.test_content import SET, make, said
from tests.support.small import NOON, SMALL, Now, found, plugin

CONTENT_PLUGINS = ("nq_res20", "nq_res02", "nq_model_province")
VI = translator("vi")


@pytest.fixture
def office(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    with found(tmp_path / "ws", now) as ws:
        yield with_admin(ws)


@pytest.fixture
def other(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    """Another office of the same plugins, which has made nothing."""
    with found(tmp_path / "other", now) as ws:
        yield with_admin(ws)


def with_admin(ws: Workspace) -> Workspace:
    ws.accounts.add("qt", "Quản trị", "top", ADMIN_ROLES, units=ws.units, by="test", at=NOON)
    return ws


def by_address(items: Any) -> dict[str, Item]:
    return {item.address: item for item in items}


def differences(found: Any, wanted: Any) -> list[tuple[Item | None, Item]]:
    """The items that came back as others, each beside what it was."""
    read = by_address(found)
    return [(read.get(item.address), item) for item in wanted if read.get(item.address) != item]


# -- every value survives --------------------------------------------------------------------------


def test_every_key_of_a_definition_has_a_column() -> None:
    inner = {"form": {"section"}, "outline": {"part"}, "overlay": {"set"}}
    for kind in ITEM_FIELDS:
        heads = {column.key.split(".")[0] for column in BY_KIND[kind].columns}
        assert {*TABLES[kind].names} - inner.get(kind, set()) <= heads, kind
    for sheet, names in {
        "form.section": {*SECTION.names} - {one.toml for one in QUESTION_FIELDS},
        "outline.part": {*PART.names},
        "rule": {key for one in RULE_TYPES.values() for key in one.options},
        "question": {name for one in QUESTION_FIELDS.values() for name in one.names},
        "form.section.field": {name for one in QUESTION_FIELDS.values() for name in one.names},
    }.items():
        assert names <= {column.key.split(".")[0] for column in BY_KIND[sheet].columns}, sheet
    changes = {f"set.{name}" for one in CHANGES.values() for name in one.names}
    columns = {column.key for column in BY_KIND["overlay"].columns}
    assert all(any(c == name or c.startswith(name + ".") for c in columns) for name in changes)


def test_the_headings_of_a_sheet_differ_from_each_other() -> None:
    for sheet in SHEETS:
        for translate in (str, VI):
            titles = [column.title(translate) for column in sheet.columns]
            assert len({*titles}) == len(titles), sheet.kind
    for translate in (str, VI):
        assert len({translate(sheet.title) for sheet in SHEETS}) == len(SHEETS)
        assert max(len(translate(sheet.title)) for sheet in SHEETS) <= 31


@pytest.mark.parametrize("name", CONTENT_PLUGINS)
def test_the_content_of_a_bundled_plugin_survives_the_workbook(name: str) -> None:
    items = [i for _, each in Plugins([name]).collect("definitions") for i in items_of(each)]
    read = read_workbook("a.xlsx", content_workbook(items, VI))
    assert read.mistakes == ()
    assert by_address(read.items) == by_address(items)


odd = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
plain = st.text("abcđêôượ AB:.,|=-+@“”\"'\\{}[]\n\t_x0041_ toml:", min_size=1, max_size=30)
words = st.one_of(odd, plain).filter(str.strip)
lines = st.lists(words, max_size=3)
numbers = st.one_of(
    st.integers(-(10**17), 10**17),
    st.decimals(-1000, 1000, places=4).map(lambda one: f"{one:f}"),
)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
BASIS = "Công văn 5"


drawn = st.lists(st.tuples(words, words, numbers, days, lines), min_size=11, max_size=11)


def large(some: list[tuple[str, str, Any, date, list[str]]]) -> list[tuple[str, dict[str, Any]]]:
    """Some hundred tables of all kinds, with these words, numbers and days."""
    tables: list[tuple[str, dict[str, Any]]] = []
    for nth in range(360):
        one, other, number, day, several = some[nth * 7 % len(some)]
        kind = ("indicator", "task", "target", "rule", "question", "letterhead")[nth % 6]
        made: dict[str, dict[str, Any]] = {
            "indicator": {
                "code": f"vp.A{nth}", "label": f"A{nth}", "name": one, "measure": other,
                "since": day, "minimum": "none" if nth % 4 else number, "parts": several,
                "note": other, "asks": {"units": [f"xa-{nth}"]} if nth % 3 else {},
            },
            "task": {
                "id": f"t{nth}", "directive": "1-NQ/HU", "title": one, "responsible": "xa-a",
                "cooperating": several, "deadline": day, "order": nth,
            },
            "target": {
                "id": f"m{nth}", "directive": "1-NQ/HU", "indicator": "s.A1", "value": number,
                "period": "2018", "each": bool(nth % 4),
                "path": [{"day": date(2018, 3, 1), "value": number}] if nth % 5 else [],
            },
            "rule": {
                "id": f"r{nth}", "kind": "result", "directive": "1-NQ/HU", "title": one,
                "type": "total", "indicators": ["s.A1"], "order": nth, "judgement": other,
                "sentences": {"some": "Đã có {A1} " + one.replace("{", "").replace("}", "")},
            },
            "question": {
                "form": "s.q", "section": "A", "type": "choices", "key": f"Q{nth}", "label": one,
                "hint": other, "since": day,
                "option": [{"code": "a", "text": one}, {"code": other, "text": other}],
            },
            "letterhead": {
                "body": one, "place": other, "symbol": one, "post": other, "unit": f"xa-{nth}",
                "recipients": several, "seal_line": not nth % 4,
            },
        }  # fmt: skip
        basis = {} if kind == "letterhead" else {"basis": BASIS}
        tables.append((kind, made[kind] | basis))
    return tables


@settings(max_examples=12, suppress_health_check=[*HealthCheck], phases=[Phase.generate])
@given(drawn)
def test_hundreds_of_items_survive_the_workbook_and_the_folder(
    tmp_path_factory: pytest.TempPathFactory,
    some: list[tuple[str, str, Any, date, list[str]]],
) -> None:
    read_right = read_tables(large(some)).items  # odd words are refused where they cannot stand
    items = [read_item(one.address, item_text(one)) for one in read_right]
    read = read_workbook("a.xlsx", content_workbook(items, VI))
    assert read.mistakes == ()
    assert differences(read.items, items) == []
    folder = tmp_path_factory.mktemp("toml")
    for name, text in content_texts(items).items():
        (folder / name).write_text(text, "utf-8")
    assert not items or differences(read_folder(folder).items, items) == []


@settings(max_examples=25, suppress_health_check=[*HealthCheck])
@given(contents())
def test_a_workbook_a_folder_and_a_plugin_give_equal_catalogues(
    tmp_path_factory: pytest.TempPathFactory, tables: list[tuple[str, dict[str, Any]]]
) -> None:
    items, mistakes = read_tables(tables)
    assert mistakes == ()
    alone = ask_plugins(Plugins([], [("nq_small", SMALL)]))
    wanted = definitions_in(merge_definitions(alone, definitions_of(items)))
    read = read_workbook("a.xlsx", content_workbook(items, VI))
    assert definitions_in(merge_definitions(alone, definitions_of(read.items))) == wanted
    text = items_text(items) or "# nothing\n"
    as_plugin = build_catalogue(Plugins([], [("nq_small", SMALL), ("goi", plugin("goi", text))]))
    assert as_plugin.faults == ()
    assert definitions_in(as_plugin) == wanted


# -- two offices -----------------------------------------------------------------------------------


def test_what_is_exported_and_imported_again_changes_nothing(
    office: Workspace, tmp_path: Path
) -> None:
    make(office, *SET)
    for translate in (str, VI):
        plan = office.content.plan_workbook(office.content.workbook(translate), name="a.xlsx")
        assert (plan.items, plan.mistakes, len(plan.same)) == ((), (), len(SET))
    for name, text in office.content.files().items():
        (tmp_path / "toml").mkdir(exist_ok=True)
        (tmp_path / "toml" / name).write_text(text, "utf-8")
    plan = office.content.plan_file(tmp_path / "toml")
    assert (plan.items, plan.mistakes, len(plan.same)) == ((), (), len(SET))


@pytest.mark.parametrize("how", ["workbook", "folder", "one file"])
def test_another_office_gets_an_equal_catalogue(
    office: Workspace, other: Workspace, tmp_path: Path, how: str
) -> None:
    make(office, *SET)
    if how == "workbook":
        path = tmp_path / "noi-dung.xlsx"
        path.write_bytes(office.content.workbook(VI))
    elif how == "folder":
        path = tmp_path / "noi-dung"
        path.mkdir()
        for name, text in office.content.files().items():
            (path / name).write_text(text, "utf-8")
    else:
        path = tmp_path / "noi-dung.toml"
        path.write_text(office.content.text(), "utf-8")
    plan = other.content.plan_file(path)
    assert [one.before for one in plan.items] == [None] * len(SET)
    other.content.apply(plan, by="qt")
    assert said(other.catalogue) == said(office.catalogue)


def test_a_packed_office_is_a_plugin_that_says_the_same(
    office: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(office, *SET)
    written = office.content.write_package("nq_goi_thu", tmp_path / "nq-goi-thu")
    assert {path.name for path in written} == {
        *("pyproject.toml", "__init__.py", "indicator.toml"),
        *("section.toml", "question.toml", "target.toml"),
        *("README.md", "test_conforms.py", "office.toml"),
    }
    monkeypatch.syspath_prepend(tmp_path / "nq-goi-thu")
    monkeypatch.delitem(sys.modules, "nq_goi_thu", raising=False)
    import nq_goi_thu  # type: ignore[import-not-found]  # the package that was just written

    packed = build_catalogue(Plugins([], [("nq_small", SMALL), ("nq_goi_thu", nq_goi_thu)]))
    assert packed.faults == ()
    assert packed.owner("question", "s.q/A9") == "nq_goi_thu"
    for name in ("indicators", "forms", "targets"):
        assert getattr(packed, name) == getattr(office.catalogue, name)
    with pytest.raises(FolderTaken):
        office.content.write_package("nq_goi_thu", tmp_path / "nq-goi-thu")
