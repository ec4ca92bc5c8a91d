"""Figures as rows: pandas, polars and pyarrow take them as they are, and lose nothing."""

from __future__ import annotations

from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pandas
import polars
import pyarrow
import pytest

from nqcore.analysis.rollup import frame as frames
from nqcore.analysis.rollup.frame import Frame, FrameRow
from nqcore.errors import BoundariesError, UnknownName
from nqcore.workspace.facade import Workspace
from tests.support.small import PERIOD, Now, accepted, found, plugin

COLUMNS = ["unit", "unit_name", "period", "indicator", "name", "measure", "value", "state"]
COLUMNS += ["due", "reported"]


def row(value: str | None, unit: str = "xa-a", state: str = "number") -> FrameRow:
    return {
        "unit": unit,
        "unit_name": "Xã A",
        "period": PERIOD,
        "indicator": "s.B3",
        "name": "Tiền thưởng",
        "measure": "triệu đồng",
        "value": None if value is None else Decimal(value),
        "state": state,
        "due": 3,
        "reported": 1,
    }


@pytest.fixture
def filled(ws: Workspace) -> Workspace:
    accepted(ws, "dn-1", B1="1.310", B2="0", B3="12,5")
    accepted(ws, "xa-a", A1="0")
    return ws


def test_a_row_has_names_measure_value_state_and_coverage(filled: Workspace) -> None:
    rows = filled.frame(["B1", "s.B3"], [PERIOD], ["top", "xa-b"])
    assert len(rows) == 4
    assert list(rows[0]) == COLUMNS
    assert rows[0] == {
        "unit": "top",
        "unit_name": "Huyện",
        "period": PERIOD,
        "indicator": "s.B1",
        "name": "Công nhân",
        "measure": "người",
        "value": Decimal("1310"),
        "state": "number",
        "due": 3,
        "reported": 1,
    }
    assert [(r["unit"], r["indicator"], str(r["value"])) for r in rows] == [
        ("top", "s.B1", "1310.0"),
        ("top", "s.B3", "12.5"),
        ("xa-b", "s.B1", "None"),
        ("xa-b", "s.B3", "None"),
    ]


def test_the_four_states_of_a_cell_and_no_value_are_kept_apart(filled: Workspace) -> None:
    accepted(filled, "dn-3", B1="0", B2="0")
    rows = filled.frame(["A1", "B1", "B2", "B2.1"], [PERIOD], ["xa-a", "xa-b", "dn-3", "dn-2"])
    state = {(r["unit"], r["indicator"]): r["state"] for r in rows}
    assert state["xa-a", "s.B1"] == "number"
    assert state["xa-a", "s.B2"] == state["xa-b", "s.B1"] == state["dn-3", "s.B1"] == "nil"
    assert state["dn-2", "s.B1"] == "not_reported"
    assert state["dn-3", "s.B2.1"] == "no_value"  # 0 / 0
    for r in rows:
        assert (r["value"] is None) == (r["state"] not in ("number", "nil"))


def test_a_value_that_is_rounded_to_zero_is_no_confirmed_zero(filled: Workspace) -> None:
    accepted(filled, "dn-3", B1="100.000", B2="1")
    rows = filled.frame(["B2.1"], [PERIOD], ["dn-3", "dn-1"])
    assert [(r["value"], r["state"]) for r in rows] == [
        (Decimal("0.0"), "number"),
        (Decimal("0.0"), "nil"),
    ]


SCORES = """
[pack]
id = "h"
since = 2017-01-01
basis = "Kế hoạch số 3"
[[indicator]]
label = "T"
name = "Điểm"
measure = "điểm"
units = "none"
asks = { kinds = ["commune"] }
[[form]]
id = "h.q"
title = "Điểm"
directive = "1-NQ/HU"
every = "quarter"
due = { day = 10, months_after = 1 }
owed_by = { kinds = ["commune", "enterprise"] }
[[form.section]]
key = "A"
title = "Số liệu"
figures = ["T"]
"""


def test_what_does_not_apply_and_what_must_not_be_added_up_have_no_value(
    tmp_path: Path, now: Now
) -> None:
    with found(tmp_path / "ws", now, plugin("nq_h", SCORES)) as ws:
        assert ws.faults == ()
        rows = ws.frame(["T"], [PERIOD], ["top", "dn-1"])
        assert [(r["unit"], r["value"], r["state"]) for r in rows] == [
            ("top", None, "no_value"),
            ("dn-1", None, "not_applicable"),
        ]


