"""Reads the reviews of a demo office back: every unit, every kind of span, some days.

No review may be empty, have a hole, or go out in another body's name; every number is the library's.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any, Self
from unicodedata import normalize

from nqcore.analysis.findings.span import SpanRefused
from nqcore.analysis.provenance.explain_figures import Explanation
from nqcore.analysis.report.json_format import as_json
from nqcore.clock import VIET_NAM
from nqcore.model.figures import REPORTED
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.review.adding import Unknown, reckoned
from tests.review.reading import written


@dataclass(frozen=True)
class Office:
    """A demo office: the `model` of `nq demo`, the directive, the days on which its reviews are read (its own
    day, one before, and one when the last year is whole), the spans, and one span of each kind, for a sample.
    `restated`: its units changed, and reviews within the units of the day are read too."""

    model: str
    directive: str
    days: tuple[date, ...]
    whole: str
    spans: tuple[str, ...]
    kinds: tuple[str, ...]
    restated: bool = False


_PARTS = ("H1", "H2", "9M")
DISTRICT = Office(
    model="district",
    directive="20-NQ/TW",
    days=(date(2018, 10, 5), date(2018, 7, 20), date(2019, 3, 1)),
    whole="2008..2018",
    spans=(
        *(str(year) for year in range(2008, 2019)),
        *(f"{year}-Q{nth}" for year in (2008, 2012, 2017, 2018) for nth in (1, 2, 3, 4)),
        *(f"{year}-{part}" for year in (2008, 2017, 2018) for part in _PARTS),
        *("2008..2018", "2008..2017", "2013..2018", "2016..2018", "2017..2018-Q2"),
        "@2008-01-28..2018-09-30",
    ),
    kinds=(
        *("2017", "2018", "2017-Q3", "2018-Q2", "2017-H1", "2018-9M", "2016..2018"),
        "@2008-01-28..2018-09-30",
    ),
)
COMMUNE = Office(
    model="commune",
    directive="02-NQ/TW",
    days=(date(2026, 10, 5), date(2026, 7, 20), date(2025, 7, 20), date(2027, 3, 1)),
    whole="2021..2026",
    spans=(
        *(str(year) for year in range(2021, 2027)),
        *(f"{year}-Q{nth}" for year in (2021, 2024, 2025, 2026) for nth in (1, 2, 3, 4)),
        *(f"{year}-{part}" for year in (2022, 2025, 2026) for part in _PARTS),
        *("2021..2026", "2021..2025", "2023..2026", "2024..2025-Q2", "2025-Q3..2026-Q2"),
        "@2021-06-12..2026-09-30",
    ),
    kinds=(
        *("2024", "2025", "2026", "2025-Q2", "2025-Q3", "2026-Q2", "2025-H2", "2026-9M"),
        *("2021..2026", "@2021-06-12..2026-09-30"),
    ),
    restated=True,
)
OFFICES = {office.model: office for office in (DISTRICT, COMMUNE)}


class DemoJudge:
    """Judges the reports of one workspace, which is open as long as the judge is."""

    def __init__(self, folder: Path, office: Office = DISTRICT) -> None:
        self.office, self.day = office, office.days[0]
        self.faults: list[str] = []
        self.counts: Counter[str] = Counter()
        self._known: dict[tuple[date, str], Decimal | None] = {}
        self._ws = open_workspace(folder, clock=self._noon)

    def _noon(self) -> datetime:
        return datetime.combine(self.day, time(12), VIET_NAM)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ws.close()

    def judge(self, cases: Sequence[tuple[date, str, str]], *, restated: bool = False) -> None:
        """Read the review of each (day, span, unit), those of one day together. `restated`: within the units
        of that day, which are those that exist then."""
        units = self._ws.units
        there = [case for case in cases if not restated or units[case[2]].exists(case[0])]
        for nth, (day, span, unit) in enumerate(sorted(there)):
            self.day = day
            self._one(span, unit, day if restated else REPORTED, also_file=nth == 0)

    def _one(self, span: str, unit: str, boundaries: date | str, also_file: bool) -> None:
        ws, directive = self._ws, self.office.directive
        try:
            review = ws.reviews.review(
                directive=directive, period=span, unit=unit, boundaries=boundaries
            )
        except SpanRefused:
            self.counts["refused"] += 1
            return
        self.counts["reports"] += 1
        report: Mapping[str, Any] = as_json(ws.reviews.build(review), review.catalogue.names)
        faults = [*_pieces(report), *self._head(ws, report), *self._numbers(ws, report)]
        if also_file:  # writing it takes as long as making it
            self.counts["files"] += 1
            file = ws.reviews.report(
                directive=directive, period=span, unit=unit, boundaries=boundaries, format="json"
            )
            if json.loads(file.data) != json.loads(json.dumps(report)):
                faults.append("the file says something else")
        for fault in faults:
            within = "" if boundaries == REPORTED else ", restated"
            self._fault(f"span {span}{within}, unit {unit}: {fault}")

    def _head(self, ws: Workspace, report: Mapping[str, Any]) -> Iterator[str]:
        """The issuing body is the unit itself, and not another unit."""
        own = _folded(ws.units[report["unit"]].name)
        own = own.replace("đảng bộ ", "đảng ủy ")  # for a Party organisation its committee speaks
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
            explained = ws.totals.explain(id)
            self._known[key] = explained.figure.value
            self._add_up(explained)
        return self._known[key]

    def _add_up(self, explained: Explanation) -> None:
        """A figure is what its cells give, added up here, or its parts, put into the formula here."""
        figure, given = explained.figure, reckoned(explained)
        if isinstance(given, Unknown):
            return
        self.counts["added up"] += 1
        rounded = None if given is None else written(given, figure.decimals)
        said = None if figure.value is None else written(Fraction(figure.value), figure.decimals)
        if rounded != said:
            self._fault(f"{figure.id} is {said}, and its cells give {rounded}")

    def _fault(self, text: str) -> None:
        self.counts["faults"] += 1
        self.faults.append(f"day {self.day}, {text}")


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
    figures = [cell for cell in row if isinstance(cell, dict) and cell["kind"] == "figure"]
    return bool(figures) and all(figure["value"] is None for figure in figures)


def _figures(report: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for block in (*report["body"], *report["appendix"]):
        for piece in block.get("pieces", ()):
            if piece["kind"] == "figure":
                yield piece
        for row in block.get("rows", ()):
            yield from (cell for cell in row if isinstance(cell, dict) and cell["kind"] == "figure")


def sample(
    units: Sequence[str], seed: int, many: int, office: Office = DISTRICT
) -> list[tuple[date, str, str]]:
    """`many` seeded cases, with every kind of span."""
    random = Random(seed)
    spans = [*office.kinds, *random.choices(office.spans, k=max(0, many - len(office.kinds)))]
    return [(random.choice(office.days), span, random.choice(units)) for span in spans]


def units_of(folder: Path) -> list[str]:
    """The codes of all units of the demo."""
    with open_workspace(folder) as ws:
        return list(ws.units)
