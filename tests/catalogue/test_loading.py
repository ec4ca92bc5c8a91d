"""Plugins: found by entry point, loaded singly, every fault named."""

from __future__ import annotations

import pytest

from nqcore.catalogue import Plugins, available, build_catalogue
from nqcore.errors import UnknownName
from tests.support.small import (
    BUNDLED,
    FINE,
    SMALL,
    Install,
    plugin,
)


def test_the_bundled_plugins_are_found_by_entry_point_and_none_is_imported_for_it() -> None:
    names = [point.name for point in available()]
    assert names == sorted(names)
    assert set(BUNDLED) <= set(names)


def test_a_plugin_is_loaded_only_when_its_name_is_allowed(install: Install) -> None:
    install("nq_loud", "raise AssertionError('imported')")
    assert Plugins(("nq_res20",)).faults == []
    assert [f.plugin for f in Plugins(("nq_res20", "nq_loud")).faults] == ["nq_loud"]


def test_a_loaded_plugin_tells_its_distribution_version_and_hooks(install: Install) -> None:
    install("nq_fine", FINE, dist="nq-fine-dist")
    (info,) = Plugins(("nq_fine",)).loaded
    assert (info.name, info.distribution, info.version, info.hooks) == (
        "nq_fine",
        "nq-fine-dist",
        "1.2",
        ("definitions",),
    )


BROKEN_IMPORTS = {
    "raises": ("raise RuntimeError('no luck')", "RuntimeError: no luck"),
    "exits": ("import sys; sys.exit(3)", "SystemExit: 3"),
    "has a syntax error": ("def (", "SyntaxError"),
    "imports what is not there": ("import not_there_at_all", "ModuleNotFoundError"),
}


@pytest.mark.parametrize(("code", "says"), BROKEN_IMPORTS.values(), ids=BROKEN_IMPORTS)
def test_a_plugin_that_cannot_be_imported_is_named_and_the_others_work(
    install: Install, code: str, says: str
) -> None:
    install("nq_broken", code)
    plugins = Plugins(("nq_broken", "nq_res20"))
    (fault,) = plugins.faults
    assert (fault.plugin, fault.where) == ("nq_broken", "import")
    assert says in fault.detail
    assert [p.name for p in plugins.loaded] == ["nq_res20"]
    assert build_catalogue(plugins).owner("form", "res20.q") == "nq_res20"


def test_a_plugin_that_is_not_installed_is_named() -> None:
    (fault,) = Plugins(("nq_gone",)).faults
    assert (fault.plugin, fault.where) == ("nq_gone", "import")
    assert "is not installed; install it or take it off the list" in fault.detail


def test_one_name_in_two_distributions_is_a_fault_that_names_both(install: Install) -> None:
    install("nq_twice", FINE, dist="one", module="nq_twice_one")
    install("nq_twice", FINE, dist="two", module="nq_twice_two")
    plugins = Plugins(("nq_twice",))
    (fault,) = plugins.faults
    assert "one" in fault.detail
    assert "two" in fault.detail
    assert plugins.loaded == []


@pytest.mark.parametrize(
    "bad",
    [
        plugin("nq_bad", no_such_hook=lambda: ()),
        plugin("nq_bad", rules=lambda surplus: ()),  # type: ignore[arg-type, misc]  # the fault
    ],
    ids=["a hook that does not exist", "a hook with an argument"],
)
def test_a_hook_that_is_none_of_ours_is_named_and_the_plugin_left_out(bad: object) -> None:
    plugins = Plugins((), [("nq_small", SMALL), ("nq_bad", bad)])
    assert [(f.plugin, f.where) for f in plugins.faults] == [("nq_bad", "hooks")]
    assert [p.name for p in plugins.loaded] == ["nq_small"]
    assert build_catalogue(plugins).owner("form", "s.q") == "nq_small"


def test_errors_of_nqcore_are_reported_without_their_class_name() -> None:
    def refuse() -> object:
        raise UnknownName(kind="thing", name="x")

    (fault,) = build_catalogue(Plugins((), [("nq_bad", plugin("nq_bad", rules=refuse))])).faults
    assert fault.detail == "There is no thing “x”."
