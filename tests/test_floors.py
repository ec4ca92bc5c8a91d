"""The house: a floor imports only floors below it, and each outside library has its one room."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path
from types import FunctionType

import pytest

import nqcore
from tests.support.small import ROOT, finish, python

BUNDLED = sorted(path.parent.name for path in (ROOT / "plugins").glob("*/__init__.py"))

FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"errors", "clock", "progress", "version"}),
    frozenset({"text", "formulas", "store"}),
    frozenset({"model", "files"}),
    frozenset({"catalogue"}),
    frozenset({"collection"}),
    frozenset({"analysis"}),
    frozenset({"workspace", "plugin"}),
    frozenset({"testing"}),
    frozenset({"cli"}),
)
"""The rooms and modules of nqcore from the ground up; one imports only what lies on a floor below."""

PAGE_FOLDERS = frozenset({"entry", "approval", "results", "admin"})
"""The folders of webforms with pages: each builds on `shared` and `security`, and knows no other."""
BELOW_PAGES = {
    "shared": {"shared"},
    "security": {"shared", "security"},
    "workers": {"shared", "security", "workers"},
} | {folder: {"shared", "security", folder} for folder in PAGE_FOLDERS}
"""What each folder of webforms imports of webforms. The modules beside the folders import them all."""


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    """The dotted name of the module in that file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for folder in ("nqcore", "webforms") for path in files(folder)}


