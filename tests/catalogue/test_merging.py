"""Definitions of several plugins as one catalogue: what clashes, whose each item is, and overlays."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from nqcore.catalogue import (
    Catalogue,
    Definitions,
    Plugins,
    ask_plugins,
    build_catalogue,
    merge_definitions,
    parse_definitions,
    with_handovers,
)
from nqcore.errors import DefinitionError, DuplicateId, UnknownName
from nqcore.model.directives import DuplicateDirective
from nqcore.model.findings import FindingKind
from nqcore.model.units import BrokenTree
from tests.support.small import (
    DISTRICT,
    Modules,
    catalogue,
    found,
    modules,
    plugin,
    reopen,
)

PACK = '[pack]\nid = "x"\nsince = 2018-01-01\nbasis = "b"\n'


ITEMS = {
    "directive": '[[directive]]\nid = "same"\ntype = "t"\nnumber = "{n}"\nissuer = "i"\nbody = "b"\n'
    'title = "t"\n',
    "unit": '[[unit]]\ncode = "same"\nname = "{n}"\nkind = "commune"\n',
    "indicator": '[[indicator]]\nlabel = "A1"\ncode = "same"\nname = "{n}"\nmeasure = "m"\n',
    "form": '[[form]]\nid = "same"\ntitle = "{n}"\ndirective = "d"\nevery = "year"\ndue = {{ day = 1 }}\n',
    "target": '[[target]]\nid = "same"\ndirective = "{n}"\nindicator = "i"\nvalue = 1\nperiod = "2018"\n',
    "task": '[[task]]\nid = "same"\ndirective = "d"\ntitle = "{n}"\nresponsible = "u"\n',
    "rule": '[[rule]]\nid = "same"\nkind = "result"\ndirective = "d"\ntitle = "{n}"\n'
    'type = "plans"\nfield = "V"\n',
    "overlay": '[[overlay]]\nid = "same"\ntask = "{n}"\nwithin = "u"\n[overlay.set]\nresponsible = "u"\n',
    "letterhead": '[letterhead]\nsuperior = "{n}"\nbody = "b"\nplace = "p"\nsymbol = "s"\n'
    'authority = "a"\npost = "p"\n',
    "outline": '[[outline]]\nid = "same"\ntitle = "{n}"\n[[outline.part]]\nkey = "a"\nheading = "A"\n',
}


@pytest.mark.parametrize("kind", ITEMS)
def test_one_id_from_two_plugins_is_an_error_that_names_both(kind: str) -> None:
    with pytest.raises(DuplicateId) as wrong:
        catalogue(PACK + ITEMS[kind].format(n=1), PACK + ITEMS[kind].format(n=2))
    assert wrong.value.params["kind"] == kind
    assert "p0" in str(wrong.value)
    assert "p1" in str(wrong.value)


def brought_by(known: Catalogue, owner: str) -> set[tuple[str, str]]:
    """Everything of one owner, as (kind, id)."""
    return {key for key, one in known.owners.items() if one == owner}


@pytest.mark.parametrize("kind", ITEMS)
def test_every_item_has_the_plugin_that_brought_it_as_its_owner(kind: str) -> None:
    known = catalogue(PACK, PACK + ITEMS[kind].format(n=1))
    id = "" if kind == "letterhead" else "same"
    assert brought_by(known, "p1") == {(kind, id)}
    assert brought_by(known, "p0") == set()


def test_the_catalogue_is_the_same_whatever_the_order_in_which_plugins_are_given() -> None:
    given: Modules = [
        (
            name,
            plugin(
                name, PACK.replace('"x"', f'"{name}"') + ITEMS["indicator"].replace("same", name)
            ),
        )
        for name in ("p3", "p1", "p2")
    ]
    for order in itertools.permutations(given):
        known = build_catalogue(Plugins((), order))
        assert list(known.indicators) == ["p1", "p2", "p3"]


def test_rules_checks_and_formats_in_code_have_owners_too() -> None:
    rule = SimpleNamespace(id="r", kind=FindingKind.RESULT, directive="d", findings=lambda view: ())
    check = SimpleNamespace(id="c", form="f", problems=lambda entry: ())
    layout = SimpleNamespace(
        name="n", title="t", suffix=".x", media_type="x/y", write=lambda report, names: b""
    )
    code = plugin(
        "nq_code", rules=lambda: [rule], checks=lambda: [check], report_formats=lambda: [layout]
    )
    known = build_catalogue(Plugins((), [("nq_code", code)]))
    assert brought_by(known, "nq_code") == {("rule", "r"), ("check", "c"), ("format", "n")}


def test_the_same_document_under_two_ids_is_an_error() -> None:
    one = ITEMS["directive"].format(n="1-KH/HU")
    with pytest.raises(DuplicateDirective, match="same and other"):
        catalogue(one, one.replace("same", "other"))


def test_a_broken_tree_names_the_unit_and_the_plugin_that_brought_it() -> None:
    with pytest.raises(BrokenTree) as wrong:
        catalogue(PACK, PACK + ITEMS["unit"].format(n=1) + 'parent = "nobody"\n')
    assert wrong.value.params["unit"] == "same"
    assert wrong.value.__notes__ == ["brought by p1"]


def test_indicators_computed_from_each_other_are_refused_by_name() -> None:
    head = '[[indicator]]\nname = "n"\nmeasure = "m"\n'
    circle = (
        PACK
        + head
        + 'label = "A1"\nformula = "A2 + 1"\n'
        + head
        + 'label = "A2"\nformula = "A1 * 2"\n'
    )
    with pytest.raises(DefinitionError, match=r"x\.A1 → x\.A2 → x\.A1"):
        catalogue(circle)


def test_every_pointer_into_nothing_is_listed_with_its_owner() -> None:
    lost = PACK + (
        '[[link]]\nsource = "a"\nkind = "implements"\ntarget = "b"\n'
        + ITEMS["form"].format(n=1)
        + '[[form.section]]\nkey = "A"\ntitle = "A"\nfigures = ["A9"]\ntasks = ["t9"]\n'
        + ITEMS["target"].format(n=1)
        + ITEMS["task"].format(n=1)
        + 'answers = ["r9"]\ncooperating = ["u9"]\n'
        + ITEMS["rule"].format(n=1).replace('type = "plans"\nfield = "V"', 'type = "total"')
        + 'indicators = ["A8"]\ntasks = ["t8"]\n'
        + ITEMS["overlay"].format(n=1)
        + ITEMS["indicator"].format(n=1)
        + 'formula = "A7 / A6"\nat_most = "A5"\n'
    )
    known = catalogue(lost)
    assert {u.owner for u in known.unresolved} == {"p0"}
    assert {(u.what, u.kind, u.missing) for u in known.unresolved} == {
        ("link a → b", "directive", "a"),
        ("link a → b", "directive", "b"),
        ("form same", "directive", "d"),
        ("form same", "indicator", "x.A9"),
        ("form same", "task", "t9"),
        ("target same", "directive", "1"),
        ("target same", "indicator", "i"),
        ("task same", "directive", "d"),
        ("task same", "unit", "u"),
        ("task same", "unit", "u9"),
        ("task same", "rule", "r9"),
        ("rule same", "directive", "d"),
        ("rule same", "indicator", "x.A8"),
        ("rule same", "task", "t8"),
        ("overlay same", "task", "1"),
        ("overlay same", "unit", "u"),
        ("indicator same", "indicator", "x.A5"),
        ("indicator same", "indicator", "x.A6"),
        ("indicator same", "indicator", "x.A7"),
    }


def test_names_are_looked_up_by_code_or_by_a_label_that_only_one_has() -> None:
    other = '[pack]\nid = "y"\nsince = 2018-01-01\nbasis = "b"\n'
    one = '[[indicator]]\nlabel = "Z9"\nname = "n"\nmeasure = "m"\n'
    known = catalogue(DISTRICT, other + one + one.replace("Z9", "A1"))
    assert known.indicator("Z9").code == "y.Z9"
    assert known.indicator("s.A1").code == "s.A1"
    with pytest.raises(UnknownName, match=r"s\.A1, y\.A1"):
        known.indicator("A1")
    for missing in (known.form, known.task, known.indicator):
        with pytest.raises(UnknownName, match="“nobody”"):
            missing("nobody")


def overlay(id: str, within: str, day: int, since: str = "2018-01-01", until: str = "") -> str:
    return (
        f'[pack]\nbasis = "b"\n[[overlay]]\nid = "{id}"\nform = "s.q"\nwithin = "{within}"\n'
        f"since = {since}\n{f'until = {until}' if until else ''}\n"
        f"[overlay.set]\ndue = {{ day = {day} }}\n"
    )


OVERLAYS = [
    overlay("o.top", "top", 8),
    overlay("o.later", "top", 9, since="2018-02-01"),
    overlay("o.a", "xa-a", 7),
    overlay("o.ended", "xa-a", 6, until="2018-03-01"),
    overlay("o.z", "dn-1", 5),
    overlay("o.a2", "dn-1", 4),
]


def due_day(known: Catalogue, unit: str, on: str) -> tuple[int, list[str]]:
    form, used = known.overlaid("form", "s.q", known.form("s.q"), unit, date.fromisoformat(on))
    return form.due.day, [o.id for o in used]


@pytest.mark.parametrize(
    ("unit", "on", "day", "used"),
    [
        ("top", "2017-12-31", 10, []),
        ("top", "2018-01-01", 8, ["o.top"]),
        ("top", "2018-02-01", 9, ["o.top", "o.later"]),
        ("xa-b", "2018-03-01", 9, ["o.top", "o.later"]),
        ("xa-a", "2018-01-15", 6, ["o.top", "o.a", "o.ended"]),
        ("xa-a", "2018-03-01", 7, ["o.top", "o.later", "o.a"]),
        ("dn-1", "2018-03-01", 5, ["o.top", "o.later", "o.a", "o.a2", "o.z"]),
    ],
)
def test_the_nearest_unit_s_newest_overlay_in_force_wins(
    unit: str, on: str, day: int, used: list[str]
) -> None:
    assert due_day(catalogue(DISTRICT, *OVERLAYS), unit, on) == (day, used)


def test_overlays_give_the_same_whatever_the_order_in_which_plugins_load() -> None:
    answers = set()
    for order in itertools.islice(itertools.permutations(OVERLAYS), 0, 720, 37):
        known = catalogue(*order, DISTRICT)
        day, used = due_day(known, "dn-1", "2018-02-15")
        answers.add((day, *used))
    assert answers == {(5, "o.top", "o.later", "o.a", "o.ended", "o.a2", "o.z")}


def test_an_overlay_of_a_form_s_deadline_moves_it_for_its_subtree_only(tmp_path: Path) -> None:
    with found(tmp_path / "ws", None, plugin("nq_over", OVERLAYS[2])) as ws:
        assert ws.submissions.obligation("xa-a", "s.q", "2018-Q1").due == date(2018, 4, 7)
        assert ws.submissions.obligation("xa-a", "s.q", "2018-Q1").overlays == ("o.a",)
        assert ws.submissions.obligation("dn-1", "s.q", "2018-Q1").due == date(2018, 4, 7)
        assert ws.submissions.obligation("xa-b", "s.q", "2018-Q1").due == date(2018, 4, 10)
        assert ws.submissions.obligation("xa-a", "s.q", "2017-Q4").due == date(2018, 1, 10)


def test_the_workspace_s_own_units_stand_beside_the_plugins_and_obey_the_same_rules(
    tmp_path: Path,
) -> None:
    with found(tmp_path / "ws") as ws:
        commune = ws.units["xa-a"]
        ws.organisation.add_units([replace(commune, code="xa-c", name="Xã C")], by="test")
        version = ws.store.version
        with pytest.raises(DuplicateId, match="nq_small and workspace"):
            ws.organisation.add_units([commune], by="test")
        with pytest.raises(BrokenTree, match="its parent “gone” is not a unit"):
            ws.organisation.add_units([replace(commune, code="xa-d", parent="gone")], by="test")
        assert ws.store.version == version
    with reopen(tmp_path / "ws") as ws:
        assert ws.units["xa-c"].parent == "top"
        assert ws.catalogue.owner("unit", "xa-c") == "workspace"
        ws.organisation.add_units([replace(commune, code="xa-c", name="Xã C mới")], by="test")
    with reopen(tmp_path / "ws") as ws:
        assert ws.units["xa-c"].name == "Xã C mới"


def test_a_plugin_that_brings_a_unit_of_the_office_s_own_list_is_put_aside_by_name(
    tmp_path: Path,
) -> None:
    with found(tmp_path / "ws") as ws:
        ws.organisation.add_units([replace(ws.units["xa-a"], code="xa-c")], by="test")
    late = plugin("nq_late", PACK + ITEMS["unit"].format(n=1).replace("same", "xa-c"))
    with reopen(tmp_path / "ws", None, late) as ws:
        (fault,) = ws.faults
        assert (fault.plugin, fault.where) == ("nq_late", "unit xa-c")
        assert "both nq_late and workspace" in fault.detail
        assert ws.catalogue.owner("unit", "xa-c") == "workspace"


def test_definitions_may_be_empty() -> None:
    known = build_catalogue(Plugins((), modules(plugin("nq_none", definitions=Definitions))))
    assert "nq_none" not in known.owners.values()
    assert [p.name for p in known.plugins] == ["nq_small", "nq_none"]


HANDOVER = '[[handover]]\nunit = "{unit}"\nway = "end"\nform = "{form}"\n'


def test_decisions_on_duties_give_the_same_catalogue_as_a_merge_with_them() -> None:
    units = "".join(
        f'[[unit]]\ncode = "{code}"\nname = "n"\nkind = "commune"\nclosed = 2018-01-01\n'
        for code in ("u1", "u2")
    )
    theirs = units + HANDOVER.format(unit="u1", form="gone")
    contributions = ask_plugins(Plugins((), [("p0", plugin("p0", PACK + theirs))]))
    before = parse_definitions("own", PACK + HANDOVER.format(unit="u2", form="old"))
    after = parse_definitions("own", PACK + HANDOVER.format(unit="u2", form="new"))
    merged = merge_definitions(contributions, after)
    changed = with_handovers(merge_definitions(contributions, before), after.handovers)
    assert changed.handovers == merged.handovers
    assert changed.owners == merged.owners
    assert changed.unresolved == merged.unresolved
    assert [one.missing for one in changed.unresolved] == ["gone", "new"]
    with pytest.raises(DuplicateId):
        with_handovers(merged, [*after.handovers, *contributions.definitions[0][1].handovers])
