"""Plugins: found by entry point, loaded singly, every fault named, every item with its owner."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from nqcore.catalogue import Catalogue, Definitions, Plugins, available, build_catalogue
from nqcore.catalogue.scaffold import BadPluginName, FolderTaken, write_plugin
from nqcore.cli import main
from nqcore.errors import DefinitionError, DuplicateId, UnknownName
from nqcore.model.directives import DuplicateDirective
from nqcore.model.findings import FindingKind
from nqcore.model.problems import Problem, Severity
from nqcore.model.units import BrokenTree
from nqcore.testing import check_plugin
from tests.support.small import (
    DISTRICT,
    SMALL,
    Install,
    Modules,
    accepted,
    catalogue,
    found,
    modules,
    plugin,
    reopen,
)

BUNDLED = ("nq_model_district", "nq_model_province", "nq_party_report", "nq_res20")
PACK = '[pack]\nid = "x"\nsince = 2018-01-01\nbasis = "b"\n'

FINE = """
from nqcore import Definitions, hook
@hook
def definitions(): return Definitions()
"""


def test_the_bundled_plugins_are_found_by_entry_point_and_none_is_imported_for_it() -> None:
    names = [point.name for point in available()]
    assert names == sorted(names)
    assert set(BUNDLED) <= set(names)


def test_a_plugin_is_loaded_only_when_its_name_is_allowed(install: Install) -> None:
    install("nq_loud", "raise AssertionError('imported')")
    assert Plugins(("nq_res20",)).faults == []
    assert [f.plugin for f in Plugins(("nq_res20", "nq_loud")).faults] == ["nq_loud"]


def test_a_loaded_plugin_tells_its_distribution_version_and_hooks(install: Install) -> None:
    install("nq_fine", FINE, dist="nq-fine-dist")
    (info,) = Plugins(("nq_fine",)).loaded
    assert (info.name, info.distribution, info.version, info.hooks) == (
        "nq_fine",
        "nq-fine-dist",
        "1.2",
        ("definitions",),
    )


BROKEN_IMPORTS = {
    "raises": ("raise RuntimeError('no luck')", "RuntimeError: no luck"),
    "exits": ("import sys; sys.exit(3)", "SystemExit: 3"),
    "has a syntax error": ("def (", "SyntaxError"),
    "imports what is not there": ("import not_there_at_all", "ModuleNotFoundError"),
}


@pytest.mark.parametrize(("code", "says"), BROKEN_IMPORTS.values(), ids=BROKEN_IMPORTS)
def test_a_plugin_that_cannot_be_imported_is_named_and_the_others_work(
    install: Install, code: str, says: str
) -> None:
    install("nq_broken", code)
    plugins = Plugins(("nq_broken", "nq_res20"))
    (fault,) = plugins.faults
    assert (fault.plugin, fault.where) == ("nq_broken", "import")
    assert says in fault.detail
    assert [p.name for p in plugins.loaded] == ["nq_res20"]
    assert build_catalogue(plugins).owner("form", "res20.q") == "nq_res20"


def test_a_plugin_that_is_not_installed_is_named() -> None:
    (fault,) = Plugins(("nq_gone",)).faults
    assert (fault.plugin, fault.where) == ("nq_gone", "import")
    assert "is not installed; install it or take it off the list" in fault.detail


def test_one_name_in_two_distributions_is_a_fault_that_names_both(install: Install) -> None:
    install("nq_twice", FINE, dist="one", module="nq_twice_one")
    install("nq_twice", FINE, dist="two", module="nq_twice_two")
    plugins = Plugins(("nq_twice",))
    (fault,) = plugins.faults
    assert "one" in fault.detail
    assert "two" in fault.detail
    assert plugins.loaded == []


def boom() -> object:
    raise ValueError("boom")


def leave() -> object:
    raise SystemExit(1)


def later() -> object:
    yield SimpleNamespace(id="x", form="s.q", problems=lambda entry: ())
    raise ValueError("boom later")


BAD_HOOKS: dict[str, tuple[str, Callable[[], object], str]] = {
    "definitions raises": ("definitions", boom, "ValueError: boom"),
    "definitions exits": ("definitions", leave, "SystemExit"),
    "definitions gives a dict": ("definitions", dict, "returned dict, not Definitions"),
    "definitions gives nothing": ("definitions", lambda: None, "returned NoneType"),
    "rules raises": ("rules", boom, "ValueError: boom"),
    "rules gives nothing": ("rules", lambda: None, "TypeError"),
    "rules gives numbers": ("rules", lambda: [1, 2], "int has no id, kind, directive, findings"),
    "rules gives half a rule": ("rules", lambda: [SimpleNamespace(id="r")], "has no kind"),
    "checks raises late": ("checks", later, "ValueError: boom later"),
    "checks gives text": ("checks", lambda: "no", "str has no id, form, problems"),
    "report_formats gives half": (
        "report_formats",
        lambda: [SimpleNamespace(name="n")],
        "has no title",
    ),
}


@pytest.mark.parametrize(("hook", "function", "says"), BAD_HOOKS.values(), ids=BAD_HOOKS)
def test_a_hook_that_fails_is_named_and_gives_nothing_while_the_rest_works(
    tmp_path: Path, hook: str, function: Callable[[], object], says: str
) -> None:
    bad = plugin("nq_bad", **{hook: lambda: function()})
    with found(tmp_path / "ws", None, bad) as ws:
        assert {(f.plugin, f.where) for f in ws.faults} == {("nq_bad", hook)}
        assert says in ws.faults[0].detail
        assert "nq_bad" not in ws.catalogue.owners.values()
        accepted(ws, "xa-a", A1="7")
        assert ws.figure("A1", "2018-Q1").value == 7


@pytest.mark.parametrize(
    "bad",
    [
        plugin("nq_bad", no_such_hook=lambda: ()),
        plugin("nq_bad", rules=lambda surplus: ()),  # type: ignore[arg-type, misc]
    ],
    ids=["a hook that does not exist", "a hook with an argument"],
)
def test_a_hook_that_is_none_of_ours_is_named_and_the_plugin_left_out(bad: object) -> None:
    plugins = Plugins((), [("nq_small", SMALL), ("nq_bad", bad)])
    assert [(f.plugin, f.where) for f in plugins.faults] == [("nq_bad", "hooks")]
    assert [p.name for p in plugins.loaded] == ["nq_small"]
    assert build_catalogue(plugins).owner("form", "s.q") == "nq_small"


# -- what clashes, and whose it is ---------------------------------------------------------------

ITEMS = {
    "directive": '[[directive]]\nid = "same"\ntype = "t"\nnumber = "{n}"\nissuer = "i"\nbody = "b"\n'
    'title = "t"\n',
    "unit": '[[unit]]\ncode = "same"\nname = "{n}"\nkind = "commune"\n',
    "indicator": '[[indicator]]\nlabel = "A1"\ncode = "same"\nname = "{n}"\nmeasure = "m"\n',
    "form": '[[form]]\nid = "same"\ntitle = "{n}"\ndirective = "d"\nevery = "year"\ndue = {{ day = 1 }}\n',
    "target": '[[target]]\nid = "same"\ndirective = "{n}"\nindicator = "i"\nvalue = 1\nperiod = "2018"\n',
    "task": '[[task]]\nid = "same"\ndirective = "d"\ntitle = "{n}"\nresponsible = "u"\n',
    "rule": '[[rule]]\nid = "same"\nkind = "result"\ndirective = "d"\ntitle = "{n}"\ntype = "total"\n',
    "overlay": '[[overlay]]\nid = "same"\ntask = "{n}"\nwithin = "u"\n[overlay.set]\nresponsible = "u"\n',
    "letterhead": '[letterhead]\nsuperior = "{n}"\nbody = "b"\nplace = "p"\nsymbol = "s"\n'
    'authority = "a"\npost = "p"\n',
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
        + ITEMS["rule"].format(n=1)
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
    for missing in (known.form, known.task, known.format, known.indicator):
        with pytest.raises(UnknownName, match="“nobody”"):
            missing("nobody")


# -- overlays ------------------------------------------------------------------------------------


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
        assert ws.obligation("xa-a", "s.q", "2018-Q1").due == date(2018, 4, 7)
        assert ws.obligation("xa-a", "s.q", "2018-Q1").overlays == ("o.a",)
        assert ws.obligation("dn-1", "s.q", "2018-Q1").due == date(2018, 4, 7)
        assert ws.obligation("xa-b", "s.q", "2018-Q1").due == date(2018, 4, 10)
        assert ws.obligation("xa-a", "s.q", "2017-Q4").due == date(2018, 1, 10)


# -- nq plugins, the scaffold and the conformance kit --------------------------------------------


def run(*args: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(arg) for arg in args])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def settings_with(folder: Path, *plugins: str) -> None:
    """Allow exactly these plugins in the workspace."""
    file = folder / "workspace.toml"
    lines = [
        f"plugins = {json.dumps(plugins)}" if line.startswith("plugins") else line
        for line in file.read_text("utf-8").splitlines()
    ]
    file.write_text("\n".join(lines) + "\n", "utf-8")


def test_nq_plugins_lists_versions_hooks_faults_and_pointers_into_nothing(
    demo_copy: Path, install: Install
) -> None:
    install("nq_broken", "raise RuntimeError('no luck')")
    settings_with(demo_copy, "nq_res20", "nq_model_district", "nq_broken", "nq_gone")
    code, text = run("plugins", "-w", demo_copy)
    assert code == 0
    assert "FAULT nq_broken, import: RuntimeError: no luck" in text
    assert "FAULT nq_gone, import: is not installed" in text
    assert "UNRESOLVED" in text
    assert "13-NQ/TU" in text
    code, text = run("plugins", "-w", demo_copy, "--json")
    data = json.loads(text)
    assert [p["name"] for p in data["plugins"]] == ["nq_model_district", "nq_res20"]
    by_name = {p["name"]: p for p in data["plugins"]}
    assert by_name["nq_res20"]["distribution"] == "nqcore"
    assert by_name["nq_res20"]["hooks"] == ["definitions"]
    assert by_name["nq_res20"]["brings"]["form"] == 2
    assert {f["plugin"] for f in data["faults"]} == {"nq_broken", "nq_gone"}


@pytest.fixture
def scaffold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A freshly written plugin, put where `pip install -e` would leave it."""
    folder = tmp_path / "nq-tan-hoa"
    code, _ = run("plugins", "new", "nq_tan_hoa", folder)
    assert code == 0
    info = folder / "nq_tan_hoa-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: nq-tan-hoa\nVersion: 0.1.0\n")
    project = (folder / "pyproject.toml").read_text("utf-8")
    assert '[project.entry-points.nqcore]\nnq_tan_hoa = "nq_tan_hoa"' in project
    (info / "entry_points.txt").write_text("[nqcore]\nnq_tan_hoa = nq_tan_hoa\n")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "nq_tan_hoa", raising=False)
    return folder