def imports(path: Path) -> Iterator[str]:
    """Every module that the file imports anywhere in it: also inside functions and for types only. A
    name taken from a package counts as the module of that name where there is one."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            module = node.module or ""
            for alias in node.names:
                inner = f"{module}.{alias.name}"
                yield inner if inner in MODULES or module == "nqcore" else module


def floor_of(module: str) -> str:
    """errors, text, model … of a dotted name; "" for nqcore itself and for what is not nqcore."""
    parts = module.split(".")
    return parts[1] if parts[0] == "nqcore" and len(parts) > 1 else ""


def parts_of(room: str) -> dict[str, set[str]]:
    """Which parts (files and folders) directly in `room` import which others of them."""
    found: dict[str, set[str]] = {}
    depth = room.count(".") + 1
    for name, path in MODULES.items():
        if not name.startswith(room + "."):
            continue
        part = name.split(".")[depth]
        inside = (m for m in imports(path) if m.startswith(room + "."))
        found.setdefault(part, set()).update({m.split(".")[depth] for m in inside} - {part})
    return found


ROOMS = sorted(name for name, path in MODULES.items() if path.name == "__init__.py")


def test_every_module_of_nqcore_stands_on_a_floor() -> None:
    on_floors = {name for floor in FLOORS for name in floor}
    assert {floor_of(name) for name in MODULES} - {""} <= on_floors
    assert len(FLOORS) <= 9
    assert sum(len(floor) for floor in FLOORS) == len(on_floors)


def test_the_map_draws_the_floors_as_they_are() -> None:
    text = (ROOT / "nqcore" / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d) \| ([^|]+) \|", text, re.M)
    drawn = {int(nth): frozenset(re.findall(r"`(\w+)`", names)) for nth, names in rows}
    assert drawn == dict(enumerate(FLOORS, 1))
    for part in re.findall(r"`(\w+)/`", text):
        places = (ROOT / part, *(ROOT / "nqcore").rglob(part), ROOT / "webforms" / part)
        assert any(place.is_dir() for place in places), part


def rows_of_the_map() -> Iterator[tuple[Path, str]]:
    """Each part that the second table of the map draws: the folder of its room, and its name."""
    text = (ROOT / "nqcore" / "README.md").read_text("utf-8")
    table = text.split("### Inside the larger rooms")[1].split("\n## ")[0]
    room = ""
    for first, parts in re.findall(r"^\| (?:`(\w+)` )?\| ([^|]+) \|", table, re.M):
        room = first or room
        if room:
            folder = ROOT / room if room == "webforms" else ROOT / "nqcore" / room
            yield from ((folder, name) for name in re.findall(r"`(\w+/?)`", parts))


def test_the_map_draws_every_folder_and_no_part_that_does_not_exist() -> None:
    drawn = list(rows_of_the_map())
    for folder, name in drawn:
        assert (folder / (name if name.endswith("/") else f"{name}.py")).exists(), folder / name
    folders = {
        path.parent
        for depth in ("nqcore/*/*", "webforms/*")
        for path in ROOT.glob(f"{depth}/__init__.py")
    }
    assert folders == {folder / name for folder, name in drawn if name.endswith("/")}


def test_the_hall_holds_eleven_rooms_and_at_most_twelve_modules() -> None:
    inside = [path for path in (ROOT / "nqcore").iterdir() if path.name != "__pycache__"]
    rooms = {path.name for path in inside if (path / "__init__.py").exists()}
    assert rooms == {
        *("text", "formulas", "store", "model", "files", "catalogue"),
        *("collection", "analysis", "workspace", "testing", "cli"),
    }
    assert sum(path.suffix == ".py" for path in inside) <= 12


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_imports_only_floors_below_its_own(name: str) -> None:
    if name == "nqcore":
        return
    above = {room: nth for nth, floor in enumerate(FLOORS) for room in floor}
    for module in imports(MODULES[name]):
        other = floor_of(module)
        if name.startswith("webforms"):
            assert other != "cli", f"{name} imports {module}"
        elif other and other != floor_of(name):
            assert above[other] < above[floor_of(name)], f"{name} imports {module}"
        else:
            assert not module.startswith("webforms"), f"{name} imports {module}"


@pytest.mark.parametrize("room", ROOMS)
def test_the_parts_of_a_room_stand_in_an_order_without_a_circle(room: str) -> None:
    tuple(TopologicalSorter(parts_of(room)).static_order())  # raises CycleError, naming the circle


def test_no_module_comes_back_to_itself_through_those_it_imports() -> None:
    graph = {
        name: {other for other in imports(path) if other in MODULES} - {name}
        for name, path in MODULES.items()
    }
    tuple(TopologicalSorter(graph).static_order())


def test_a_folder_of_pages_knows_only_what_all_pages_share() -> None:
    folders = {
        path.name for path in (ROOT / "webforms").iterdir() if (path / "__init__.py").exists()
    }
    assert folders == set(BELOW_PAGES)
    for name, path in MODULES.items():
        folder = name.split(".")[1] if name.count(".") > 1 else ""
        if name.startswith("webforms.") and folder:
            for module in imports(path):
                if module.startswith("webforms."):
                    assert module.split(".")[1] in BELOW_PAGES[folder], f"{name} imports {module}"


FOR_PAGES = (
    *("nqcore.errors", "nqcore.clock", "nqcore.version", "nqcore.model", "nqcore.text"),
    "nqcore.files",  # the gate for files from outside, and checked files going out
    *("nqcore.workspace.facade", "nqcore.workspace.opening"),
)
"""What the web forms import freely. All else they reach through `Workspace` and its services."""

SHOWN_BY_PAGES: dict[str, set[str]] = {
    "nqcore.catalogue.contracts": {"ReportFormat"},
    "nqcore.analysis.findings.evidence_strip": {"EvidenceStrip", "StripState"},
    "nqcore.analysis.series.figure_table": {"FigureTable", "SeriesRow"},
    "nqcore.analysis.series.times": {"SeriesTime", "TimeStep"},
    "nqcore.collection.monitoring.debts": {"UnsettledReports"},
    "nqcore.collection.archive.audit_query": {"AuditKind", "AuditQuery"},
    "nqcore.collection.archive.audit_trail": {"AuditEntry", "AuditPage"},
    "nqcore.collection.monitoring.reminders": {"Reminder"},
    "nqcore.collection.search.entries": {"Entry", "Found"},
    "nqcore.collection.search.everything": {"FoundThings"},
    # rights: who asks for what
    "nqcore.collection.accounts.access": {"Account", "Action", "Role"},
    "nqcore.collection.accounts.few_at_once": {"FewAtOnce"},
    "nqcore.collection.accounts.passwords": {"PasswordsBusy"},
    # what is typed, and the sheet of a report with it
    "nqcore.collection.own_outlines": {"OwnOutline"},
    "nqcore.collection.validation": {"FormReading"},
    "nqcore.collection.entry.entry_sheet": {"EXPLANATION", "EntryRow", "EntrySheet"},
    "nqcore.collection.entry.merge": {"MergedDraft"},
    "nqcore.collection.entry.workbook": {"Upload"},
    # rows of lists and tables
    "nqcore.collection.monitoring.board": {"Board", "BoardSubtree"},
    "nqcore.collection.monitoring.plan_matrix": {"PlanStatus", "UnitPlan"},
    "nqcore.collection.monitoring.task_coverage": {"CoveredItem", "TaskCoverage", "UnlinkedTask"},
    "nqcore.collection.monitoring.task_progress": {"TaskOverview"},
    "nqcore.collection.monitoring.timetable": {"DeadlineGroup"},
    "nqcore.collection.submissions.period_locks": {"PeriodLock"},
    # units that change
    "nqcore.collection.reorganisation.change_request": {"ChangeProposal", "ChangeRequest"},
    "nqcore.collection.reorganisation.impact": {
        *("Comparability", "ComparisonImpact", "ImpactPreview"),
    },
    "nqcore.collection.reorganisation.open_duties": {"OpenDuty"},
    "nqcore.collection.reorganisation.reorganisation": {"EnteredChange"},
    "nqcore.workspace.unit_list": {"NoUnitsListed", "UnitList"},
    # what the office makes itself
    "nqcore.catalogue.item_kinds": {"Item"},
    "nqcore.catalogue.item_mistakes": {"ItemMistake"},
    "nqcore.catalogue.owners": {"WORKSPACE"},
    "nqcore.collection.content.changes": {"ContentPlan", "ContentStep"},
    "nqcore.collection.content.usage": {"UsedBy"},
    "nqcore.analysis.indicator_uses": {"AskedInVain", "IndicatorUse"},
    "nqcore.workspace.services.content": {"OwnedItem"},
    "nqcore.collection.accounts.sign_in_links": {"SignInLink"},
    # figures and the review
    "nqcore.formulas": {"Reason"},
    "nqcore.analysis.rollup.like_for_like": {"LikeForLike"},
    "nqcore.analysis.provenance.explain_counts": {"ReadValue"},
    "nqcore.analysis.findings": {"Review"},
    "nqcore.analysis.overview": {"FormProgress", "Overview", "TurnedFigure"},
    "nqcore.analysis.unit_profile": {"ProfileFigure"},
    "nqcore.analysis.findings.held_targets": {"HeldTarget"},
    "nqcore.analysis.findings.review_address": {"ReviewAddress"},
    "nqcore.analysis.findings.target_verdicts": {"TargetVerdict"},
    "nqcore.analysis.report.decisions": {"FindingProposal", "Selection"},
    "nqcore.analysis.report.choosing": {"KindSelection"},
    "nqcore.analysis.editions.edition": {"Edition", "EditionHead"},
    "nqcore.analysis.frozen.causes": {"CAUSE_WORDS"},
    "nqcore.analysis.frozen.words": {"ChangedNumber"},
    "nqcore.analysis.frozen.difference": {
        *("Causes", "FigureChange", "ReportDiff", "SentenceChange"),
    },
    "nqcore.analysis.readback": {"CheckedDocument", "CheckedNumber", "NumberStatus"},
    "nqcore.analysis.report.drafting": {
        *("DraftStep", "DraftedBlock", "DraftedReport", "Joining", "OwnKind", "PaperDetails"),
    },
    "nqcore.analysis.report.wording_check": {"Remark"},
    # the office's settings, what its files may be, the known password of a demo
    "nqcore.collection.settings": {"Settings"},
    "nqcore.workspace.asked_review": {"ReviewKeywords"},
    "nqcore.collection.submissions.attachments": {"MAX_BYTES", "MAX_FILES", "MEDIA_TYPES"},
    "nqcore.workspace.demo": {"PASSWORD"},
    # tables that are read in: the mapping that a form says, and what it makes of the cells
    "nqcore.workspace.table_import.mapping": {
        *(
            "LEFT_OUT",
            "TOTAL_ROW",
            "RowAxis",
            "SignMeaning",
            "TableColumn",
            "TableMapping",
            "ColumnUse",
        ),
    },
    "nqcore.workspace.table_import.plan": {"TableLook"},
    "nqcore.workspace.table_import.reading": {"FATES", "Fate"},
    "nqcore.workspace.table_import.table_file": {"SheetView", "TableFile"},
}
"""Types and limits of the collection and the analysis that pages show or name."""

REFUSALS_TO_PAGES: dict[str, set[str]] = {
    "nqcore.collection.accounts.directory": {"LinkRefused"},
    "nqcore.collection.entry.workbook": {"WrongTemplate"},
    "nqcore.collection.submissions.period_locks": {"PeriodLocked"},
    "nqcore.collection.submissions.step_rules": {"BehalfReasonMissing"},
    "nqcore.collection.submissions.workflow": {"RefusedSubmission"},
    "nqcore.collection.validation.texts": {"TextRefused"},
    "nqcore.analysis.provenance.explain_figures": {"ScopeError"},
    "nqcore.analysis.report.tied_words": {"Contradicted"},
    "nqcore.analysis.report.wording_check": {"AgainstFigures"},
    "nqcore.store": {"StoreBusy", "StoreFull", "StoreStopped"},
    "nqcore.workspace.import_plan": {"ImportRefused"},
}
"""Errors that a page answers in a way of its own."""

PURE_FOR_PAGES: dict[str, set[str]] = {
    # what a button puts into boxes: a sheet in, texts out
    "nqcore.collection.entry.autofill": {
        *("fill_empty_boxes", "last_values", "in_unicode", "newly_filled"),
        *("without_filled", "zeros"),
    },
    "nqcore.collection.entry.merge": {"merge_explanations"},
    "nqcore.collection.entry.workbook": {"moved_texts"},
    # figures and sentences as text, and ids in addresses read back
    "nqcore.analysis.report.sentences": {"figure_text", "sentence_text", "text_of"},
    "nqcore.analysis.report.choosing": {"kind_selections"},
    # what could be asked less, of the uses that a page has looked up already
    "nqcore.analysis.indicator_uses": {"asked_in_vain"},
    "nqcore.analysis.findings.review_periods": {"first_asked", "in_order"},
    "nqcore.analysis.findings.target_verdicts": {"path_value"},
    "nqcore.analysis.frozen.words": {"block_words", "change_names"},
    "nqcore.analysis.readback.words": {
        *("counts_of", "notes_of", "place_words", "status_words", "why_words"),
    },
    "nqcore.analysis.report.blocks": {"numbered", "paragraph_text"},
    "nqcore.analysis.provenance.explain_counts": {"read_count_id"},
    "nqcore.analysis.provenance.explain_figures": {"read_scope"},
    # a mapping as one field of a form
    "nqcore.workspace.table_import.mapping": {"read_mapping", "written_mapping"},
    # a definition as a table, as the boxes of its page say it
    "nqcore.catalogue.form_tables": {"question_type"},
    "nqcore.catalogue.item_kinds": {"item_text", "table_of"},
    # the secret that signs cookies lies beside the key of the journal; only the application asks
    "nqcore.store.secret": {"load_secret", "make_secret", "secret_file"},
    "nqcore.store.sqlite_errors": {"full_or_busy"},
}
"""Functions of values alone, which need no workspace."""


def names_taken_from_nqcore(path: Path) -> Iterator[tuple[str, str]]:
    """(module, name) of what the file imports of nqcore; the name of a whole module is ""."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((each.name, "") for each in node.names if floor_of(each.name))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "nqcore":
            for each in node.names:
                inner = f"{node.module}.{each.name}"
                yield (inner, "") if inner in MODULES else (node.module or "", each.name)


