"""The PDF: the Word layout of the office, printed by LibreOffice in bounds, with every Vietnamese letter."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import time
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from nq_party_report import report_formats as party_formats
from nq_pdf import office
from nq_pdf.format import PdfFormat, layout_of
from nqcore.analysis.report.readback import figures_in
from nqcore.analysis.report.sentences import figure_text
from nqcore.catalogue.contracts import Names, ReportFormat
from nqcore.model.findings import Text
from nqcore.model.reports import Paragraph, Report
from nqcore.plugin import ConversionFailed, ConverterMissing, NoLayout, ReportError
from nqcore.text.messages import translator
from nqcore.text.printable import printable
from tests.analysis.report.docx.test_hostile_words import HOSTILE, hostile_report
from tests.support.office import need, run
from tests.support.report import LETTERHEAD

BASES = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")


def letters() -> str:
    """Every Vietnamese letter, small and capital."""
    found = [unicodedata.normalize("NFC", base + tone) for base in BASES for tone in TONES]
    plain = "bcdđghklmnpqrstvx"
    small = "".join(found) + plain
    return small + small.upper()


def office_formats() -> dict[str, ReportFormat]:
    return {one.name: one for one in party_formats()}


@pytest.fixture
def complete(names: Names) -> Names:
    return replace(names, formats=office_formats())


def fake(name: str, suffix: str = ".docx") -> ReportFormat:
    return cast(ReportFormat, SimpleNamespace(name=name, suffix=suffix))


PARTY, STATE, OTHER = fake("party-docx"), fake("state-docx"), fake("hu-docx")


@pytest.mark.parametrize(
    ("body", "formats", "chosen"),
    [
        ("HUYỆN ỦY TÂN HÒA", (STATE, PARTY), PARTY),
        ("ỦY BAN NHÂN DÂN HUYỆN TÂN HÒA", (PARTY, STATE), STATE),
        ("Sở Nội vụ", (PARTY, STATE), STATE),
        ("UBND xã An Phú", (PARTY,), PARTY),
        ("HUYỆN ỦY TÂN HÒA", (OTHER,), OTHER),
        ("HUYỆN ỦY TÂN HÒA", (fake("html", ".html"), OTHER, PARTY), PARTY),
    ],
)
def test_the_layout_is_that_of_the_letterhead(
    body: str, formats: tuple[ReportFormat, ...], chosen: ReportFormat
) -> None:
    known = {one.name: one for one in formats}
    assert layout_of(replace(LETTERHEAD, body=body), known) is chosen


def test_an_office_without_a_word_layout_is_told_what_to_do() -> None:
    with pytest.raises(NoLayout, match=r"\.docx.*nq_party_report"):
        layout_of(LETTERHEAD, {"html": fake("html", ".html")})


def test_a_machine_without_libreoffice_is_told_what_to_do(
    report: Report, complete: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "PROGRAMS", ("no-such-office",))
    monkeypatch.setattr(office, "_ELSEWHERE", ())
    with pytest.raises(ConverterMissing, match="libreoffice-writer"):
        PdfFormat().write(report, complete)


def program(folder: Path, script: str) -> str:
    file = folder / "soffice"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return str(file)


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a script in the place of LibreOffice."""

    def put(script: str) -> None:
        made = program(tmp_path, script)
        monkeypatch.setattr(office, "office_program", lambda: made)

    return put


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are of POSIX")
def test_what_hangs_is_ended_with_its_children(
    stand_in: Callable[[str], None], tmp_path: Path
) -> None:
    mark = tmp_path / "child"
    stand_in(f"sleep 300 & echo $! > {mark}; wait")
    began = time.monotonic()
    with pytest.raises(ConversionFailed, match="after 1 s"):
        office.to_pdf(b"x", seconds=1)
    assert time.monotonic() - began < 60
    child = int(mark.read_text())
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(child)], capture_output=True, text=True, timeout=60
    )
    assert state.stdout.strip()[:1] in ("", "Z"), "the child has ended too"


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are of POSIX")
def test_memory_is_bounded_and_nothing_of_this_process_is_told(
    stand_in: Callable[[str], None],
) -> None:
    os.environ["NQ_SECRET_OF_THE_TEST"] = "x"
    try:
        stand_in('echo "$(ulimit -v) $(ulimit -c) [$NQ_SECRET_OF_THE_TEST] $HOME"; exit 3')
        with pytest.raises(ConversionFailed) as caught:
            office.to_pdf(b"x", megabytes=512)
    finally:
        del os.environ["NQ_SECRET_OF_THE_TEST"]
    assert re.search(r"status 3: 524288 0 \[\] \S*nq-pdf-", str(caught.value))


def test_a_file_that_is_no_pdf_is_not_given_out(stand_in: Callable[[str], None]) -> None:
    stand_in('echo hello > "$PWD/report.pdf"; echo done')
    with pytest.raises(ConversionFailed, match="done"):
        office.to_pdf(b"x")


@pytest.mark.office
@pytest.mark.slow
def test_every_figure_and_every_letter_is_printed_with_the_font_that_is_inside(
    report: Report, complete: Names, tmp_path: Path
) -> None:
    need("soffice", "pdffonts", "pdftotext")
    alphabet = Paragraph((Text(" ".join(letters())),))
    told = replace(report, title=report.title + " " + letters(), body=(*report.body, alphabet))
    file = tmp_path / "report.pdf"
    file.write_bytes(PdfFormat().write(told, complete))
    fonts = [line.split() for line in run("pdffonts", file).splitlines()[2:]]
    assert fonts
    for font in fonts:
        name, embedded = font[0], font[-5]
        assert "+Tinos" in name, "no letter is of another font"
        assert embedded == "yes"
    text = run("pdftotext", file, "-")
    assert set(letters()) <= set(text)
    shown = set(figures_in(text.split()))
    for figure in report.figures:
        assert set(figures_in([figure_text(figure)])) <= shown, figure.id


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.parametrize("evil", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_printed_as_words_or_refused_in_words(
    report: Report, complete: Names, tmp_path: Path, evil: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("soffice", "pdftotext")
    refused: ReportError | None = None
    if len(evil) > 50_000:  # its end is the same after a shorter time
        monkeypatch.setattr("nq_pdf.format.to_pdf", partial(office.to_pdf, seconds=15))
    try:
        data = PdfFormat().write(hostile_report(report, evil), complete)
    except ReportError as wrong:
        refused = wrong
    if refused is not None:
        assert len(evil) > 50_000, "only what is too much for the bounds may be refused"
        assert refused.message(translator("vi")) != refused.message()
        return
    file = tmp_path / "a.pdf"
    file.write_bytes(data)
    text = "".join(run("pdftotext", "-raw", file, "-").split())
    wanted = "".join(printable(evil).split())
    # Marks without end are drawn over each other, and a line of 100 KB is broken over many pages.
    if len(evil) > 1_000:
        assert text.count(wanted[:1]) >= len(wanted) // 2
    elif "\u0301" not in evil:
        assert plain(wanted) in plain(text)
    for object_name in (b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/EmbeddedFile"):
        assert object_name not in data


def plain(text: str) -> str:
    """The text with ordinary hyphens, and without signs and letters for which a font may have no shape."""
    kept = (one for one in text.replace("\u2011", "-") if ord(one) < 0x10000)
    return "".join(one for one in kept if unicodedata.category(one)[0] in "LNPS")
