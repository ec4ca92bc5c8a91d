"""A plugin says for which version of the page for plugins it was written."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from nqcore.catalogue import Plugins
from nqcore.catalogue.api_version import API_VERSION, api_mismatch
from nqcore.plugin import API_VERSION as HANDED_ON
from nqcore.plugin import Definitions, hook

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


def test_a_plugin_for_a_newer_version_is_named_as_such_and_not_by_a_hook_unknown_here() -> None:
    @hook
    def forecasts() -> None: ...

    newer = plugin(NQCORE_API=f"{MAJOR}.{MINOR + 1}", forecasts=forecasts)
    (fault,) = Plugins((), [("nq_x", newer)]).faults
    assert "install a newer nqcore" in fault.detail
    (fault,) = Plugins((), [("nq_x", plugin(forecasts=forecasts))]).faults
    assert "forecasts" in fault.detail


@pytest.mark.parametrize("raised", [ValueError("odd"), SystemExit(1)])
def test_a_plugin_whose_declaration_cannot_be_read_is_put_aside(raised: BaseException) -> None:
    class Odd:
        definitions = staticmethod(plugin().definitions)

        def __getattr__(self, name: str) -> object:
            raise raised

    found = Plugins((), [("nq_odd", Odd()), ("nq_y", plugin())])
    assert [one.name for one in found.loaded] == ["nq_y"]
    assert [fault.plugin for fault in found.faults] == ["nq_odd"]