def test_the_web_forms_reach_nqcore_through_the_workspace_and_its_values() -> None:
    taken = {
        (module, name)
        for path in files("webforms")
        for module, name in names_taken_from_nqcore(path)
        if not any(module == free or module.startswith(free + ".") for free in FOR_PAGES)
    }
    listed = [
        (module, name)
        for table in (SHOWN_BY_PAGES, REFUSALS_TO_PAGES, PURE_FOR_PAGES)
        for module, names in table.items()
        for name in names
    ]
    assert len(listed) == len(set(listed))
    assert taken == set(listed)


def test_what_pages_may_import_is_what_its_list_says() -> None:
    def found(table: dict[str, set[str]]) -> list[object]:
        return [
            getattr(import_module(module), name)
            for module, names in table.items()
            for name in names
        ]

    assert not any(isinstance(one, FunctionType) for one in found(SHOWN_BY_PAGES))
    for refusal in found(REFUSALS_TO_PAGES):
        assert isinstance(refusal, type)
        assert issubclass(refusal, nqcore.NqError)
    assert all(isinstance(one, FunctionType) for one in found(PURE_FOR_PAGES))


def test_no_class_of_the_shipped_code_has_the_name_of_another() -> None:
    found: dict[str, list[str]] = {}
    for folder in ("nqcore", "webforms", "plugins"):
        for path in files(folder):
            for node in tree_of(path).body:
                if isinstance(node, ast.ClassDef):
                    found.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in found.items() if len(paths) > 1} == {}


