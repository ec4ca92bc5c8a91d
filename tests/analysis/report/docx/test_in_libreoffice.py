"""The document as LibreOffice shows it. Needs soffice and poppler-utils; in CI they must be there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from nq_party_report.profiles import PARTY_2018
from nqcore.analysis.report.docx import DocxFormat
from nqcore.analysis.report.readback import figures_in
from nqcore.analysis.report.sentences import figure_text
from nqcore.catalogue.contracts import Names
from nqcore.model.reports import Report

pytestmark = [pytest.mark.office, pytest.mark.slow]


def _need(program: str) -> None:
    if shutil.which(program) is None:
        message = f"{program} is not installed (Debian: libreoffice-writer, poppler-utils)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)


def _run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=180)
    return done.stdout


@pytest.fixture
def pdf(report: Report, names: Names, tmp_path: Path) -> Path:
    for program in ("soffice", "pdfinfo", "pdftotext"):
        _need(program)
    file = tmp_path / "bao-cao.docx"
    file.write_bytes(DocxFormat(PARTY_2018).write(report, names))
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file)
    return file.with_suffix(".pdf")


def test_libreoffice_opens_it_and_shows_pages_numbers_and_every_figure(
    pdf: Path, report: Report
) -> None:
    sizes = re.findall(r"Page +(\d+) size: +([\d.]+) x ([\d.]+)", _run("pdfinfo", "-l", "9", pdf))
    assert [float(width) > float(height) for _, width, height in sizes] == [
        False,
        False,
        True,
        False,
        False,
    ]
    pages = _run("pdftotext", "-layout", pdf, "-").split("\f")
    first_lines = [page.strip().splitlines()[0].strip() for page in pages[:5]]
    assert first_lines[1:] == ["2", "3", "4", "5"]
    assert first_lines[0].startswith("ĐẢNG BỘ TỈNH BÌNH AN")
    assert first_lines[0].endswith("ĐẢNG CỘNG SẢN VIỆT NAM")
    assert all("TT" in page and "Cuộc" in page for page in pages[3:5]), "the head row is repeated"
    shown = figures_in(_run("pdftotext", pdf, "-").split())
    for figure in report.figures:
        assert set(figures_in([figure_text(figure)])) <= set(shown), figure.id
