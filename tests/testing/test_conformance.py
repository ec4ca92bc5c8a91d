"""The conformance kit for plugins: what it reports, and that the bundled plugins conform."""

from __future__ import annotations

import pytest

from nqcore.catalogue import Plugins, build_catalogue
from nqcore.testing import check_plugin
from tests.support.small import (
    BUNDLED,
    FINE,
    Install,
)


@pytest.mark.parametrize("name", BUNDLED)
def test_every_bundled_plugin_conforms(name: str) -> None:
    assert check_plugin(name) == []


NEVER_THE_SAME = """
from nqcore.plugin import hook, parse_definitions
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


REAL_OFFICE = """
from nqcore.plugin import hook, parse_definitions
@hook
def definitions():
    units = "".join(
        f'[[unit]]\\ncode = "{code}"\\nname = "Xã"\\nkind = "commune"\\nbasis = "b"\\n'
        for code in ("huyen", "tan-khe")
    )
    return parse_definitions("f", units)
"""


def test_the_plugin_of_a_real_office_replaces_the_model_offices_that_have_its_ids(
    install: Install,
) -> None:
    install("nq_real", REAL_OFFICE)
    assert check_plugin("nq_real") == []
    (fault,) = check_plugin("nq_real", beside=["nq_res02", "nq_model_commune"])
    assert "tan-khe" in fault


def test_the_conformance_kit_knows_only_installed_plugins() -> None:
    (fault,) = check_plugin("nq_never_heard_of")
    assert "is not installed" in fault


MANY_MISTAKES = """
from nqcore.plugin import hook, parse_definitions
@hook
def definitions():
    return parse_definitions("f.toml", "[pack]\\nid = 5\\n[[unit]]\\nnam = 1\\n[[units]]\\n")
"""


def test_every_mistake_of_a_file_is_a_fault_of_its_own(install: Install) -> None:
    install("nq_many", MANY_MISTAKES)
    faults = check_plugin("nq_many")
    assert [fault.partition("f.toml, ")[2].rpartition(": ")[0] for fault in faults] == [
        "line 2: pack.id",
        "line 3: unit[1].code",
        "line 3: unit[1].kind",
        "line 4: unit[1].nam",
        "line 5: units",
    ]
    assert [fault.detail for fault in Plugins({"nq_many"}).faults] == []
    asked = Plugins({"nq_many"})
    build_catalogue(asked)
    assert len(asked.faults) == 5


BELOW = (
    """
from nqcore.plugin import hook, parse_definitions
@hook
def definitions():
    return parse_definitions("f.toml", """
    + "'''"
    + """
[pack]
id = "u"
since = 2018-01-01
basis = "b"
[[unit]]
code = "u-b"
name = "Xã B"
kind = "commune"
parent = "u-a"
[[rule]]
id = "u.r"
kind = "result"
directive = "20-NQ/TW"
title = "t"
type = "total"
indicators = ["res20.A1"]
[rule.sentences]
some = "{over} tổ chức {A1} hội nghị"
"""
    + "'''"
    + """)
"""
)
ABOVE = (
    BELOW.partition("[[rule]]")[0].replace('parent = "u-a"', "").replace("u-b", "u-a") + "''')\n"
)


def test_units_may_stand_under_those_of_another_plugin(install: Install) -> None:
    install("nq_above", ABOVE)
    install("nq_below", BELOW)
    assert check_plugin("nq_below", beside=["nq_res20"], extra=["nq_above"]) == []
