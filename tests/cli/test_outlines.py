"""`nq outlines`: the outlines that a report can have."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest

from tests.cli.run import nq

pytestmark = pytest.mark.usefixtures("english")


def test_outlines_are_listed_with_who_gives_them_and_one_is_printed_as_the_tables_that_change_it(
    office_folder: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(office_folder, tmp_path / "ws")
    listed = {one["id"]: one for one in nq("outlines", "--json", "-w", folder).json}
    assert listed["ngan"]["plugin"] == listed["tong-ket"]["plugin"] == "nqcore"
    assert "tong-ket" in nq("outlines", "-w", folder).out
    said = nq("outlines", "show", "ngan", "-w", folder)
    with (folder / "workspace.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + said.out.replace("Tồn tại, hạn chế", "Hạn chế, khuyết điểm"))
    changed = {one["id"]: one for one in nq("outlines", "--json", "-w", folder).json}
    assert changed["ngan"]["plugin"] == "workspace"
    assert "Hạn chế, khuyết điểm" in nq("outlines", "show", "ngan", "-w", folder).out
    gone = nq("outlines", "show", "khong-co", "-w", folder)
    assert gone.code == 2
    assert "khong-co" in gone.err


def test_the_outline_of_a_higher_level_becomes_an_outline_of_the_office(
    office_folder: Path, tmp_path: Path
) -> None:
    document = docx.Document()
    for text in ("TỈNH ỦY", "ĐỀ CƯƠNG", "I- TÌNH HÌNH", "II- KẾT QUẢ THỰC HIỆN", "III- KIẾN NGHỊ"):
        document.add_paragraph(text)
    file = tmp_path / "Đề cương của tỉnh.docx"
    document.save(str(file))
    said = nq("outlines", "import", file)
    assert said.code == 0
    assert "# Left out: “TỈNH ỦY” (it stands before the outline)" in said.out
    folder = shutil.copytree(office_folder, tmp_path / "ws")
    with (folder / "workspace.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n" + said.out)
    assert "de-cuong-cua-tinh" in nq("outlines", "-w", folder).out
    empty = docx.Document()
    empty.add_paragraph("Kính gửi Tỉnh ủy")
    empty.save(str(file))
    refused = nq("outlines", "import", file)
    assert refused.code == 2
    assert "no heading" in refused.err
