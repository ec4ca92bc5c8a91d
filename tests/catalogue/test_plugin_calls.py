"""Twelve ways of a plugin to be bad, at every hook: the rest works, the fault names it, its hook and its
version, and no figure changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from nqcore.catalogue import Plugins, build_catalogue
from nqcore.errors import PluginError
from nqcore.model.findings import FindingKind
from nqcore.model.problems import Problem, Severity
from nqcore.testing import check_plugin, check_plugin_apart
from tests.support.small import (
    FINE,
    Install,
    accepted,
    found,
    modules,
    plugin,
)
from tests.support.waiting import join_all

HOOKS = ("definitions", "rules", "checks", "report_formats", "calendars", "demo")


class Unspeakable(Exception):
    """Its words raise in turn."""

    def __str__(self) -> str:
        raise RuntimeError("not even that")


def raising(wrong: type[BaseException]) -> Callable[..., object]:
    def bad(*_given: object) -> object:
        raise wrong

    return bad


def late(*_given: object) -> Iterator[object]:
    yield SimpleNamespace()
    raise ValueError("late")


def deep(*_given: object) -> object:
    return deep()


class Thorny:
    """Every attribute of it raises."""

    def __getattr__(self, name: str) -> object:
        raise ZeroDivisionError(name)


BAD: dict[str, Callable[..., object]] = {
    "raises": raising(ValueError),
    "exits": raising(SystemExit),
    "stops its generator": raising(GeneratorExit),
    "raises a base exception": raising(BaseException),
    "raises what cannot be said": raising(Unspeakable),
    "has no memory": raising(MemoryError),
    "calls itself for ever": deep,
    "raises late": late,
    "gives a number": lambda *_given: 5,
    "gives nothing": lambda *_given: None,
    "gives thorns": lambda *_given: [Thorny()],
}


def asked(*bad: object) -> Plugins:
    plugins = Plugins((), [*modules(), *(("nq_bad", one) for one in bad)])
    plugins.loaded = [
        SimpleNamespace(name=p.name, distribution="d", version="7.7", hooks=p.hooks)  # type: ignore[misc]
        for p in plugins.loaded
    ]
    return plugins


@pytest.mark.parametrize("hook", HOOKS)
@pytest.mark.parametrize("how", BAD)
def test_a_hook_that_misbehaves_is_named_with_its_version_and_the_rest_is_unchanged(
    hook: str, how: str
) -> None:
    function = BAD[how]
    plugins = asked(plugin("nq_bad", **{hook: lambda: function()}))
    known = build_catalogue(plugins)
    if hook == "demo":
        gathered = plugins.collect("demo")
        good = [demo for name, demo in gathered if name == "nq_bad"]
        assert good == [] or not plugins.faults
    else:
        faults = [f for f in plugins.faults if f.plugin == "nq_bad"]
        assert faults
        assert {(f.plugin, f.where, f.version) for f in plugins.faults} == {("nq_bad", hook, "7.7")}
        assert str(faults[0]).startswith(f"nq_bad 7.7: {hook}: ")
    alone = build_catalogue(Plugins((), modules()))
    for table in ("units", "indicators", "forms", "targets", "tasks", "rules", "checks", "formats"):
        assert dict(getattr(known, table)) == dict(getattr(alone, table)), table
    assert known.owners == alone.owners


@pytest.mark.parametrize("how", BAD)
def test_a_rule_that_misbehaves_was_not_asked_and_the_others_say_the_same(
    tmp_path: Path, how: str
) -> None:
    with found(tmp_path / "plain", None) as ws:
        directive = next(iter(ws.directives)).id
        accepted(ws, "xa-a", A1="7")
        plain = ws.findings(directive=directive, period="2018-Q1")
    rule = SimpleNamespace(
        id="bad", kind=FindingKind.RESULT, directive=directive, findings=BAD[how]
    )
    with found(tmp_path / "ws", None, plugin("nq_bad", rules=lambda: [rule])) as ws:
        accepted(ws, "xa-a", A1="7")
        verdict = ws.reviews.verdict(directive=directive, period="2018-Q1")
        assert [(f.plugin, f.where) for f in verdict.not_evaluated] == [("nq_bad", "rule bad")]
        assert verdict.findings == plain
        assert ws.figure("A1", "2018-Q1").value == 7


@pytest.mark.parametrize("how", BAD)
def test_a_check_that_misbehaves_is_named_and_entry_goes_on(tmp_path: Path, how: str) -> None:
    check = SimpleNamespace(id="bad", form="s.q", problems=BAD[how])
    with found(tmp_path / "ws", None, plugin("nq_bad", checks=lambda: [check])) as ws:
        sheet = ws.entry.sheet(ws.submissions.obligation("xa-a", "s.q", "2018-Q1"))
        assert [(f.plugin, f.where) for f in sheet.faults] == [("nq_bad", "check bad")]
        accepted(ws, "xa-a", A1="7")
        assert ws.figure("A1", "2018-Q1").value == 7


def test_a_check_that_changes_what_it_is_given_changes_nothing(tmp_path: Path) -> None:
    def bend(entry: object) -> tuple[()]:
        for answers in (entry.answers, entry.before):  # type: ignore[attr-defined]
            answers["A1"] = 999  # refused: it is a view
        return ()

    seen: list[object] = []
    checks = [
        SimpleNamespace(id="a-bad", form="s.q", problems=bend),
        SimpleNamespace(
            id="b-good", form="s.q", problems=lambda entry: seen.append(dict(entry.answers)) or ()
        ),
    ]
    with found(tmp_path / "ws", None, plugin("nq_bad", checks=lambda: checks)) as ws:
        accepted(ws, "xa-a", A1="7")
        assert ws.figure("A1", "2018-Q1").value == 7
        assert 999 not in [value for answers in seen for value in answers.values()]  # type: ignore[attr-defined]


@pytest.mark.parametrize("how", BAD)
def test_a_layout_that_misbehaves_is_named_and_the_others_write(tmp_path: Path, how: str) -> None:
    layout = SimpleNamespace(name="bad", title="t", suffix=".x", media_type="x/y", write=BAD[how])
    with found(tmp_path / "ws", None, plugin("nq_bad", report_formats=lambda: [layout])) as ws:
        directive = next(iter(ws.directives)).id
        accepted(ws, "xa-a", A1="7")
        with pytest.raises(PluginError, match="nq_bad"):
            ws.report(directive=directive, period="2018-Q1", format="bad")
        assert ws.report(directive=directive, period="2018-Q1", format="json").data


def test_a_keyboard_interrupt_of_a_plugin_does_not_end_a_request() -> None:
    plugins: list[Plugins] = []
    bad = plugin("nq_bad", rules=raising(KeyboardInterrupt))  # type: ignore[arg-type]

    def work() -> None:
        plugins.append(asked(bad))
        build_catalogue(plugins[0])

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    join_all([worker])
    assert [f.detail for f in plugins[0].faults] == ["KeyboardInterrupt"]


def test_a_real_interrupt_still_stops_the_program() -> None:
    with pytest.raises(KeyboardInterrupt):
        asked(plugin("nq_bad", rules=raising(KeyboardInterrupt))).collect("rules")  # type: ignore[arg-type]


def test_one_name_twice_keeps_the_first_and_names_the_second() -> None:
    plugins = asked(plugin("nq_bad"), plugin("nq_bad"))
    assert [(f.plugin, f.where) for f in plugins.faults] == [("nq_bad", "hooks")]


# -- what is allowed, before anything is imported --------------------------------------------------


def test_another_version_than_the_allowed_one_is_not_imported(install: Install) -> None:
    install("nq_loud", "raise AssertionError('imported')")
    (fault,) = Plugins(("nq_loud==1.1", "nq_res20")).faults
    assert (fault.plugin, fault.where, fault.version) == ("nq_loud", "import", "1.2")
    assert "the list allows only 1.1" in fault.detail


def test_the_allowed_version_is_loaded(install: Install) -> None:
    install("nq_fine", FINE)
    plugins = Plugins(("nq_fine==1.2",))
    assert plugins.faults == []
    assert [(p.name, p.version) for p in plugins.loaded] == [("nq_fine", "1.2")]


# -- what no caller can contain: found before it is allowed ----------------------------------------

KILLING = {
    "ends the process": "import os; os._exit(0)",
    "ends it with a fault": "import os; os._exit(1)",
    "kills it": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "loops for ever": "while True: pass",
    "takes all the memory": "x = [bytearray(10**9) for n in range(9)]",
}


@pytest.mark.slow
@pytest.mark.parametrize("how", KILLING)
@pytest.mark.parametrize("where", ["import", "definitions"])
def test_what_would_end_or_block_the_process_is_found_in_a_child(
    install: Install,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
    where: str,
) -> None:
    monkeypatch.setattr("nqcore.testing.apart.SECONDS", 6)
    code = KILLING[how]
    if where == "definitions":
        code = f"from nqcore.plugin import hook\n@hook\ndef definitions():\n    {code}\n"
    install("nq_deadly", code)
    said = " ".join(check_plugin_apart("nq_deadly").faults)
    assert "nq_deadly" in said
    assert "Take it off the list" in said or "MemoryError" in said


def test_a_good_plugin_passes_in_the_child_too(install: Install) -> None:
    install("nq_fine", FINE)
    assert check_plugin_apart("nq_fine") == ((), ())
    assert check_plugin("nq_fine") == []


def test_a_district_with_a_letterhead_of_its_own_stands_in_place_of_the_model(
    install: Install,
) -> None:
    letterhead = (
        '[pack]\\nid = "x"\\nsince = 2018-01-01\\nbasis = "b"\\n[letterhead]\\nsuperior = "s"\\n'
        'body = "b"\\nplace = "p"\\nsymbol = "s"\\nauthority = "a"\\npost = "p"\\n'
    )
    install(
        "nq_mine",
        "from nqcore.plugin import hook, parse_definitions\n"
        f"@hook\ndef definitions(): return parse_definitions('x.toml', '{letterhead}')\n",
    )
    assert check_plugin("nq_mine") == []


def test_a_rule_of_a_type_that_does_not_exist_is_found(install: Install) -> None:
    text = (
        '[pack]\\nid = "x"\\nsince = 2018-01-01\\nbasis = "b"\\n[[rule]]\\nid = "x.r"\\nkind = "result"\\n'
        'directive = "20-nq-tw.2008-01-28"\\ntitle = "t"\\ntype = "nothing"\\n'
    )
    install(
        "nq_mine",
        "from nqcore.plugin import hook, parse_definitions\n"
        f"@hook\ndef definitions(): return parse_definitions('x.toml', '{text}')\n",
    )
    (said,) = check_plugin("nq_mine")
    assert "there is no rule type “nothing”" in said


def boom() -> object:
    raise ValueError("boom")


def leave() -> object:
    raise SystemExit(1)


def later() -> object:
    yield SimpleNamespace(id="x", form="s.q", problems=lambda entry: ())
    raise ValueError("boom later")


BAD_HOOKS: dict[str, tuple[str, Callable[[], object], str]] = {
    "definitions raises": ("definitions", boom, "ValueError: boom"),
    "definitions exits": ("definitions", leave, "SystemExit"),
    "definitions gives a dict": ("definitions", dict, "returned dict, not Definitions"),
    "definitions gives nothing": ("definitions", lambda: None, "returned NoneType"),
    "rules raises": ("rules", boom, "ValueError: boom"),
    "rules gives nothing": ("rules", lambda: None, "returned NoneType; return a list"),
    "rules gives numbers": ("rules", lambda: [1, 2], "int has no id, kind, directive, findings"),
    "rules gives half a rule": ("rules", lambda: [SimpleNamespace(id="r")], "has no kind"),
    "checks raises late": ("checks", later, "ValueError: boom later"),
    "checks gives text": ("checks", lambda: "no", "str has no id, form, problems"),
    "report_formats gives half": (
        "report_formats",
        lambda: [SimpleNamespace(name="n")],
        "has no title",
    ),
}


@pytest.mark.parametrize(("hook", "function", "says"), BAD_HOOKS.values(), ids=BAD_HOOKS)
def test_a_hook_that_fails_is_named_and_gives_nothing_while_the_rest_works(
    tmp_path: Path, hook: str, function: Callable[[], object], says: str
) -> None:
    bad = plugin("nq_bad", **{hook: lambda: function()})
    with found(tmp_path / "ws", None, bad) as ws:
        assert {(f.plugin, f.where) for f in ws.faults} == {("nq_bad", hook)}
        assert says in ws.faults[0].detail
        assert "nq_bad" not in ws.catalogue.owners.values()
        accepted(ws, "xa-a", A1="7")
        assert ws.figure("A1", "2018-Q1").value == 7


def check_that(does: Callable[[], object]) -> object:
    return SimpleNamespace(id="bad.check", form="s.q", problems=lambda entry: does())


def half() -> object:
    yield Problem(field="A1", code="half", severity=Severity.ERROR, template="half")
    raise ValueError("boom")


def unprintable() -> object:
    return [Problem(field="A1", code="x", severity=Severity.ERROR, template="{missing}")]


@pytest.mark.parametrize(
    "does",
    [boom, leave, half, unprintable, lambda: None, lambda: [1], lambda: ["text"]],
    ids=["raises", "exits", "raises halfway", "unprintable", "nothing", "number", "text"],
)
def test_a_check_that_fails_is_named_and_saving_and_sending_go_on(
    tmp_path: Path, does: Callable[[], object]
) -> None:
    bad = plugin("nq_bad", checks=lambda: [check_that(does)])
    with found(tmp_path / "ws", None, bad) as ws:
        revision = accepted(ws, "xa-a", A1="7")
        sheet = ws.entry.sheet(revision)
        assert [(f.plugin, f.where) for f in sheet.faults] == [("nq_bad", "check bad.check")]
        assert sheet.blocking == ()
        assert ws.figure("A1", "2018-Q1").value == 7


def test_a_check_that_works_is_asked_for_its_own_form_only(tmp_path: Path) -> None:
    asked: list[str] = []

    def watch(form: str) -> object:
        return SimpleNamespace(id=form, form=form, problems=lambda entry: asked.append(form) or ())

    watching = plugin("nq_watch", checks=lambda: [watch("s.q"), watch("other")])
    with found(tmp_path / "ws", None, watching) as ws:
        accepted(ws, "xa-a")
    assert set(asked) == {"s.q"}
