"""`nq verify` and `nq demo`: what is there is intact, or is not shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nqcore.workspace.opening import open_workspace
from tests.cli.run import Run, nq
from tests.workspace.test_whole_or_nothing import FullAt

pytestmark = pytest.mark.usefixtures("english")


def test_verify_is_content_with_an_untouched_workspace(on: Run) -> None:
    assert on("verify").code == 0


@pytest.mark.parametrize("place", [0.1, 0.5, 0.999])
def test_verify_finds_one_flipped_byte_and_says_where(
    into: Run, office: Path, place: float
) -> None:
    journal = max((office / "journal").glob("*.nqj"), key=lambda p: p.stat().st_size)
    data = bytearray(journal.read_bytes())
    at = int(len(data) * place)
    data[at] ^= 1
    journal.write_bytes(data)
    said = into("verify")
    assert said.code == 1
    found = [int(n) for n in re.findall(r"\d+", said.out.replace(",", "").replace(".", ""))]
    assert any(at - 20_000 <= n <= at + 1 for n in found), said.out


def test_nq_demo_opens_a_demo_that_is_there_and_prints_its_accounts(demo_copy: Path) -> None:
    with open_workspace(demo_copy) as ws:
        version = ws.store.version
    said = nq("demo", demo_copy, "--no-serve")
    assert said.code == 0
    for word in ("2018-10-05", "vanphong", "dn-may-binh-minh", "password demo-2018"):
        assert word in said.out
    with open_workspace(demo_copy) as ws:
        assert ws.store.version == version


def test_another_demo_than_the_one_that_is_there_needs_a_folder_of_its_own(demo_copy: Path) -> None:
    said = nq("demo", demo_copy, "--no-serve", "--model", "commune")
    assert said.code == 2
    assert f"nq demo {demo_copy}-commune --model commune" in said.err
    assert nq("demo", demo_copy, "--no-serve", "--model", "district").code == 0


def test_a_demo_that_was_left_unfinished_is_not_shown_as_one(tmp_path: Path) -> None:
    (tmp_path / ".unfinished").touch()
    said = nq("demo", tmp_path, "--no-serve")
    assert said.code == 2
    assert "Remove it and run nq demo again" in said.err


@pytest.mark.parametrize("number", [1, 60, 200])
def test_a_demo_on_a_full_disk_leaves_nothing_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    monkeypatch.setenv("NQ_KEYS", str(keys))
    folder = tmp_path / "demo"
    with monkeypatch.context() as patched:
        FullAt(number, patched, stays=True)
        said = nq("demo", folder, "--no-serve", "--model", "commune")
    assert said.code == 2
    assert "is full, so nothing was made there. Make room on it and run" in said.err
    assert not folder.exists()
    assert list(keys.iterdir()) == []