def test_only_the_store_knows_tinydb() -> None:
    knowing = {
        path.relative_to(ROOT).parts[:2]
        for folder in ("nqcore", "webforms", "plugins")
        for path in files(folder)
        if any(module.split(".")[0] == "tinydb" for module in imports(path))
    }
    assert knowing == {("nqcore", "store")}


@pytest.mark.parametrize("library", ["flask", "flask_wtf", "wtforms", "werkzeug", "jinja2"])
def test_only_the_web_forms_know_the_web(library: str) -> None:
    for folder in ("nqcore", "plugins"):
        for path in files(folder):
            assert library not in {module.split(".")[0] for module in imports(path)}, path


CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}


def readings_of_the_clock(path: Path) -> list[str]:
    """Calls such as ``datetime.now(…)``, ``datetime.date.today()``, ``time.time()``."""
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if (name, node.attr) in CLOCKS:
                found.append(f"{path}:{node.lineno}")
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            found += [
                f"{path}:{node.lineno}" for alias in node.names if ("time", alias.name) in CLOCKS
            ]
    return found


def test_only_the_clock_reads_the_clock() -> None:
    reading = [
        at
        for folder in ("nqcore", "plugins")
        for path in files(folder)
        for at in readings_of_the_clock(path)
    ]
    assert [at for at in reading if not at.startswith(str(ROOT / "nqcore" / "clock.py"))] == []
    assert reading, "this test finds no reading of the clock at all"


