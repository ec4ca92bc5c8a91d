"""The hand-made report is written in every layout of Word documents that is bundled."""

from __future__ import annotations

import pytest

import nq_party_report
import nq_state_report
from nqcore.plugin import DocxFormat

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