def test_a_fresh_scaffold_conforms_at_once(scaffold: Path) -> None:
    assert check_plugin("nq_tan_hoa") == []
    assert run("plugins", "check", "nq_tan_hoa") == (0, "nq_tan_hoa: conforms.\n")


def test_a_fresh_scaffold_is_a_district_that_can_collect(scaffold: Path, tmp_path: Path) -> None:
    code, text = run("init", tmp_path / "ws", "--plugin", "nq_tan_hoa")
    assert code == 0
    assert "2 units, 1 forms, 1 indicators" in text
    code, text = run("status", "-w", tmp_path / "ws", "--form", "tan-hoa.q", "--period", "2026-Q1")
    assert code == 0
    assert "tan-hoa-xa-mot" in text


def test_a_scaffold_that_is_spoilt_is_told_what_is_wrong(scaffold: Path) -> None:
    file = scaffold / "nq_tan_hoa" / "definitions.toml"
    file.write_text(
        file.read_text("utf-8").replace('figures = ["A1"]', 'figures = ["A2"]'), "utf-8"
    )
    code, text = run("plugins", "check", "nq_tan_hoa")
    assert code == 1
    assert "form tan-hoa.q: the indicator “tan-hoa.A2” is not brought" in text
    file.write_text(file.read_text("utf-8").replace("measure =", "meassure ="), "utf-8")
    code, text = run("plugins", "check", "nq_tan_hoa")
    assert code == 1
    assert "nq_tan_hoa/definitions.toml: indicator[1].measure: is missing" in text


