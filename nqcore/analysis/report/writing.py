"""Writes a report in a format, which is built in or comes from a plugin."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from nqcore.analysis.findings import Review
from nqcore.analysis.report.build import build_report
from nqcore.analysis.report.errors import ReportError
from nqcore.analysis.report.html_format import HtmlFormat
from nqcore.analysis.report.json_format import JsonFormat
from nqcore.analysis.report.markdown_format import MarkdownFormat
from nqcore.catalogue import Catalogue
from nqcore.catalogue.contracts import Names, ReportFormat
from nqcore.catalogue.plugin_calls import call_contained
from nqcore.errors import N_, Phrase, PluginError, UnknownName, Words
from nqcore.model.reports import Report
from nqcore.progress import Progress, quiet
from nqcore.store import Receipt

BUILT_IN: tuple[ReportFormat, ...] = (HtmlFormat(), MarkdownFormat(), JsonFormat())


MADE_OF = "made_of"
"""The member of a format that is made of what another one writes: the end of the name of that other file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report as the bytes of a file, with the neutral report that was written."""

    report: Report
    format: str
    suffix: str
    media_type: str
    data: bytes
    remarks: tuple[Words, ...] = ()
    """What the office has to know of the report, and of the layout on the day of the report."""

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
) -> Document:
    """The report of `review` in `format` ("json", "html", "party-docx" …), dated `today`; `head` is the
    newest record of the journal. Raises what `write` and `build_report` raise, and NotAddable."""
    writer_of(format, review.catalogue)  # before the work of building
    report = build_report(review, today, head.printed, progress)
    return write(report, format, review.catalogue)


def write(report: Report, format: str, catalogue: Catalogue) -> Document:
    """`report` in `format`, with nothing in it that the report does not say: a frozen one gives the same
    document years later.

    Raises UnknownName for a format that does not exist, ReportError when the written file differs from the
    report, and PluginError when the plugin that writes the format raised.
    """
    writer = writer_of(format, catalogue)
    names = replace(catalogue.names, formats=_sources(format, catalogue))
    try:
        data = call_contained(writer.write, report, names)
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
        remarks=(
            *report.remarks,
            *layout_remarks(writer, report),
            *_of_source(names, format, report),
        ),
    )


def _of_source(names: Names, format: str, report: Report) -> Iterator[Words]:
    """What the layout says that was asked for by name as the source of another format: "pdf:party-docx"."""
    if ":" in format:
        for one in names.formats.values():
            yield from layout_remarks(one, report)


def layout_remarks(format: ReportFormat, report: Report) -> tuple[Words, ...]:
    """What a format says of that report beside the file: that its layout is not in force on the day."""
    remarks = getattr(format, "remarks", None)
    return () if remarks is None else tuple(call_contained(remarks, report))


def writer_of(format: str, catalogue: Catalogue) -> ReportFormat:
    """The format of that name; of "pdf:party-docx" the one that is made of the other, "pdf". Raises
    UnknownName, which names all that exist."""
    name, _, source = format.partition(":")
    known = {one.name: one for one in formats(catalogue)}
    suffix = getattr(known.get(name), MADE_OF, None)
    if name in known and (":" not in format or _is_source(known.get(source), suffix)):
        return known[name]
    listed = (*known, *(f"{a.name}:{b.name}" for a, b in _pairs(known.values())))
    hint = Phrase(N_("Known: {names}."), {"names": ", ".join(sorted(listed))})
    raise UnknownName(kind="report format", name=format, hint=hint)


def _sources(format: str, catalogue: Catalogue) -> Mapping[str, ReportFormat]:
    """The formats of which the format may be made: the one that it names, or all."""
    _, _, source = format.partition(":")
    return {one.name: one for one in formats(catalogue) if source in ("", one.name)}


def _pairs(known: Collection[ReportFormat]) -> Iterator[tuple[ReportFormat, ReportFormat]]:
    """Each format that is made of another, with each of these, where there are several."""
    for one in known:
        sources = [other for other in known if _is_source(other, getattr(one, MADE_OF, None))]
        if len(sources) > 1:
            yield from ((one, other) for other in sources)


def _is_source(one: ReportFormat | None, suffix: str | None) -> bool:
    return one is not None and one.suffix == suffix
