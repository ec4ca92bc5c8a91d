"""`nq init`: from the office's own list of units to a workspace that can collect."""

from __future__ import annotations

import re
import zipfile
from datetime import timedelta
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from click.testing import CliRunner

from nqcore.cli import main
from nqcore.collection.accounts.access import Action
from nqcore.collection.submissions.repository import NotOwed
from nqcore.errors import NqError
from nqcore.model.units import BUILT_IN_KINDS, Sector, UnitKind
from nqcore.workspace.opening import open_workspace
from nqcore.workspace.unit_list import BadUnitList, BadUnitRows, read_units
from tests.support.today import quarter_of

pytestmark = pytest.mark.usefixtures("english")

Rows = list[list[str]]

# Heads and kinds as an office writes them.
LIST: Rows = [
    ["Mã đơn vị", "Tên đơn vị", "Loại", "Trực thuộc"],
    ["tan-hoa", "Huyện Tân Hòa", "Huyện ủy", ""],
    ["xa-an-phu", "Xã An Phú", "XÃ", "tan-hoa"],
    ["ldld", "Liên đoàn Lao động huyện", "Đoàn thể", "tan-hoa"],
    ["bcd", "Ban Chỉ đạo", "ban chỉ đạo", "tan-hoa"],
    ["may-an-phu", "Công ty TNHH May, An Phú", "doanh nghiệp ngoài nhà nước", "xa-an-phu"],
    ["cap-nuoc", "Xí nghiệp Cấp nước", "doanh nghiệp nhà nước", "tan-hoa"],
    ["htx-1", "HTX Một", "Hợp tác xã", "xa-an-phu"],
]


def as_csv(path: Path, rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    lines = (delimiter.join(f'"{c}"' if delimiter in c else c for c in row) for row in rows)
    path.write_text("\r\n".join(lines) + "\r\n", encoding, newline="")
    return path


def as_xlsx(path: Path, rows: Rows) -> Path:
    """The smallest workbook that holds the rows as texts."""
    cells = "".join(
        f'<row r="{r}">'
        + "".join(
            f'<c r="{chr(64 + c)}{r}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for c, text in enumerate(row, 1)
            if text
        )
        + "</row>"
        for r, row in enumerate(rows, 1)
    )
    main_ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    sheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sheet_type}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet_type}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main_ns}" xmlns:r="{office}"><sheets>'
        '<sheet name="Đơn vị" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main_ns}"><sheetData>{cells}</sheetData>'
        "</worksheet>",
    }
    with zipfile.ZipFile(path, "w") as file:
        for name, text in parts.items():
            file.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return path


def write(path: Path, how: str, rows: Rows = LIST) -> Path:
    if how == "xlsx":
        return as_xlsx(path / "don-vi.xlsx", rows)
    delimiter = ";" if "semicolons" in how else ","
    encoding = "utf-8-sig" if "mark" in how else "utf-8"
    return as_csv(path / "don-vi.csv", rows, delimiter=delimiter, encoding=encoding)


