"""The document as LibreOffice shows and saves it. Needs soffice and poppler-utils, which CI must have."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from nq_party_report.profiles import PARTY_2018
from nqcore.analysis.report.docx import DocxFormat
from nqcore.analysis.report.readback import figures_in
from nqcore.analysis.report.sentences import figure_text
from nqcore.catalogue.contracts import Names
from nqcore.model.reports import Report
from tests.analysis.report.docx.conftest import FORMATS
from tests.support.bookmarks import bookmarks
from tests.support.full_report import full_report

pytestmark = [pytest.mark.office, pytest.mark.slow]

QUIET = "Warning: failed to launch javaldx - java may not function correctly"
"""What LibreOffice says where there is no Java, which it does not need here."""


def _need(program: str) -> None:
    if shutil.which(program) is None:
        message = f"{program} is not installed (Debian: libreoffice-writer, poppler-utils)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=180)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the settings of LibreOffice."""
    for program in ("soffice", "pdfinfo", "pdftotext"):
        _need(program)
    return tmp_path_factory.mktemp("office")


def converted(office: Path, file: Path, kind: str) -> Path:
    """The file as LibreOffice saves it as another kind, into the folder "saved" beside it."""
    folder = file.parent / "saved"
    profile = f"-env:UserInstallation={office.as_uri()}"
    done = _run("soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder, file)
    said = [line for line in done.stderr.splitlines() if line.strip() and line != QUIET]
    assert said == [], "LibreOffice warns of nothing"
    return folder / f"{file.stem}.{kind}"


@pytest.fixture(params=sorted(FORMATS))
def pdf(
    request: pytest.FixtureRequest, report: Report, names: Names, office: Path, tmp_path: Path
) -> Path:
    file = tmp_path / "bao-cao.docx"
    file.write_bytes(FORMATS[request.param].write(full_report(report), names))
    return converted(office, file, "pdf")


def test_libreoffice_shows_pages_numbers_and_every_figure(pdf: Path, report: Report) -> None:
    sizes = re.findall(
        r"Page +(\d+) size: +([\d.]+) x ([\d.]+)", _run("pdfinfo", "-l", "9", pdf).stdout
    )
    turned = [float(width) > float(height) for _, width, height in sizes]
    assert turned == [False, False, True, False, False]
    pages = _run("pdftotext", "-layout", pdf, "-").stdout.split("\f")
    assert all("TT" in page and "Cuộc" in page for page in pages[3:5]), "the head row is repeated"
    shown = figures_in(_run("pdftotext", pdf, "-").stdout.split())
    for figure in report.figures:
        assert set(figures_in([figure_text(figure)])) <= set(shown), figure.id


def test_the_seal_stands_in_the_foot_of_the_last_page_and_on_no_other(pdf: Path) -> None:
    *pages, last, end = _run("pdftotext", "-layout", pdf, "-").stdout.split("\f")
    assert end == ""
    assert last.rstrip().splitlines()[-1].strip().startswith("Bản chốt 3 · bản ghi 412 · ab12")
    assert not any("bản ghi 412" in page for page in pages)


@pytest.mark.parametrize(
    ("name", "first_lines"),
    [
        ("party-2018-docx", ["2", "3", "4", "5"]),  # counted on
        ("party-2026-docx", ["2", "3", "4", "5"]),
        ("state-docx", ["2", "Phụ lục I", "Phụ lục II", "2"]),  # each annex for itself
    ],
)
def test_pages_have_the_numbers_of_the_layout(
    report: Report,
    names: Names,
    office: Path,
    tmp_path: Path,
    name: str,
    first_lines: list[str],
) -> None:
    file = tmp_path / "bao-cao.docx"
    file.write_bytes(FORMATS[name].write(full_report(report), names))
    text = _run("pdftotext", "-layout", converted(office, file, "pdf"), "-").stdout
    first, *others = [page.strip().splitlines()[0].strip() for page in text.split("\f") if page]
    assert first.startswith("ĐẢNG BỘ TỈNH BÌNH AN")
    assert others == first_lines


@pytest.mark.parametrize("kinds", [("docx",), ("doc", "docx"), ("odt", "docx")], ids=" ".join)
def test_bookmarks_outlive_saving_in_libreoffice(
    report: Report, names: Names, office: Path, tmp_path: Path, kinds: tuple[str, ...]
) -> None:
    tables = [replace(one, block=f"table:{nth}") for nth, one in enumerate(report.appendix)]
    body = [replace(block, block=f"own:{nth}") for nth, block in enumerate(report.body)]
    named = replace(report, body=tuple(body), appendix=tuple(tables), edition="12")
    file = tmp_path / "bao-cao.docx"
    file.write_bytes(DocxFormat(PARTY_2018).write(named, names))
    written = bookmarks(file.read_bytes())
    assert len(written) == 100
    for kind in kinds:
        file = converted(office, file, kind)
    assert bookmarks(file.read_bytes()) == written
