"""`nq plugins new`: writes the smallest plugin that works; the author changes it by hand."""

from __future__ import annotations

import re
from pathlib import Path

from nqcore.catalogue.api_version import API_VERSION
from nqcore.errors import N_, InputError

_NAME = re.compile(r"nq_[a-z][a-z0-9_]{0,40}")

_PYPROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "{dist}"
version = "0.1.0"
description = "An nqcore plugin."
requires-python = ">=3.11"
dependencies = ["nqcore"]

[project.entry-points.nqcore]
{name} = "{name}"

[tool.hatch.build.targets.wheel]
packages = ["{name}"]
"""

_INIT = '''\
"""An nqcore plugin: what this office adds."""

from nqcore.plugin import Definitions, hook, read_definitions

NQCORE_API = "{api}"


@hook
def definitions() -> Definitions:
    """Everything that the .toml files beside this one say."""
    return read_definitions(__name__)
'''

_TOML = """\
# What this office adds. Every value is dated and has its legal basis: here once for the whole file,
# or at the item itself. nqcore's plugins/README.md lists the keys.
[pack]
id = "{short}"
since = 2026-01-01
basis = "Kế hoạch số …-KH/HU, ngày …"

[[unit]]
code = "{short}"
name = "Huyện …"
kind = "committee"

[[unit]]
code = "{short}-xa-mot"
name = "Xã Một"
kind = "commune"
parent = "{short}"

[[directive]]
type = "Kế hoạch"
number = "01-KH/HU"
issuer = "HU"
body = "Ban Thường vụ Huyện ủy"
title = "về …"

[[indicator]]
label = "A1"
name = "Số hội nghị quán triệt"
measure = "hội nghị"

[[form]]
id = "{short}.q"
title = "Báo cáo quý"
directive = "01-KH/HU"
every = "quarter"
due = {{ day = 10, months_after = 1 }}
owed_by = {{ kinds = ["commune"] }}

[[form.section]]
key = "A"
title = "Quán triệt, tuyên truyền"
figures = ["A1"]
"""

_TEST = '''\
"""`pip install -e . pytest && pytest`"""

from nqcore.testing import check_plugin


def test_the_plugin_conforms() -> None:
    assert check_plugin("{name}") == []
'''


class BadPluginName(InputError):
    """The text cannot be the name of a plugin."""

    code = "bad-plugin-name"
    template = N_(
        "“{name}” cannot be a plugin's name. Write nq_ and small letters, such as nq_tan_hoa."
    )

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)


class FolderTaken(InputError):
    """The folder is not empty."""

    code = "folder-taken"
    template = N_("{folder} is not empty. Choose a new folder.")

    def __init__(self, *, folder: str) -> None:
        super().__init__(folder=folder)


def write_plugin(name: str, folder: Path) -> tuple[Path, ...]:
    """Write the scaffold of plugin `name` into the new folder; return the files. Raises
    BadPluginName, FolderTaken."""
    if not _NAME.fullmatch(name):
        raise BadPluginName(name=name)
    if folder.exists() and any(folder.iterdir()):
        raise FolderTaken(folder=str(folder))
    fields = {
        "name": name,
        "dist": name.replace("_", "-"),
        "short": name[3:].replace("_", "-"),
        "api": API_VERSION,
    }
    files = {
        folder / "pyproject.toml": _PYPROJECT,
        folder / name / "__init__.py": _INIT,
        folder / name / "definitions.toml": _TOML,
        folder / "tests" / "test_conforms.py": _TEST,
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(**fields), "utf-8")
    return tuple(files)
