"""`nq plugins new` writes the smallest plugin that works, which the author changes by hand; `nq content pack`
one with what an office has made."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
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

from nqcore.testing import check_plugin, run_cases


def test_the_plugin_conforms() -> None:
    assert check_plugin("{name}") == []


def test_its_cases_come_out_as_they_expect() -> None:
    assert run_cases("{name}").passed  # `nq plugins test {name}` says what differs
'''

_CONTENT_TEST = '''\
"""`pip install -e . pytest && pytest`"""

from pathlib import Path

from nqcore.plugin import read_definitions
from nqcore.testing import check_plugin

BESIDE = {beside}
"""The plugins of the office that made this; it is tested beside them."""
OFFICE = read_definitions(Path(__file__).with_name("office.toml"))
"""Units of that office: those that the definitions name, and one of each kind."""


def test_the_plugin_conforms() -> None:
    assert check_plugin("{name}", beside=BESIDE, office=OFFICE) == []
'''

_README = """\
# {name}

An nqcore plugin: {what}

Install it beside nqcore, test it, and allow it in an office:

```sh
pip install -e . pytest
pytest
nq plugins check {name}
nq plugins test {name}
nq init van-phong --plugin {name}
```

The definitions are the `.toml` files in `{name}/`; the `plugins/README.md` of nqcore lists their keys.
"""


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


_CASE = """\
# A case: what must come out of a few reports. nqcore's plugins/README.md lists its keys.
[case]
title = "Hai hội nghị trong quý I"
directive = "01-KH/HU"
period = "2026-Q1"
today = 2026-04-30

[[report]]
unit = "{short}-xa-mot"
form = "{short}.q"
period = "2026-Q1"
A1 = 2

[[total]]
indicator = "{short}.A1"
period = "2026-Q1"
value = "2"
reported = 1
due = 1
"""


def write_plugin(name: str, folder: Path) -> tuple[Path, ...]:
    """Write the scaffold of plugin `name` into the new folder; return the files. Raises
    BadPluginName, FolderTaken."""
    fields = _fields(name)
    files = {
        f"{name}/definitions.toml": _TOML.format(**fields),
        f"{name}/cases/hai-hoi-nghi.toml": _CASE.format(**fields),
        "README.md": _README.format(**fields, what="what this office adds."),
        "tests/test_conforms.py": _TEST.format(**fields),
    }
    return _write(name, folder, files)


def write_content_plugin(
    name: str, folder: Path, definitions: Mapping[str, str], *, beside: Sequence[str], office: str
) -> tuple[Path, ...]:
    """Write plugin `name` with these definition files, by their names, into the new folder; return the files.
    Its test runs `beside` the plugins of those names, in an `office` that has what this text of a definition
    file says. Raises BadPluginName, FolderTaken."""
    fields = _fields(name)
    made = ", ".join(beside) or "no other plugin"
    what = f"what an office has made, beside {made}."
    files = {
        **{f"{name}/{file}": text for file, text in definitions.items()},
        "README.md": _README.format(**fields, what=what),
        "tests/test_conforms.py": _CONTENT_TEST.format(**fields, beside=_python(beside)),
        "tests/office.toml": office,
    }
    return _write(name, folder, files)


def _python(names: Sequence[str]) -> str:
    """The names as a list of Python."""
    return f"[{', '.join(json.dumps(name) for name in names)}]"


def _fields(name: str) -> dict[str, str]:
    return {
        "name": name,
        "dist": name.replace("_", "-"),
        "short": name[3:].replace("_", "-"),
        "api": API_VERSION,
    }


def _write(name: str, folder: Path, files: Mapping[str, str]) -> tuple[Path, ...]:
    if not _NAME.fullmatch(name):
        raise BadPluginName(name=name)
    if folder.exists() and any(folder.iterdir()):
        raise FolderTaken(folder=str(folder))
    fields = _fields(name)
    every = {
        "pyproject.toml": _PYPROJECT.format(**fields),
        f"{name}/__init__.py": _INIT.format(**fields),
        **files,
    }
    for place, text in every.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tuple(folder / place for place in every)