@pytest.mark.parametrize("name", BUNDLED)
def test_every_bundled_plugin_conforms(name: str) -> None:
    assert check_plugin(name) == []


NEVER_THE_SAME = """
from nqcore import hook
from nqcore.catalogue import parse_definitions
calls = []
@hook
def definitions():
    calls.append(1)
    unit = f'[[unit]]\\ncode="u{len(calls)}"\\nname="n"\\nkind="commune"\\nbasis="b"\\n'
    return parse_definitions("f", unit)
"""


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("x = 1", "implements no hook"),
        ("raise RuntimeError('no luck')", "import: RuntimeError: no luck"),
        (NEVER_THE_SAME, "answers differently"),
        (FINE.replace("Definitions()", "None"), "returned NoneType"),
        (FINE + "\n@hook\ndef rules(): return [1]\n", "int has no id"),
    ],
    ids=["no hook", "no import", "not deterministic", "wrong type", "wrong items"],
)
def test_the_conformance_kit_says_what_is_wrong(install: Install, code: str, says: str) -> None:
    install("nq_odd", code)
    faults = check_plugin("nq_odd")
    assert len(faults) == 1
    assert says in faults[0]


def test_the_conformance_kit_knows_only_installed_plugins() -> None:
    (fault,) = check_plugin("nq_never_heard_of")
    assert "is not installed" in fault


