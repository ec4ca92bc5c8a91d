"""The demo's review as a report, and as the Word file that is written of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import docx
import pytest

from nqcore.analysis.readback import CheckedDocument, Present, check_document
from nqcore.analysis.readback.document import ReadDocument, as_document
from nqcore.analysis.readback.word import read_word
from nqcore.catalogue.contracts import Names
from nqcore.model.reports import Report
from nqcore.workspace.facade import Workspace
from tests.analysis.readback.word_files import pasted
from tests.support.demo_reports import demo_report

ASKED = {"directive": "20-nq-tw.2008-01-28", "period": "2008..2018"}


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
    report = demo_report(demo)
    written = demo.reviews.report(**ASKED, format="party-docx").data
    return DemoReview(
        report=report,
        plain=pasted(written),
        marked=written,
        names=demo.catalogue.names,
        units=tuple(demo.catalogue.units[code].name for code in demo.catalogue.units),
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
