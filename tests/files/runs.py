"""Reads drawn cells by every way in, and compares with the independent reader."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

from nqcore.collection.entry.workbook import FilledWorkbook, read_filled
from nqcore.collection.entry.workbook.filled import filled_workbook
from nqcore.collection.entry.workbook.sheets import find_templates
from nqcore.files.incoming.refusals import ReadersBusy
from nqcore.model.problems import Severity
from nqcore.plugin import read_definitions
from nqcore.progress import quiet
from nqcore.workspace.csv_import import plan_csv
from nqcore.workspace.facade import Workspace
from nqcore.workspace.import_plan import ImportRefused
from nqcore.workspace.setup import create
from tests.files import judge
from tests.files.judge import BLANK, REFUSE, Asked, Verdict
from tests.files.kinds import BOXES, Case, drawn, spoken
from tests.files.written import Book, Raw
from tests.support.bug_office import NOW, UNITS

ROWS = 240
"""How many boxes the form has: so many cells go into one file."""
REPORT = "2026-Q3_bulk.q_h1-a"
NAMED = "named"
"""The cell was not taken, and a note or a problem of its box says why."""
SILENT = "silent"
"""The cell was not taken, and nothing says so."""


def box_of(nth: int) -> Asked:
    """The measure and decimals of the box of that number."""
    return BOXES[nth % len(BOXES)]


def office(folder: Path) -> Workspace:
    """An office whose form has ROWS boxes."""
    figures = [f"C{nth}" for nth in range(ROWS)]
    indicators = "".join(
        f'[[indicator]]\nlabel = "C{nth}"\nname = "Chỉ tiêu {nth}"\nmeasure = "{box_of(nth).measure}"\n'
        f"decimals = {box_of(nth).decimals}\n"
        + ('units = "mean"\ntime = "last"\n' if box_of(nth).measure == "%" else "")
        for nth in range(ROWS)
    )
    head = """
[pack]
id = "bulk"
since = 2015-01-01
basis = "Kế hoạch số 01-KH/TU"
[[directive]]
type = "Kế hoạch"
number = "01-KH/TU"
issuer = "TU"
body = "Tỉnh ủy"
title = "về thử"
date = 2015-01-01
[[form]]
id = "bulk.q"
title = "Báo cáo"
directive = "01-KH/TU"
every = "quarter"
due = { day = 10, months_after = 1 }
owed_by = { kinds = ["commune"] }
[[form.section]]
key = "A"
title = "Số liệu"
"""
    form = f"figures = {figures}\n".replace("'", '"')
    return create(
        folder,
        units=UNITS,
        modules=[("bulk", read_definitions(head + form + indicators))],
        since=date(2025, 1, 1),
        clock=lambda: NOW,
    )


@dataclass(frozen=True, slots=True)
class Misread:
    """A cell that was read otherwise than the independent reader says."""

    way: str
    kind: str
    cell: object
    box: Asked
    wanted: Verdict
    found: Verdict

    def __str__(self) -> str:
        return (
            f"{self.way}, {self.kind}: {self.cell} in {self.box}: {self.found}, not {self.wanted}"
        )


@dataclass(slots=True)
class Tally:
    """What was met: by way in, kind and outcome."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    misread: list[Misread] = field(default_factory=list)

    def add(
        self, way: str, kind: str, cell: object, box: Asked, wanted: Verdict, found: Verdict
    ) -> None:
        """Compare one cell."""
        good = {REFUSE: found == NAMED, BLANK: found == BLANK}.get(str(wanted), found == wanted)
        outcome = "taken" if isinstance(found, Fraction) else str(found)
        self.counts[way, kind, outcome] += 1
        if not good:
            self.misread.append(Misread(way, kind, cell, box, wanted, found))

    def merge(self, other: Tally) -> None:
        """Add the counts of another run."""
        self.counts += other.counts
        self.misread += other.misread


