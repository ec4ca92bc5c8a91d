"""A definition file in the folder `packs` is loaded without Python, if it is the one that is listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from nqcore.collection.settings import Pack, read_settings, settings_text, write_settings
from nqcore.errors import DefinitionError
from nqcore.workspace.facade import Workspace
from tests.support.small import accepted, found, reopen

PACK = """
[pack]
id = "goi"
since = 2018-01-01
basis = "Kế hoạch 7"

[[indicator]]
label = "A9"
name = "Số buổi đối thoại"
measure = "buổi"

[[question]]
form = "s.q"
section = "A"
type = "figure"
indicator = "A9"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    found(tmp_path / "ws").close()
    return tmp_path / "ws"


def put(folder: Path, text: str, name: str = "tan-hoa", digest: str = "") -> str:
    """The pack in the folder, listed with that hash (default: its own)."""
    (folder / "packs").mkdir(exist_ok=True)
    data = text.encode()
    (folder / "packs" / f"{name}.toml").write_bytes(data)
    own = sha256(data).hexdigest()
    pack = Pack(name=name, sha256=digest or own)
    write_settings(folder, replace(read_settings(folder), packs=(pack,)))
    return own


def faults(ws: Workspace) -> list[tuple[str, str]]:
    return [(fault.plugin, fault.where) for fault in ws.faults]


def test_a_listed_pack_is_loaded_as_a_plugin_would_be(folder: Path) -> None:
    digest = put(folder, PACK)
    with reopen(folder) as ws:
        assert ws.faults == ()
        assert ws.catalogue.owner("question", "s.q/A9") == "tan-hoa"
        (info,) = [one for one in ws.catalogue.plugins if one.name == "tan-hoa"]
        assert info.distribution == "packs/tan-hoa.toml"
        assert digest.startswith(info.version)
        assert len(info.version) == 16


def test_another_file_than_the_listed_one_is_put_aside_by_name_and_entry_goes_on(
    folder: Path,
) -> None:
    put(folder, PACK)
    changed = PACK.replace("buổi đối thoại", "cuộc")
    (folder / "packs" / "tan-hoa.toml").write_text(changed, "utf-8")
    with reopen(folder) as ws:
        (fault,) = ws.faults
        assert (fault.plugin, fault.where) == ("tan-hoa", "pack")
        assert sha256(changed.encode()).hexdigest() in fault.detail  # what to write
        assert "goi.A9" not in ws.catalogue.indicators
        accepted(ws, "xa-b")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[[indicator]\n", "definitions"),
        (PACK.replace("measure", "mesure"), "definitions"),
        (PACK.replace('label = "A9"', 'label = "A9"\ncode = "s.A1"'), "indicator s.A1"),
        ("# " + "x" * 300_000, "pack"),
    ],
)
def test_a_pack_that_cannot_stand_spoils_itself_only(folder: Path, text: str, where: str) -> None:
    put(folder, text)
    with reopen(folder) as ws:
        assert {*faults(ws)} == {("tan-hoa", where)}
        assert "s.A1" in ws.catalogue.indicators


def test_a_pack_that_is_gone_or_not_in_utf8_is_named(folder: Path) -> None:
    put(folder, PACK)
    path = folder / "packs" / "tan-hoa.toml"
    path.unlink()
    with reopen(folder) as ws:
        assert faults(ws) == [("tan-hoa", "pack")]
    data = b"\xff\xfe"
    path.write_bytes(data)
    pack = Pack(name="tan-hoa", sha256=sha256(data).hexdigest())
    write_settings(folder, replace(read_settings(folder), packs=(pack,)))
    with reopen(folder) as ws:
        assert faults(ws) == [("tan-hoa", "pack")]


def test_a_file_that_is_not_listed_is_not_loaded_and_the_hash_to_list_is_said(
    folder: Path,
) -> None:
    (folder / "packs").mkdir()
    (folder / "packs" / "xem.toml").write_text(PACK, "utf-8")
    with reopen(folder) as ws:
        (fault,) = ws.faults
        assert sha256(PACK.encode()).hexdigest() in fault.detail
        assert "goi.A9" not in ws.catalogue.indicators


def test_the_list_of_packs_is_kept_in_the_settings(folder: Path) -> None:
    digest = put(folder, PACK)
    settings = read_settings(folder)
    assert settings.packs == (Pack(name="tan-hoa", sha256=digest),)
    assert f'sha256 = "{digest}"' in settings_text(settings)


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("../x", "0" * 64),
        ("Gói", "0" * 64),
        ("workspace", "0" * 64),
        ("nqcore", "0" * 64),
        ("x", "0" * 63),
        ("x", "G" * 64),
    ],
)
def test_a_wrong_entry_is_refused(folder: Path, name: str, digest: str) -> None:
    with (folder / "workspace.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[[pack]]\nname = "{name}"\nsha256 = "{digest}"\n')
    with pytest.raises(DefinitionError):
        read_settings(folder)