def init(*args: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["init", *map(str, args)], catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize(
    "how", ["commas", "semicolons", "commas and Excel's mark", "semicolons and mark", "xlsx"]
)
def test_the_office_s_list_is_read_as_offices_write_it(tmp_path: Path, how: str) -> None:
    units = read_units(write(tmp_path, how))
    assert [(u.code, u.kind, u.sector, u.parent) for u in units] == [
        ("tan-hoa", UnitKind.COMMITTEE, None, None),
        ("xa-an-phu", UnitKind.COMMUNE, None, "tan-hoa"),
        ("ldld", UnitKind.ORGANISATION, None, "tan-hoa"),
        ("bcd", UnitKind.STEERING, None, "tan-hoa"),
        ("may-an-phu", UnitKind.ENTERPRISE, Sector.NON_STATE, "xa-an-phu"),
        ("cap-nuoc", "state-enterprise", Sector.STATE, "tan-hoa"),
        ("htx-1", UnitKind.COOPERATIVE, Sector.NON_STATE, "xa-an-phu"),
    ]
    assert units[4].name == "Công ty TNHH May, An Phú"
    assert [u.order for u in units] == sorted(u.order for u in units)


@pytest.mark.parametrize("how", ["semicolons and mark", "xlsx"])
def test_nq_init_leads_to_a_workspace_that_can_collect_at_once(tmp_path: Path, how: str) -> None:
    folder = tmp_path / "van-phong"
    code, out, err = init(folder, "--plugin", "nq_res20", "--units", write(tmp_path, how))
    assert (code, err) == (0, "")
    assert f"{folder}: 7 units, 2 forms" in out
    assert f"nq serve -w {folder}" in out
    link = re.search(r"http://127\.0\.0\.1:8020/dang-nhap/(\S+)", out)
    assert link is not None
    with open_workspace(folder) as ws:
        assert ws.root.code == "tan-hoa"
        assert ws.settings.name == "Huyện Tân Hòa"
        assert ws.settings.plugins == ("nq_res20",)
        assert ws.faults == ()
        account = ws.accounts.open_link(link[1], at=ws.clock())
        assert account.login == "quantri"
        for action in (Action.MANAGE, Action.APPROVE):
            assert account.may(action, "may-an-phu", ws.units)
        # A new office is not overdue: what ended before today is not asked for.
        now = quarter_of(ws.today)
        for past in ("2018-Q1", quarter_of(ws.today - timedelta(days=100))):
            with pytest.raises(NotOwed):
                ws.submissions.obligation("may-an-phu", "res20.q", past)
        obligation = ws.submissions.obligation("may-an-phu", "res20.q", now)
        assert ws.entry.sheet(obligation).boxes > 10
        owed = ws.obligations.owed(ws.catalogue.form("res20.q"), obligation.period)
        assert {u.code for u in owed} == {u.code for u in ws.units.values()} - {"tan-hoa"}
        ws.accounts.set_password("quantri", "mật khẩu dài", by="quantri", at=ws.clock())
        assert ws.accounts.sign_in("quantri", "mật khẩu dài") is not None
        assert ws.verify().ok


def test_the_first_day_that_is_collected_for_can_be_chosen(tmp_path: Path) -> None:
    units = write(tmp_path, "commas")
    options = ["--plugin", "nq_res20", "--units", units, "--since", "2018-02-01"]
    assert init(tmp_path / "ws", *options)[0] == 0
    with open_workspace(tmp_path / "ws") as ws:
        assert ws.submissions.obligation("may-an-phu", "res20.q", "2018-Q1").unit == "may-an-phu"
        with pytest.raises(NotOwed):
            ws.submissions.obligation("may-an-phu", "res20.q", "2017-Q4")


def test_name_login_and_port_can_be_chosen(tmp_path: Path) -> None:
    options = ["--name", "Văn phòng", "--admin", "hoa", "--port", "9000"]
    code, out, _ = init(tmp_path / "ws", "--units", write(tmp_path, "commas"), *options)
    assert code == 0
    assert "http://127.0.0.1:9000/dang-nhap/" in out
    with open_workspace(tmp_path / "ws") as ws:
        assert ws.settings.name == "Văn phòng"
        assert [a.login for a in ws.accounts.all()] == ["hoa"]


ROOT = LIST[:2]
BAD: dict[str, tuple[Rows, int, str]] = {
    "no column for the names": (
        [["code", "kind", "parent"], ["a", "xã", ""]],
        1,
        "no row names the columns",
    ),
    "no kind at all": (
        [["code", "name", "parent"], ["a", "A", "a"]],
        2,
        "the kind is empty, and the name “A” does not begin with one",
    ),
    "an unknown kind": (
        [*ROOT, ["a", "A", "phường hội", "tan-hoa"]],
        3,
        "the kind “phường hội” is not known (rows 3). Is “Xã, phường, thị trấn” meant?",
    ),
    "an empty name": ([*ROOT, ["a", " ", "xã", "tan-hoa"]], 3, "the name is empty"),
    "a code with a blank": ([*ROOT, ["xa an", "Xã An", "xã", "tan-hoa"]], 3, "such as xa-an"),
    "a code with accents": ([*ROOT, ["xã", "Xã An", "xã", "tan-hoa"]], 3, "such as xa-an"),
    "a code with a bar": ([*ROOT, ["xa_an", "Xã An", "xã", "tan-hoa"]], 3, "such as xa-an"),
    "a code twice": ([*ROOT, ["tan-hoa", "A", "xã", "tan-hoa"]], 3, "“tan-hoa” stands twice"),
    "an unknown parent": (
        [*ROOT, ["a", "A", "xã", "gone"]],
        3,
        "its parent “gone” is not in the list",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("how", ["commas", "xlsx"])
@pytest.mark.parametrize(("rows", "row", "says"), BAD.values(), ids=BAD)
def test_a_bad_row_is_named_and_nothing_is_left_behind(
    tmp_path: Path, rows: Rows, row: int, says: str, how: str
) -> None:
    file = write(tmp_path, how, rows)
    with pytest.raises(BadUnitList) as wrong:
        read_units(file)
    assert wrong.value.params["row"] == row
    assert says in str(wrong.value)
    code, out, err = init(tmp_path / "ws", "--plugin", "nq_res20", "--units", file)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "ws").exists()


@pytest.mark.parametrize("how", ["commas", "xlsx"])
def test_all_bad_rows_of_a_list_are_named_at_once(tmp_path: Path, how: str) -> None:
    bad = [rows[-1] for rows, row, _says in BAD.values() if row == 3]
    under = ["b", "B", "xã", "Xa"]  # its parent stands in a row with another mistake
    file = write(tmp_path, how, [*ROOT, *bad, ["c", "C", "xã", "tan-hoa"], under])
    with pytest.raises(BadUnitRows) as wrong:
        read_units(file)
    assert [one.params["row"] for one in wrong.value.faults] == [*range(3, 3 + len(bad))]
    code, out, err = init(tmp_path / "ws", "--plugin", "nq_res20", "--units", file)
    assert (code, out) == (2, "")
    first, *lines = err.splitlines()
    assert f"{file.name}: {len(bad)} rows to correct." in first
    assert [f"row {row}:" in line for row, line in enumerate(lines, 3)] == [True] * len(bad)
    assert not (tmp_path / "ws").exists()


@pytest.mark.parametrize(
    ("plugins", "rows", "says"),
    [
        (["nq_gone"], LIST, "nq_gone"),
        (
            ["nq_res20"],
            [*LIST, ["b", "B", "huyện ủy", ""]],
            "exactly one at the top, found: tan-hoa, b",
        ),
        (
            ["nq_model_district", "nq_res20"],
            [LIST[0], ["b", "B", "huyện ủy", ""]],
            "exactly one at the top, found: ",
        ),
        (["nq_res20"], [LIST[0]], "exactly one at the top, found: none"),
        (
            ["nq_res20"],
            [*ROOT, ["a", "A", "xã", "b"], ["b", "B", "xã", "a"]],
            "stands under itself",
        ),
    ],
    ids=["a plugin that is not installed", "two at the top", "two districts", "nobody", "a circle"],
)
def test_what_cannot_become_a_workspace_leaves_no_folder(
    tmp_path: Path, plugins: list[str], rows: Rows, says: str
) -> None:
    options = [word for name in plugins for word in ("--plugin", name)]
    code, _, err = init(tmp_path / "ws", *options, "--units", write(tmp_path, "commas", rows))
    assert code == 2
    assert says in err
    assert not (tmp_path / "ws").exists()


def test_a_folder_that_holds_something_is_never_made_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "ws").mkdir()
    (tmp_path / "ws" / "mine.txt").write_text("mine")
    code, _, err = init(tmp_path / "ws", "--units", write(tmp_path, "commas"))
    assert code == 2
    assert "Choose a new folder" in err or "trống" in err
    assert [p.name for p in (tmp_path / "ws").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("name", ["list.xlsx", "list.csv"])
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xff\xfe\x00not a list")
    with pytest.raises(NqError):
        read_units(tmp_path / name)
    assert init(tmp_path / "ws", "--units", tmp_path / name)[0] == 2
    assert not (tmp_path / "ws").exists()


@pytest.mark.parametrize("word", BUILT_IN_KINDS)
def test_kinds_may_be_written_in_the_program_s_own_words_too(tmp_path: Path, word: str) -> None:
    units = read_units(
        write(tmp_path, "commas", [["code", "name", "kind", "parent"], ["a", "A", word, ""]])
    )
    assert units[0].kind is UnitKind(word)