class Runs:
    """The ways in over one office. Nothing is saved, so that every file meets the same empty report."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.draw = folder, Random(seed)
        self.ws = office(folder / "ws")
        self.sheet = self.ws.entry.sheet(REPORT)
        data = self.ws.entry.workbook(self.sheet, str, directive="01-KH/TU")
        filled = filled_workbook(find_templates(data)).templates[0]
        self.template = filled
        self.rows = {row.code: row.number for row in filled.rows if row.code.startswith("C")}
        self.tally = Tally()

    def close(self) -> None:
        """Close the office."""
        self.ws.close()

    # -- Excel -------------------------------------------------------------------------------------

    def workbook(self, *, in_child: bool = False) -> None:
        """One filled template; `in_child`: through the gate and the child process, as on the page."""
        book = self._empty()
        cases: dict[str, Case] = {}
        for nth, (code, row) in enumerate(self.rows.items()):
            case = drawn(self.draw, box_of(nth))
            cases[code] = case
            book.cells[row, "E"] = case.raw
            if case.merged:
                book.merged.append(f"E{row}:F{row}")
            if case.hidden:
                book.hidden_rows.add(row)
        strays = self._strays(book)
        data = book.packed()
        filled = self._read(data, in_child=in_child)
        right = self.ws.entry.check_workbook(filled, self.sheet)
        preview = self.ws.entry.preview_upload(
            self.sheet, self.ws.entry.upload(right, self.sheet, str)
        )
        named = {str(note.params.get("label", "")) for note in preview.notes if note.kept}
        hidden = {str(n.params["label"]) for n in preview.notes if n.code == "hidden"}
        found: dict[str, Verdict] = dict.fromkeys(named, NAMED)
        for one in preview.changes:
            wrong = any(p.severity is Severity.ERROR for p in one.then.problems)
            taken = isinstance(one.then.answer, Decimal) and not wrong
            found[one.then.key] = Fraction(one.then.answer) if taken else NAMED  # type: ignore[arg-type]
        for nth, (code, case) in enumerate(cases.items()):
            wanted = judge.judged(case.raw, box_of(nth), merged=case.merged)
            nothing = BLANK if wanted == BLANK else SILENT
            self.tally.add(
                "Excel", case.kind, case.raw, box_of(nth), wanted, found.get(code, nothing)
            )
            if case.hidden and isinstance(wanted, Fraction) and code not in hidden:
                self.tally.misread.append(
                    Misread("Excel", "hidden row", case.raw, box_of(nth), wanted, SILENT)
                )
        said = " ".join(str(n.params["cells"]) for n in preview.notes if n.code == "stray-cells")
        for place in strays:
            self.tally.add(
                "Excel", "stray cell", place, box_of(0), REFUSE, NAMED if place in said else SILENT
            )

    def _read(self, data: bytes, *, in_child: bool) -> FilledWorkbook:
        try:
            if in_child:
                return read_filled("mau.xlsx", data)
        except ReadersBusy:  # other work keeps this machine busy
            self.tally.counts["Excel", "child was late", "named"] += 1
        return filled_workbook(find_templates(data))

    def _empty(self) -> Book:
        """The template as it was downloaded, without the figures."""
        book = Book()
        for (row, column), cell in self.template.sheet.cells.items():
            kind = "n" if cell.kind.value == "n" else "s"
            book.cells[row, "ABCDEFG"[column]] = Raw(type=kind, value=cell.text)
        return book

    def _strays(self, book: Book) -> list[str]:
        """Cells typed beside the boxes: each must be named."""
        found = []
        for _ in range(self.draw.choice((0, 0, 1, 2))):
            row = self.draw.choice(tuple(self.rows.values()))
            column = self.draw.choice("HIJ")
            book.cells[row, column] = self.draw.choice(
                (Raw(value="7"), Raw(type="s", value="ghi chú"), Raw(type="e", value="#N/A"))
            )
            found.append(f"{column}{row}")
        return found

    # -- CSV and the page -----------------------------------------------------------------------------

    def values_file(self) -> None:
        """One .csv: the rows that are refused are named; without them the others are taken."""
        texts = {code: spoken(self.draw, box_of(nth)) for nth, code in enumerate(self.rows)}
        separator = self.draw.choice(",;\t")
        found: dict[str, Verdict] = {}
        try:
            plan = plan_csv(self.ws.submissions.repository, self._csv(texts, separator), quiet)
        except ImportRefused as refused:
            codes = list(texts)
            found = {codes[fault.row - 2]: NAMED for fault in refused.faults}
            rest = {code: text for code, text in texts.items() if code not in found}
            plan = plan_csv(self.ws.submissions.repository, self._csv(rest, separator), quiet)
        found |= {change.field: Fraction(change.new) for change in plan.changes}
        self._compare("CSV", texts, found)

    def _csv(self, texts: Mapping[str, str], separator: str) -> Path:
        file = self.folder / "so-lieu.csv"
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out, delimiter=separator)
            writer.writerow(("unit", "period", "indicator", "value"))
            writer.writerows(
                ("h1-a", "Q3/2026", f"bulk.{code}", text) for code, text in texts.items()
            )
        return file

    def page(self) -> None:
        """One form as it is typed, or pasted into the page."""
        texts = {code: spoken(self.draw, box_of(nth)) for nth, code in enumerate(self.rows)}
        sheet = self.ws.entry.sheet(REPORT, texts)
        found: dict[str, Verdict] = {}
        for row in sheet.rows:
            wrong = any(p.severity is Severity.ERROR for p in row.problems)
            if wrong:
                found[row.key] = NAMED
            elif isinstance(row.answer, Decimal):
                found[row.key] = Fraction(row.answer)
        self._compare("page", texts, found)

    def _compare(self, way: str, texts: Mapping[str, str], found: Mapping[str, Verdict]) -> None:
        for nth, (code, text) in enumerate(texts.items()):
            wanted = judge.typed(text, box_of(nth))
            nothing = BLANK if wanted == BLANK else SILENT
            self.tally.add(way, "text", text, box_of(nth), wanted, found.get(code, nothing))


def run(folder: Path, cells: int, seed: int) -> Tally:
    """Read about so many cells by all ways in."""
    runs = Runs(folder, seed)
    try:
        for turn in _turns(cells):
            if turn % 4 == 2:
                runs.values_file()
            elif turn % 4 == 3:
                runs.page()
            else:
                runs.workbook(in_child=turn % 40 == 0)
    finally:
        runs.close()
    return runs.tally


def _turns(cells: int) -> Iterator[int]:
    return iter(range(max(4, -(-cells // ROWS))))


def table(tally: Tally) -> Sequence[str]:
    """The counts as lines: way, kind, and how many were taken, named, blank."""
    kinds = sorted({(way, kind) for way, kind, _ in tally.counts})
    outcomes = ("taken", NAMED, BLANK)
    lines = [f"{'way':<8}{'kind':<20}" + "".join(f"{one:>10}" for one in outcomes)]
    for way, kind in kinds:
        counts = "".join(f"{tally.counts[way, kind, one]:>10,}" for one in outcomes)
        lines.append(f"{way:<8}{kind:<20}{counts}")
    return lines
