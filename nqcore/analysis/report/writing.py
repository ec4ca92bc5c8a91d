"""Writes a report in a format, which is built in or comes from a plugin."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nqcore.analysis.findings import Review
from nqcore.analysis.report.build import build_report
from nqcore.analysis.report.errors import ReportError
from nqcore.analysis.report.html_format import HtmlFormat
from nqcore.analysis.report.json_format import JsonFormat
from nqcore.catalogue import Catalogue
from nqcore.catalogue.contracts import ReportFormat
from nqcore.catalogue.plugin_calls import call_contained
from nqcore.errors import N_, Phrase, PluginError, UnknownName
from nqcore.model.outlines import Outline
from nqcore.model.reports import Report
from nqcore.progress import Progress, quiet
from nqcore.store import Receipt

BUILT_IN: tuple[ReportFormat, ...] = (JsonFormat(), HtmlFormat())


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report as the bytes of a file, with the neutral report that was written."""

    report: Report
    format: str
    suffix: str
    media_type: str
    data: bytes

    def save(self, path: str | Path) -> Path:
        """Write the file, completely or not at all; return its path."""
        target = Path(path)
        new = target.with_name(f".{target.name}.new")
        with new.open("wb") as file:
            file.write(self.data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(target)
        return target


def formats(catalogue: Catalogue) -> tuple[ReportFormat, ...]:
    """All formats, those of plugins first."""
    return (*catalogue.formats.values(), *BUILT_IN)


def write_report(
    review: Review,
    format: str,
    today: date,
    head: Receipt,
    progress: Progress = quiet,
    outline: Outline | None = None,
) -> Document:
    """The report of `review` in `format` ("json", "html", "party-docx" …), dated `today`; `head` is the
    newest record of the journal, `outline` as for `build_report`. Raises what `write` raises, and
    NotAddable."""
    writer_of(format, review.catalogue)  # before the work of building
    report = build_report(review, today, f"{head.seq}/{head.hash[:12]}", progress, outline)
    return write(report, format, review.catalogue)


def write(report: Report, format: str, catalogue: Catalogue) -> Document:
    """`report` in `format`, with nothing in it that the report does not say: a frozen one gives the same
    document years later.

    Raises UnknownName for a format that does not exist, ReportError when the written file differs from the
    report, and PluginError when the plugin that writes the format raised.
    """
    writer = writer_of(format, catalogue)
    try:
        data = call_contained(writer.write, report, catalogue.names)
        if not isinstance(data, bytes):
            raise TypeError(f"gave {type(data).__name__}, not bytes")
    except ReportError:
        raise
    except Exception as wrong:
        if writer in BUILT_IN:
            raise
        fault = catalogue.plugin_fault("format", format, wrong)
        raise PluginError(
            plugin=f"{fault.plugin} {fault.version}".rstrip(),
            where=f"writing {format}",
            detail=fault.detail,
        ) from wrong
    return Document(
        report=report,
        format=writer.name,
        suffix=writer.suffix,
        media_type=writer.media_type,
        data=data,
    )


def writer_of(format: str, catalogue: Catalogue) -> ReportFormat:
    """The format of that name. Raises UnknownName, which names all that exist."""
    known = {one.name: one for one in formats(catalogue)}
    if format not in known:
        hint = Phrase(N_("Known: {names}."), {"names": ", ".join(sorted(known))})
        raise UnknownName(kind="report format", name=format, hint=hint)
    return known[format]
