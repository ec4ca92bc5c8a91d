"""The demo's review as a report, and as the Word file that is written of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx
import pytest

from nqcore.analysis.readback import CheckedDocument, Present, check_document
from nqcore.analysis.readback.document import ReadDocument, as_document
from nqcore.analysis.readback.word import read_word
from nqcore.catalogue.contracts import Names
from nqcore.model.reports import Report
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.analysis.readback.word_files import pasted
from tests.support.demo_reports import demo_report


@dataclass(frozen=True, kw_only=True)
class DemoReview:
    """The report, its file as it is written and without bookmarks, and the names that a check asks for."""

    report: Report
    plain: bytes
    marked: bytes
    names: Names
    units: tuple[str, ...]

    def check(self, data: bytes, present: Present | None = None) -> CheckedDocument:
        """The check without the process of its own, which the tests of `document` have."""
        return self.check_document(as_document(read_word(data)), present)

    def check_document(
        self, document: ReadDocument, present: Present | None = None
    ) -> CheckedDocument:
        present = present or Present(self.report)
        return check_document(document, self.report, self.names, present, self.units)


@pytest.fixture(scope="session")
def review(demo: Workspace) -> DemoReview:
    """The whole review of the demo."""
    return _written(demo, demo_report(demo), "party-docx")


@pytest.fixture(scope="session")
def reviews(
    demo: Workspace, commune_folder: Path, review: DemoReview
) -> Iterator[dict[str, DemoReview]]:
    """The whole review, and others: a quarter, a commune's half year, and those of the commune of 2026."""
    with open_workspace(commune_folder) as commune:
        half = demo_report(commune, "2026-H1", "tan-khe", "02-NQ/TW")
        state = demo_report(commune, "2026-Q1", "ubnd-xa", "02-NQ/TW")
        yield {
            "whole": review,
            "quarter": _written(demo, demo_report(demo, "2018-Q2"), "party-docx"),
            "commune": _written(demo, demo_report(demo, "2018-H1", "xa-hoa-loi"), "party-docx"),
            "model": _written(commune, half, "party-docx"),
            "state": _written(commune, state, "state-docx"),
        }


def _written(ws: Workspace, report: Report, format: str) -> DemoReview:
    asked = {"directive": report.directive, "period": report.period, "unit": report.unit}
    written = ws.reviews.report(**asked, format=format).data
    return DemoReview(
        report=report,
        plain=pasted(written),
        marked=written,
        names=ws.catalogue.names,
        units=tuple(ws.catalogue.units[code].name for code in ws.catalogue.units),
    )


@pytest.fixture
def word() -> Callable[..., bytes]:
    """A Word file of a few paragraphs of XML."""

    def made(*paragraphs: str) -> bytes:
        document = docx.Document()
        body = document.element.body
        for paragraph in reversed(paragraphs):
            body.insert(0, docx.oxml.parse_xml(paragraph))
        out = BytesIO()
        document.save(out)
        return out.getvalue()

    return made