# -- plugins -------------------------------------------------------------------------------------

FOR_PLUGINS = {"nqcore", "nqcore.plugin", "nqcore.testing"}
"""What an author may import: one page of names, and the kit for his tests."""


@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_plugin_imports_the_page_for_plugins_and_nothing_else_of_nqcore(
    name: str,
) -> None:
    for path in files(f"plugins/{name}"):
        for module in imports(path):
            top = module.split(".")[0]
            assert top != "webforms", path
            assert top == name or top not in BUNDLED, f"{path} imports {module}"
            if top == "nqcore":
                assert module in FOR_PLUGINS, f"{path} imports {module}"


def test_no_module_of_nqcore_imports_the_page_for_plugins() -> None:
    for name, path in MODULES.items():
        assert "nqcore.plugin" not in set(imports(path)), name


# -- the package itself --------------------------------------------------------------------------


def test_the_public_names_are_these_and_all_of_them_are_there() -> None:
    assert nqcore.__all__ == [
        "Citation",
        "NqError",
        "Workspace",
        "create",
        "find_citations",
        "open",
    ]
    for name in nqcore.__all__:
        assert getattr(nqcore, name) is not None


LOADED = "import sys, nqcore; print(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
HEAVY = {
    "flask",
    "wtforms",
    "werkzeug",
    "numpy",
    "docx",
    "lxml",
    "babel",
    "argon2",
    "waitress",
    "hypothesis",
}


def test_importing_nqcore_loads_nothing_but_itself() -> None:
    (done,) = finish([python(LOADED)])
    assert done.code == 0, done.err
    loaded = set(done.out.split())
    assert "nqcore" in loaded
    assert loaded & {*HEAVY, "tinydb", "pluggy", "click"} == set()


@pytest.mark.parametrize("name", sorted({*nqcore.__all__, "plugin"}))
def test_no_public_name_loads_what_only_some_need(name: str) -> None:
    code = f"import sys, nqcore, nqcore.plugin; nqcore.{name}; print(' '.join(sys.modules))"
    (done,) = finish([python(code)])
    assert done.code == 0, done.err
    loaded = {module.split(".")[0] for module in done.out.split()}
    assert {"tinydb", "pluggy"} <= loaded
    assert loaded & HEAVY == set()
    assert not any(module.startswith("nq_") or module == "webforms" for module in loaded)


def test_a_name_that_nqcore_does_not_have_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nosuchname"):
        _ = nqcore.nosuchname  # type: ignore[attr-defined]
    assert set(nqcore.__all__) <= set(dir(nqcore))