def test_the_unit_at_the_top_is_the_default_and_unknown_names_are_refused(
    filled: Workspace,
) -> None:
    assert [r["unit"] for r in filled.frame(["B1"], [PERIOD, "2018"])] == ["top", "top"]
    assert [r["period"] for r in filled.frame(iter(["B1"]), iter([PERIOD, "2018-Q2"]))] == [
        *(PERIOD, "2018-Q2")
    ]
    for wrong in (
        lambda: filled.frame(["B9"], [PERIOD]),
        lambda: filled.frame(["B1"], ["2018-Q9"]),
        lambda: filled.frame(["B1"], [PERIOD], ["xa-z"]),
    ):
        with pytest.raises(UnknownName):
            wrong()
    with pytest.raises(BoundariesError):
        filled.frame(["B1"], [PERIOD], boundaries="yesterday")
    assert filled.frame(["B1"], [PERIOD], boundaries="2018-07-01")[0]["value"] == 1310


# -- the three libraries ---------------------------------------------------------------------------

LATE = Frame(tuple([row(None)] * 150 + [row("1310.000"), row("12.345"), row("-0.500")]))
"""The values come after more rows than polars reads to find out what a list of rows holds."""
EMPTY = Frame(())
NO_VALUE = Frame((row(None), row(None)))


def test_pandas_takes_it_as_it_is(filled: Workspace) -> None:
    table = pandas.DataFrame(filled.frame(["B1", "B3"], [PERIOD], ["top", "xa-b"]))
    assert list(table.columns) == COLUMNS
    assert table["value"].dtype == object
    assert table["value"].tolist() == [Decimal("1310.0"), Decimal("12.5"), None, None]
    assert table["due"].dtype == table["reported"].dtype == "int64"
    assert table.loc[table.indicator == "s.B3", "unit_name"].tolist() == ["Huyện", "Xã B"]
    assert pandas.DataFrame(LATE)["value"].tolist() == LATE.columns["value"]


def test_polars_takes_it_as_it_is(filled: Workspace) -> None:
    table = polars.DataFrame(filled.frame(["B1", "B3"], [PERIOD], ["top", "xa-b"]))
    assert table.columns == COLUMNS
    assert table["value"].to_list() == [Decimal("1310.0"), Decimal("12.5"), None, None]
    assert table.schema["value"] == polars.Decimal(38, 1)
    assert table.schema["due"] == polars.Int64
    assert table["value"].sum() == Decimal("1322.5")


def test_pyarrow_takes_it_as_it_is(filled: Workspace) -> None:
    rows = filled.frame(["B1", "B3"], [PERIOD], ["top", "xa-b"])
    table = pyarrow.table(rows)
    assert table.column_names == COLUMNS
    assert table["value"].to_pylist() == [Decimal("1310.0"), Decimal("12.5"), None, None]
    assert table.schema.field("value").type == pyarrow.decimal128(38, 1)
    assert pyarrow.Table.from_pylist(rows).to_pylist() == table.to_pylist() == list(rows)


@pytest.mark.parametrize("maker", ["pyarrow", "polars"])
def test_no_value_is_lost_whichever_library_makes_the_columns(
    monkeypatch: pytest.MonkeyPatch, maker: str
) -> None:
    monkeypatch.setattr(
        frames, "find_spec", lambda name: find_spec(name) if maker == name else None
    )
    assert polars.DataFrame(LATE)["value"].to_list() == LATE.columns["value"]
    assert pyarrow.table(LATE)["value"].to_pylist() == LATE.columns["value"]
    for frame in (EMPTY, NO_VALUE):
        table = polars.DataFrame(frame)
        assert table.columns == COLUMNS
        assert table.height == len(frame)
        assert table.schema["value"] == polars.Decimal(38, 0)
        assert pyarrow.table(frame).num_rows == len(frame)


def test_rows_as_a_plain_list_lose_no_digit_either(filled: Workspace) -> None:
    rows = list(filled.frame(["B1", "B3"], [PERIOD], ["top"] * 120))
    assert polars.DataFrame(rows)["value"].to_list() == [r["value"] for r in rows]
