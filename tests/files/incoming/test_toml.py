"""TOML bombs are refused within a second; honest files of settings are read as before."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from nqcore.collection.settings import read_days_off, read_settings
from nqcore.errors import WorkspaceError
from nqcore.files.incoming import FileRefused, load_toml
from nqcore.files.incoming.toml import parse_toml

BOMBS = {
    "a key of many parts": ".".join(["a"] * 20_000) + " = 1",
    "a table of many parts": "[" + ".".join(["a"] * 20_000) + "]",
    "many such keys": "\n".join(f"k{n}." + ".".join(["a"] * 900) + " = 1" for n in range(130)),
    "parts with spaces": " . ".join(["a"] * 5000) + " = 1",
    "parts in quotes": ".".join(['"a"'] * 5000) + " = 1",
    "nested brackets": "a = " + "[" * 50_000,
    "nested tables": "a = " + "{a=" * 5000,
    "brackets over lines": "a = " + "[\n" * 5000 + "]\n" * 5000,
    "one long line": "a = '" + "x" * 20_000 + "'",
    "too big": "# x\n" * 100_000,
    "an open string": 'a = """' + '\\"' * 100_000,
    "many quotes": "'" * 100_000,
    "many backslashes": '"' + "\\" * 100_001,
    "UTF-16": "a = 1".encode("utf-16"),
    "zero bytes": b"a = 1\0",
}


@pytest.mark.parametrize("case", BOMBS)
def test_a_bomb_is_refused_by_name_within_a_second(tmp_path: Path, case: str) -> None:
    file, bomb = tmp_path / "days-off.toml", BOMBS[case]
    file.write_bytes(bomb if isinstance(bomb, bytes) else bomb.encode())
    began = time.process_time()
    with pytest.raises(FileRefused, match=r"days-off\.toml"):
        load_toml(file)
    assert time.process_time() - began < 1
    with pytest.raises(WorkspaceError, match=r"days-off\.toml"):
        read_days_off(tmp_path)


def test_settings_that_are_a_bomb_are_refused_too(tmp_path: Path) -> None:
    (tmp_path / "workspace.toml").write_text("a = " + "[" * 9999)
    with pytest.raises(WorkspaceError, match=r"workspace\.toml"):
        read_settings(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        'name = "Huyện [ủy] {a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r}"',
        "path = 'C:\\\\a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t'",
        "# a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t [[[[[[[[[[[[[[[[[[[[[[[[",
        'long = """\n[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\na.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r\n"""',
        "plugins = ['nq_a==1.2', 'nq_b']\n[a.b.c]\nd = [[1, 2], [3]]\nwhen = 2018-01-01",
    ],
)
def test_strings_and_remarks_may_hold_anything(text: str) -> None:
    assert parse_toml("x.toml", text) == tomllib.loads(text)
