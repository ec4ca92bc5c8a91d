"""Plugins that cannot stand beside each other: one is put aside by name, and the office works."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

import nqcore
from nqcore.catalogue import (
    Contributions,
    Plugins,
    ask_plugins,
    merge_definitions,
    parse_definitions,
    put_clashing_aside,
)
from nqcore.cli import main
from nqcore.errors import DuplicateId, NqError
from nqcore.model.directives import DuplicateDirective
from nqcore.model.findings import FindingKind
from nqcore.model.units import BrokenTree
from nqcore.testing import check_plugin
from tests.catalogue.test_merging import ITEMS
from tests.support.small import (
    CLERK,
    Install,
    Now,
    accepted,
    found,
    full,
    plugin,
    reopen,
)

pytestmark = pytest.mark.usefixtures("english")

PACK = '[pack]\nid = "x"\nsince = 2018-01-01\nbasis = "b"\n'
HEAD = 'superior = "s"\nbody = "{n}"\nplace = "p"\nsymbol = "s"\nauthority = "a"\npost = "p"\n'


def asked(**texts: str) -> Contributions:
    """What plugins of these names contribute, in this order."""
    return ask_plugins(Plugins((), [(n, plugin(n, PACK + text)) for n, text in texts.items()]))


@pytest.mark.parametrize("kind", ITEMS)
@pytest.mark.parametrize("order", [("p1", "p2"), ("p2", "p1")])
def test_of_two_plugins_with_one_id_of_any_kind_the_later_in_the_list_is_put_aside(
    kind: str, order: tuple[str, str]
) -> None:
    given = asked(**{name: ITEMS[kind].format(n=name) for name in order})
    with pytest.raises(DuplicateId):
        merge_definitions(given)
    left = put_clashing_aside(given)
    known = merge_definitions(left)
    assert set(known.owners.values()) == {order[0]}
    assert [p.name for p in known.plugins] == [order[0]]
    (fault,) = known.faults
    assert fault.plugin == order[1]
    assert fault.where.split(" ")[0] == kind
    assert "put aside" in fault.detail
    assert "p1" in fault.detail
    assert "p2" in fault.detail


def test_a_plugin_that_is_put_aside_brings_nothing_at_all() -> None:
    rule = SimpleNamespace(id="r", kind=FindingKind.RESULT, directive="d", findings=lambda view: ())
    check = SimpleNamespace(id="c", form="f", problems=lambda entry: ())
    layout = SimpleNamespace(
        name="n", title="t", suffix=".x", media_type="x/y", write=lambda report, names: b""
    )
    lunar = SimpleNamespace(id="lunar", period=lambda code: None, periods=lambda *_: ())
    late = plugin(
        "late",
        PACK + ITEMS["unit"].format(n=1) + ITEMS["form"].format(n=1).replace("same", "own"),
        rules=lambda: [rule],
        checks=lambda: [check],
        report_formats=lambda: [layout],
        calendars=lambda: [lunar],
    )
    first = plugin("first", PACK + ITEMS["unit"].format(n=0))
    given = ask_plugins(Plugins((), [("first", first), ("late", late)]))
    known = merge_definitions(put_clashing_aside(given))
    assert set(known.owners) == {("unit", "same")}
    assert list(known.calendars) == ["civil"]


def test_without_a_clash_nothing_is_put_aside() -> None:
    given = asked(p1=ITEMS["unit"].format(n=1), p2=ITEMS["form"].format(n=1))
    assert put_clashing_aside(given) is given


def test_two_ids_of_one_document_put_the_later_plugin_aside() -> None:
    one = ITEMS["directive"].format(n="1-KH/HU")
    given = asked(p1=one, p2=ITEMS["form"].format(n=1), p3=one.replace("same", "other"))
    with pytest.raises(DuplicateDirective):
        merge_definitions(given)
    assert [fault.plugin for fault in put_clashing_aside(given).faults] == ["p3"]


def test_what_rests_on_a_plugin_that_is_put_aside_goes_with_it_and_is_named() -> None:
    below = '[[unit]]\ncode = "below"\nname = "n"\nkind = "commune"\nparent = "alone"\n'
    alone = '[[unit]]\ncode = "alone"\nname = "n"\nkind = "commune"\n'
    placed = '[[placement]]\nunit = "below"\nhierarchy = "party"\n'
    given = asked(
        p1=ITEMS["unit"].format(n=1),
        p2=alone + ITEMS["unit"].format(n=2),
        p3=below,
        p4=placed,
        p5=ITEMS["form"].format(n=1),
    )
    left = put_clashing_aside(given)
    assert [fault.plugin for fault in left.faults] == ["p2", "p3", "p4"]
    assert {owner for owner, _ in left.definitions} == {"p1", "p5"}


def test_a_placement_that_leads_nowhere_costs_its_own_plugin_not_that_of_the_unit() -> None:
    unit = '[[unit]]\ncode = "u"\nname = "n"\nkind = "commune"\n'
    placed = '[[placement]]\nunit = "u"\nhierarchy = "party"\nparent = "gone"\n'
    given = asked(p1=placed, p2=unit)
    with pytest.raises(BrokenTree):
        merge_definitions(given)
    assert [fault.plugin for fault in put_clashing_aside(given).faults] == ["p1"]


def test_indicators_in_a_circle_cost_their_plugin_and_three_of_one_id_cost_two() -> None:
    head = '[[indicator]]\nname = "n"\nmeasure = "m"\n'
    circle = f'{head}label = "A1"\nformula = "A2 + 1"\n{head}label = "A2"\nformula = "A1 * 2"\n'
    given = asked(p1=circle, p2=ITEMS["unit"].format(n=1))
    assert [fault.plugin for fault in put_clashing_aside(given).faults] == ["p1"]
    three = asked(**{f"p{n}": ITEMS["unit"].format(n=n) for n in (1, 2, 3)})
    assert sorted(fault.plugin for fault in put_clashing_aside(three).faults) == ["p2", "p3"]


def test_a_plugin_with_one_id_twice_is_put_aside_itself() -> None:
    given = asked(p1=ITEMS["unit"].format(n=1) * 2, p2=ITEMS["form"].format(n=1))
    assert [fault.plugin for fault in put_clashing_aside(given).faults] == ["p1"]


def test_the_plugin_of_the_unit_at_the_top_is_not_put_aside_for_another() -> None:
    top = '[[unit]]\ncode = "top"\nname = "n"\nkind = "committee"\n'
    given = asked(
        a=ITEMS["letterhead"].format(n=1),
        b=top + ITEMS["letterhead"].format(n=2),
        c=ITEMS["letterhead"].format(n=3),
    )
    assert [f.plugin for f in put_clashing_aside(given, None, "top").faults] == ["a", "c"]
    both = asked(a=top, b=top)
    assert [f.plugin for f in put_clashing_aside(both, None, "top").faults] == ["b"]


def test_what_the_office_itself_contradicts_stays_an_error() -> None:
    own = parse_definitions("own", PACK + ITEMS["unit"].format(n=1) * 2)
    with pytest.raises(DuplicateId, match="both workspace and workspace"):
        put_clashing_aside(asked(p1=ITEMS["form"].format(n=1)), own)


# -- an office with two plugins that clash -------------------------------------------------------


def test_entry_goes_on_beside_a_plugin_that_is_put_aside(tmp_path: Path) -> None:
    late = plugin("nq_late", PACK + '[[unit]]\ncode = "xa-a"\nname = "X"\nkind = "commune"\n')
    with found(tmp_path / "ws", Now(), late) as ws:
        assert [(f.plugin, f.where) for f in ws.faults] == [("nq_late", "unit xa-a")]
        assert ws.units["xa-a"].name == "Xã A"
        accepted(ws, "xa-a", A1="2")
        assert ws.figure("A1", "2018-Q1", "xa-a").value == 2
        ws.save_draft("xa-b", "s.q", "2018-Q1", full("xa-b"), by=CLERK["xa-b"])
    with reopen(tmp_path / "ws", Now(), late) as ws:
        assert ws.figure("A1", "2018-Q1", "xa-a").value == 2


def test_a_unit_that_a_plugin_brings_is_still_refused_when_the_office_enters_it(
    tmp_path: Path,
) -> None:
    with found(tmp_path / "ws") as ws:
        with pytest.raises(NqError, match="both nq_small and workspace"):
            ws.organisation.add_units([ws.units["xa-a"]], by="test")
        assert ws.faults == ()


def letterhead(name: str, unit: str = "") -> str:
    table = f'[[letterhead]]\nunit = "{unit}"\n' if unit else "[letterhead]\n"
    return PACK + table + HEAD.format(n=name)


@pytest.mark.parametrize("unit", ["", "top"])
def test_two_letterheads_of_one_unit_stop_nothing(tmp_path: Path, unit: str) -> None:
    one, two = plugin("nq_one", letterhead("MỘT")), plugin("nq_two", letterhead("HAI", unit))
    with found(tmp_path / "ws", Now(), one, two) as ws:
        (fault,) = ws.faults
        assert (fault.plugin, fault.where) == ("nq_two", "letterhead top")
        assert "[[letterhead]] in workspace.toml" in fault.detail
        assert ws.reviews.letterhead().body == "MỘT"


def test_the_office_s_own_letterhead_ends_the_clash_of_two_plugins(tmp_path: Path) -> None:
    one, two = plugin("nq_one", letterhead("MỘT")), plugin("nq_two", letterhead("HAI"))
    found(tmp_path / "ws").close()
    with (tmp_path / "ws" / "workspace.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[[letterhead]]\nunit = "top"\n{HEAD.format(n="BA")}')
    with reopen(tmp_path / "ws", Now(), one, two) as ws:
        assert ws.faults == ()
        assert ws.reviews.letterhead().body == "BA"


def test_an_office_whose_units_come_from_the_later_plugin_keeps_it(
    install: Install, tmp_path: Path
) -> None:
    units = '[[unit]]\ncode = "huyen"\nname = "Huyện Thử"\nkind = "committee"\n'
    install("nq_a", CODE.format(text=letterhead("MỘT")))
    install("nq_b", CODE.format(text=letterhead("HAI") + units))
    code, text = nq("init", tmp_path / "ws", "--plugin", "nq_a", "--plugin", "nq_b")
    assert code == 0, text
    assert "nq_a: letterhead huyen: put aside" in text
    with nqcore.open(tmp_path / "ws") as ws:
        assert ws.root.name == "Huyện Thử"
        assert ws.reviews.letterhead().body == "HAI"


CODE = """
from nqcore.plugin import hook, parse_definitions
@hook
def definitions(): return parse_definitions('x.toml', {text!r})
"""


def nq(*args: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)
    return done.exit_code, done.output


def test_init_plugins_and_open_work_with_two_plugins_that_clash_and_check_says_it(
    install: Install, tmp_path: Path
) -> None:
    units = tmp_path / "units.csv"
    units.write_text("code,name,kind,parent\ntop,Huyện Thử,huyện ủy,\nxa,Xã A,xã,top\n", "utf-8")
    install("nq_a", CODE.format(text=letterhead("MỘT")))
    install("nq_b", CODE.format(text=letterhead("HAI")))
    folder = tmp_path / "ws"
    plugins = ("--plugin", "nq_b", "--plugin", "nq_a", "--plugin", "nq_party_report")
    code, text = nq("init", folder, *plugins, "--units", units)
    assert code == 0, text
    assert "nq_b: letterhead top: put aside" in text
    code, text = nq("plugins", "-w", folder)
    assert code == 0, text
    assert "FAULT nq_b, letterhead top: put aside with all that it brings." in text
    assert "nq_party_report" in text
    with nqcore.open(folder) as ws:
        assert ws.reviews.letterhead().body == "MỘT"
    file = folder / "workspace.toml"
    listed = json.dumps(["nq_a", "nq_b", "nq_party_report"])
    turned = json.dumps(["nq_b", "nq_party_report", "nq_a"])
    file.write_text(file.read_text("utf-8").replace(listed, turned), "utf-8")
    with nqcore.open(folder) as ws:
        assert [fault.plugin for fault in ws.faults] == ["nq_a"]
        assert ws.reviews.letterhead().body == "HAI"
    (said,) = check_plugin("nq_b", beside=["nq_a"])
    assert "is given by both nq_a and nq_b" in said
