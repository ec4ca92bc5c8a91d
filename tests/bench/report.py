"""The ten-year review of the demo as a Word file, beside python-docx that writes the same text alone.

    nqcore, review     figures, rules, the document and its bytes
    nqcore, docx       the bytes of a document that is there already, with the check of what was written
    python-docx        the same paragraphs, runs and cells

`--runs N` sets how many rounds; the figures are medians of seconds. `--units N` (with `--quarters`,
`--indicators`) takes an office of that size instead, from a cold start (`report_large`).
"""

from __future__ import annotations

import io
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from tests.bench.own_keys import own_keys

ASKED = {"directive": "20-NQ/TW", "period": "2008..2018"}
FORMAT = "party-docx"


def run(args: Sequence[str]) -> dict[str, Any]:
    """Measure on the demo, or on a large office; it is made first."""
    options = ArgumentParser(prog="python -m tests.bench report")
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--units", type=int, help="an office of so many units, from a cold start")
    options.add_argument("--quarters", type=int, default=40)
    options.add_argument("--indicators", type=int, default=30)
    given = options.parse_args(args)
    if given.units is not None:
        from tests.bench.report_large import FEWEST_INDICATORS, MOST_QUARTERS

        if given.units < 1 or given.indicators < FEWEST_INDICATORS:
            options.error(f"give at least 1 unit and {FEWEST_INDICATORS} indicators")
        if not 1 <= given.quarters <= MOST_QUARTERS:
            options.error(f"give 1 to {MOST_QUARTERS} quarters: the review has no more")
    return _demo(given.runs) if given.units is None else _large(given)


def _large(given: Namespace) -> dict[str, Any]:
    from tests.bench.report_large import measure

    with TemporaryDirectory() as folder, own_keys(folder):
        found = measure(Path(folder), given.units, given.quarters, given.indicators, given.runs)
    seconds = found["seconds"]
    bound = seconds["python-docx, cold"] + seconds["roll-up, cold"]
    return {
        "bench": "report",
        "unit": "s",
        "size": given.units * given.quarters * given.indicators,
        "results": seconds,
        "identical": found["identical"],
        "ratios": {"nqcore / (python-docx + roll-up)": seconds["nqcore, cold"] / bound},
    }


def _demo(runs: int) -> dict[str, Any]:
    with TemporaryDirectory() as folder, own_keys(folder):
        from nqcore.workspace.demo import fill_demo, make_demo

        with make_demo(Path(folder) / "demo") as ws:
            fill_demo(ws)
            data = ws.report(**ASKED, format=FORMAT).data
            built = ws.reviews.build(ws.reviews.review(**ASKED))
            writer, names = ws.catalogue.formats[FORMAT], ws.catalogue.names
            contents = contents_of(data)
            contenders: dict[str, Callable[[], object]] = {
                "nqcore, review": lambda: ws.report(**ASKED, format=FORMAT),
                "nqcore, docx": lambda: writer.write(built, names),
                "python-docx": lambda: written(contents),
            }
            seconds = {name: _median(call, runs) for name, call in contenders.items()}
        identical = list(texts_of(contents_of(written(contents)))) == list(texts_of(contents))
    return {
        "bench": "report",
        "unit": "s",
        "size": sum(1 for _ in texts_of(contents)),
        "results": seconds,
        "identical": identical,
        "ratios": {"nqcore, docx / python-docx": seconds["nqcore, docx"] / seconds["python-docx"]},
    }


Run = tuple[str, bool | None, bool | None]
Content = list[list[Run] | list[list[str]]]
"""The body of a document in its order: a paragraph as runs (text, bold, italic), a table as rows."""


def contents_of(data: bytes) -> Content:
    import docx
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    found: Content = []
    for item in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(item, Paragraph):
            found.append([(run.text, run.bold, run.italic) for run in item.runs])
        elif isinstance(item, Table):
            found.append([[cell.text for cell in row.cells] for row in item.rows])
    return found


def written(contents: Content) -> bytes:
    import docx

    document = docx.Document()
    for item in contents:
        if item and isinstance(item[0], list):
            table = document.add_table(rows=len(item), cols=max(len(row) for row in item))
            for row, texts in zip(table.rows, item, strict=True):
                for cell, text in zip(row.cells, texts, strict=False):
                    cell.text = text
        else:
            paragraph = document.add_paragraph()
            for text, bold, italic in item:
                run = paragraph.add_run(text)
                run.bold, run.italic = bold, italic
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def texts_of(contents: Content) -> Iterator[str]:
    for item in contents:
        for part in item:
            yield from part if isinstance(part, list) else [part[0]]


def _median(call: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        start = perf_counter()
        call()
        times.append(perf_counter() - start)
    return median(times)
