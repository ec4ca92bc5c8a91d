"""The hand-made report is written in every layout of Word documents that is bundled."""

from __future__ import annotations

import pytest
from docx.document import Document as DocxDocument

import nq_party_report
import nq_state_report
from nq_party_report.profiles import PARTY_2018
from nqcore.catalogue.contracts import Names
from nqcore.model.reports import Report
from nqcore.plugin import DocxFormat
from tests.analysis.report.docx.opened import opened

FORMATS = {
    one.name: one
    for plugin in (nq_party_report, nq_state_report)
    for one in plugin.report_formats()
    if isinstance(one, DocxFormat)
}


@pytest.fixture(params=sorted(FORMATS))
def every_format(request: pytest.FixtureRequest) -> DocxFormat:
    """Each format in its turn."""
    return FORMATS[request.param]


@pytest.fixture(scope="module")
def document(report: Report, names: Names) -> DocxDocument:
    return opened(DocxFormat(PARTY_2018).write(report, names))
