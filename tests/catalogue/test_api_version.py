"""A plugin says for which version of the page for plugins it was written."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from nqcore.catalogue import Definitions, Plugins, hook
from nqcore.catalogue.api_version import API_VERSION, api_mismatch
from nqcore.plugin import API_VERSION as HANDED_ON

MAJOR, MINOR = map(int, API_VERSION.split("."))


def plugin(**declared: object) -> SimpleNamespace:
    def definitions() -> Definitions:
        return Definitions()

    return SimpleNamespace(definitions=hook(definitions), **declared)


def test_the_page_hands_on_the_version_that_is_compared() -> None:
    assert HANDED_ON == API_VERSION


@pytest.mark.parametrize("declared", [API_VERSION, f"{MAJOR}.0", None])
def test_a_plugin_for_this_version_or_an_earlier_minor_one_is_loaded(declared: object) -> None:
    given = {} if declared is None else {"NQCORE_API": declared}
    found = Plugins((), [("nq_x", plugin(**given))])
    assert found.faults == []
    assert [one.name for one in found.loaded] == ["nq_x"]


@pytest.mark.parametrize(
    ("declared", "says"),
    [
        (f"{MAJOR}.{MINOR + 1}", "install a newer nqcore"),
        (f"{MAJOR + 1}.0", "install a newer nqcore"),
        (f"{MAJOR - 1}.9", "install a newer version of the plugin"),
        ("1", "write it like"),
        (1.0, "write it like"),
        ("1.0.0", "write it like"),
        ("", "write it like"),
        (f"{API_VERSION}\n", "write it like"),
    ],
)
def test_a_plugin_for_another_version_is_named_and_put_aside(declared: object, says: str) -> None:
    found = Plugins((), [("nq_x", plugin(NQCORE_API=declared)), ("nq_y", plugin())])
    assert [one.name for one in found.loaded] == ["nq_y"]
    (fault,) = found.faults
    assert (fault.plugin, fault.where) == ("nq_x", "import")
    assert says in fault.detail
    assert [name for name, _ in found.collect("definitions")] == ["nq_y"]


def test_a_module_without_a_declaration_fits() -> None:
    assert api_mismatch(SimpleNamespace()) is None