@pytest.mark.parametrize(
    "name", ["tan_hoa", "nq_", "nq_Tan", "nq-tan", "nq_tân", "../nq_x", "nq_x y"]
)
def test_a_scaffold_needs_a_name_that_a_package_can_have(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadPluginName):
        write_plugin(name, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_scaffold_never_writes_into_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FolderTaken):
        write_plugin("nq_tan_hoa", tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


# -- a plugin that raises, and the forms still work ----------------------------------------------


def check_that(does: Callable[[], object]) -> object:
    return SimpleNamespace(id="bad.check", form="s.q", problems=lambda entry: does())


def half() -> object:
    yield Problem(field="A1", code="half", severity=Severity.ERROR, template="half")
    raise ValueError("boom")


def unprintable() -> object:
    return [Problem(field="A1", code="x", severity=Severity.ERROR, template="{missing}")]


@pytest.mark.parametrize(
    "does",
    [boom, leave, half, unprintable, lambda: None, lambda: [1], lambda: ["text"]],
    ids=["raises", "exits", "raises halfway", "unprintable", "nothing", "number", "text"],
)
def test_a_check_that_fails_is_named_and_saving_and_sending_go_on(
    tmp_path: Path, does: Callable[[], object]
) -> None:
    bad = plugin("nq_bad", checks=lambda: [check_that(does)])
    with found(tmp_path / "ws", None, bad) as ws:
        revision = accepted(ws, "xa-a", A1="7")
        sheet = ws.sheet(revision)
        assert [(f.plugin, f.where) for f in sheet.faults] == [("nq_bad", "check bad.check")]
        assert sheet.blocking == ()
        assert ws.figure("A1", "2018-Q1").value == 7


def test_a_check_that_works_is_asked_for_its_own_form_only(tmp_path: Path) -> None:
    asked: list[str] = []

    def watch(form: str) -> object:
        return SimpleNamespace(id=form, form=form, problems=lambda entry: asked.append(form) or ())

    watching = plugin("nq_watch", checks=lambda: [watch("s.q"), watch("other")])
    with found(tmp_path / "ws", None, watching) as ws:
        accepted(ws, "xa-a")
    assert set(asked) == {"s.q"}


def test_the_workspace_s_own_units_stand_beside_the_plugins_and_obey_the_same_rules(
    tmp_path: Path,
) -> None:
    with found(tmp_path / "ws") as ws:
        commune = ws.units["xa-a"]
        ws.add_units([replace(commune, code="xa-c", name="Xã C")], by="test")
        version = ws.store.version
        with pytest.raises(DuplicateId, match="nq_small and workspace"):
            ws.add_units([commune], by="test")
        with pytest.raises(BrokenTree, match="its parent “gone” is not a unit"):
            ws.add_units([replace(commune, code="xa-d", parent="gone")], by="test")
        assert ws.store.version == version
    with reopen(tmp_path / "ws") as ws:
        assert ws.units["xa-c"].parent == "top"
        assert ws.catalogue.owner("unit", "xa-c") == "workspace"
        ws.add_units([replace(commune, code="xa-c", name="Xã C mới")], by="test")
    with reopen(tmp_path / "ws") as ws:
        assert ws.units["xa-c"].name == "Xã C mới"


def test_a_plugin_that_brings_a_unit_of_the_office_s_own_list_is_an_error_naming_both(
    tmp_path: Path,
) -> None:
    with found(tmp_path / "ws") as ws:
        ws.add_units([replace(ws.units["xa-a"], code="xa-c")], by="test")
    late = plugin("nq_late", PACK + ITEMS["unit"].format(n=1).replace("same", "xa-c"))
    with pytest.raises(DuplicateId, match="nq_late and workspace"):
        reopen(tmp_path / "ws", None, late)


def test_definitions_may_be_empty() -> None:
    known = build_catalogue(Plugins((), modules(plugin("nq_none", definitions=Definitions))))
    assert "nq_none" not in known.owners.values()
    assert [p.name for p in known.plugins] == ["nq_small", "nq_none"]


def test_errors_of_nqcore_are_told_without_their_class_name() -> None:
    def refuse() -> object:
        raise UnknownName(kind="thing", name="x")

    (fault,) = build_catalogue(Plugins((), [("nq_bad", plugin("nq_bad", rules=refuse))])).faults
    assert fault.detail == "There is no thing “x”."
