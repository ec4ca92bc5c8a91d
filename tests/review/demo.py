"""Reads the reviews of the demo office back: every unit, every kind of span, some days.

No review may be empty, have a hole, or go out in another body's name; every number is the library's.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from unicodedata import normalize

from nqcore.analysis.findings.span import SpanRefused
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.review.reading import written

DIRECTIVE = "20-NQ/TW"
DAYS = (date(2018, 10, 5), date(2018, 7, 20), date(2019, 3, 1))
"""The demo's own day, one before, and one when the last year is whole."""
WHOLE = "2008..2018"
SPANS = (
    *(str(year) for year in range(2008, 2019)),
    *(f"{year}-Q{nth}" for year in (2008, 2012, 2017, 2018) for nth in (1, 2, 3, 4)),
    *(f"{year}-{part}" for year in (2008, 2017, 2018) for part in ("H1", "H2", "9M")),
    WHOLE,
    "2008..2017",
    "2013..2018",
    "2016..2018",
    "2017..2018-Q2",
    "@2008-01-28..2018-09-30",
)
KINDS = ("2017", "2018", "2017-Q3", "2018-Q2", "2017-H1", "2018-9M", "2016..2018", SPANS[-1])
"""One span of each kind, for a sample."""


class DemoJudge:
    """Judges the reports of one workspace."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.day = DAYS[0]
        self.faults: list[str] = []
        self.counts: Counter[str] = Counter()
        self._known: dict[tuple[date, str], Decimal | None] = {}

    def judge(self, cases: Sequence[tuple[date, str, str]], seconds: float = 1e9) -> None:
        """Read the review of each (day, span, unit), those of one day together."""
        end = time.monotonic() + seconds
        for day in sorted({day for day, _, _ in cases}):
            self.day = day
            moment = datetime.fromisoformat(f"{day}T12:00:00+07:00")
            with open_workspace(self.folder, clock=lambda moment=moment: moment) as ws:
                for _, span, unit in (case for case in cases if case[0] == day):
                    if time.monotonic() > end:
                        self.counts["left out"] += 1
                        continue
                    self._one(ws, span, unit)

    def _one(self, ws: Workspace, span: str, unit: str) -> None:
        try:
            document = ws.reviews.report(directive=DIRECTIVE, period=span, unit=unit, format="json")
        except SpanRefused:
            self.counts["refused"] += 1
            return
        self.counts["reports"] += 1
        report: dict[str, Any] = json.loads(document.data)
        for fault in (*_pieces(report), *self._head(ws, report), *self._numbers(ws, report)):
            self.counts["faults"] += 1
            self.faults.append(f"day {self.day}, span {span}, unit {unit}: {fault}")

    def _head(self, ws: Workspace, report: Mapping[str, Any]) -> Iterator[str]:
        """The issuing body is the unit itself, and not another unit."""
        own = _folded(ws.units[report["unit"]].name)
        body = _folded(report["letterhead"]["body"])
        if not body:
            yield "the letterhead has no body"
        for other in ws.units.values():
            name = _folded(other.name)
            # A People's Committee has the district's name in its own.
            if other.code != report["unit"] and name in body and own not in body:
                yield f"the letterhead is that of {other.name}"

    def _numbers(self, ws: Workspace, report: Mapping[str, Any]) -> Iterator[str]:
        """Every number is the library's, and is written as it is."""
        for figure in _figures(report):
            self.counts["figures"] += 1
            value = None if figure["value"] is None else Decimal(figure["value"])
            if value is not None and figure["written"] != written(
                Fraction(value), figure["decimals"]
            ):
                yield f"{figure['id']} is {value}, and is written {figure['written']}"
            if value != self._library(ws, figure["id"]):
                yield f"{figure['id']} is {value} in the report"

    def _library(self, ws: Workspace, id: str) -> Decimal | None:
        key = self.day, id
        if key not in self._known:
            self._known[key] = ws.totals.explain(id).figure.value
        return self._known[key]


def _folded(text: str) -> str:
    return normalize("NFC", text).casefold().strip()


def _blocks(report: Mapping[str, Any], part: str, kind: str) -> list[Mapping[str, Any]]:
    return [block for block in report[part] if block["kind"] == kind]


def _pieces(report: Mapping[str, Any]) -> Iterator[str]:
    """No paragraph without words, no hole, no table row that says nothing."""
    if not report["title"].strip() or "–" in report["title"]:
        yield f"the title is “{report['title']}”"
    if not _blocks(report, "body", "paragraph"):
        yield "it has no paragraph"
    for block in _blocks(report, "body", "paragraph"):
        text = block["text"]
        if not text.strip(" .;,-") or any(
            piece.get("text", "x") == "" for piece in block["pieces"]
        ):
            yield f"an empty piece in “{text}”"
        if "–" in text or "None" in text or "{" in text or "  " in text:
            yield f"a hole in “{text}”"
        if " 0 trong 0" in text or "1 trong 1 " in text or "1/1 " in text:
            yield f"a share of nothing in “{text}”"
    for block in (*_blocks(report, "body", "heading"), *_blocks(report, "appendix", "heading")):
        if not block["text"].strip():
            yield "an empty heading"
    for table in (*_blocks(report, "body", "table"), *_blocks(report, "appendix", "table")):
        empty = [row[0] for row in table["rows"] if _says_nothing(row)]
        if empty:
            yield f"the rows {', '.join(map(str, empty))} of “{table['caption']}” say nothing"


def _says_nothing(row: Sequence[Any]) -> bool:
    figures = [cell for cell in row if isinstance(cell, dict)]
    return bool(figures) and all(figure["value"] is None for figure in figures)


def _figures(report: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for block in (*report["body"], *report["appendix"]):
        for piece in block.get("pieces", ()):
            if piece["kind"] == "figure":
                yield piece
        for row in block.get("rows", ()):
            yield from (cell for cell in row if isinstance(cell, dict))


def sample(units: Sequence[str], seed: int, many: int) -> list[tuple[date, str, str]]:
    """`many` seeded cases, with every kind of span."""
    random = Random(seed)
    spans = [*KINDS, *random.choices(SPANS, k=max(0, many - len(KINDS)))]
    return [(random.choice(DAYS), span, random.choice(units)) for span in spans]


def units_of(folder: Path) -> list[str]:
    """The codes of all units of the demo."""
    with open_workspace(folder) as ws:
        return list(ws.units)


def judge_demo(seed: int, seconds: float) -> int:
    """The command `--demo`: all units, all spans, all days. The status is 1 if anything is wrong."""
    from click.testing import CliRunner

    from nqcore.cli import main

    with TemporaryDirectory(prefix="nq-review-") as place:
        folder = Path(place) / "huyen"
        done = CliRunner().invoke(main, ["demo", str(folder), "--no-serve"], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        cases = [(day, span, unit) for day in DAYS for span in SPANS for unit in units_of(folder)]
        Random(seed).shuffle(cases)  # whatever the time allows is then a fair sample
        judge = DemoJudge(folder)
        judge.judge(cases, seconds)
    print(
        ", ".join(
            f"{judge.counts[key]} {key}"
            for key in ("reports", "refused", "figures", "left out", "faults")
        )
    )
    for fault in judge.faults[:40]:
        print(fault)
    return 1 if judge.faults or judge.counts["left out"] else 0
