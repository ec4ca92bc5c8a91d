"""Builds the neutral report of a review, in the order that such documents have: opening, results,
"Tuy nhiên …", shortcomings, solutions with the unit responsible, appendix by year.

The words are those of an official Vietnamese document, whatever the language of the program is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from nqcore.analysis.findings import Review, Verdict
from nqcore.analysis.report.decisions import printed_verdict
from nqcore.analysis.report.letterheads import issuer_name, letterhead_of
from nqcore.analysis.report.notes import BROKEN, break_note
from nqcore.analysis.report.review_counts import count_of_review
from nqcore.analysis.report.solutions import solutions, unanswered
from nqcore.analysis.report.tasks_done import tasks_done
from nqcore.analysis.rollup import SeriesBreak
from nqcore.errors import NotAddable
from nqcore.model.directives import Directive
from nqcore.model.figures import REPORTED, Figure
from nqcore.model.findings import FigureRef, Finding, FindingKind, Sentence, Text
from nqcore.model.period_names import official_period_name
from nqcore.model.periods import PeriodKind, read_period
from nqcore.model.reports import Block, Heading, Paragraph, Report, Table
from nqcore.progress import Progress, quiet
from nqcore.text.dates import write_date, write_date_full
from nqcore.text.numbers import write_figure

TYPE = "Báo cáo"
NAMED = 5
"""How many units with missing reports the text lists by name; the JSON format lists them all."""


def build_report(review: Review, today: date, seal: str, progress: Progress = quiet) -> Report:
    """The neutral report of `review`, dated `today`. `seal`: number and hash of the newest record of the
    journal ("412/ab12cd34ef56"), which identifies the data of the report."""
    verdict = printed_verdict(review)
    directive = review.directive
    reports = _ReportCoverage(review)
    return Report(
        directive=directive.id,
        unit=review.unit.code,
        period=review.period,
        type=TYPE,
        title=_title(review),
        letterhead=letterhead_of(review.catalogue, review.unit),
        date=today,
        body=tuple(_body(review, verdict, reports, today)),
        appendix=tuple(_appendix(review, progress)),
        coverage=reports.sentence(),
        boundaries=review.boundaries.isoformat() if review.boundaries else REPORTED,
        seal=seal,
        remarks=unanswered(review, verdict.of(FindingKind.SHORTCOMING)),
    )


def _title(review: Review) -> str:
    span, directive = review.span, review.directive
    years = span.end.year - span.start.year
    if span.kind is PeriodKind.SPAN and years > 0:
        over = f"{years} năm ({span.start.year} - {span.end.year})"
    else:
        over = official_period_name(span)
    where = f" tại {review.unit.name}" if review.unit.parent else ""
    return f"kết quả {over} thực hiện {_citation(directive)}{where}"


def _citation(directive: Directive) -> str:
    """The first, full citation: with a comma before "ngày", as the Party writes it."""
    issued = f", ngày {write_date_full(directive.date)}" if directive.date else ""
    term = f" (khóa {directive.term})" if directive.term else ""
    return f"{directive.name}{issued} của {directive.body}{term} {directive.title}".strip()


def _body(
    review: Review, verdict: Verdict, reports: _ReportCoverage, today: date
) -> Iterator[Block]:
    yield _opening(review)
    yield Heading("Tình hình triển khai và kết quả thực hiện")
    yield Paragraph((Text(reports.sentence()),))
    yield Paragraph((Text("Qua triển khai thực hiện đã đạt được một số kết quả nổi rõ là:"),))
    results = verdict.of(FindingKind.RESULT)
    yield from (_finding(finding) for finding in results)
    if not results:
        yield Paragraph((Text("Chưa có kết quả nào được số liệu chứng minh."),), label="-")
    yield Heading("Tồn tại, hạn chế")
    shortcomings = verdict.of(FindingKind.SHORTCOMING)
    if shortcomings:
        yield Paragraph(
            (
                Text(
                    "Tuy nhiên, bên cạnh những kết quả đạt được vẫn còn một số tồn tại, hạn chế "
                    "đáng lưu ý sau:"
                ),
            )
        )
        yield from (_finding(finding) for finding in shortcomings)
    else:
        yield Paragraph((Text("Số liệu báo cáo chưa cho thấy tồn tại, hạn chế nào."),))
    if verdict.not_evaluated:
        names = "; ".join(f"{fault.where} ({fault.plugin})" for fault in verdict.not_evaluated)
        yield Paragraph((Text(f"Chưa đánh giá được, cần kiểm tra lại: {names}."),), label="-")
    yield from tasks_done(review)
    yield from solutions(review, shortcomings, today)


def _opening(review: Review) -> Paragraph:
    """Cites the directive and all documents that follow from it, each once in full."""
    chief, *others = (review.catalogue.directives[id] for id in review.family)
    text = f"Thực hiện {_citation(chief)}"
    if others:
        text += "; " + "; ".join(_citation(other) for other in others)
    issuer = issuer_name(review.catalogue, review.unit)
    return Paragraph((Text(f"{text}, {issuer} báo cáo kết quả như sau:"),))


def _finding(finding: Finding) -> Paragraph:
    sentence = _capital(finding.sentence)
    pieces = [*sentence]
    if clause := _coverage_clause(sentence):
        pieces.append(Text(clause))
    pieces.append(Text("."))
    return Paragraph(tuple(pieces), label="-", finding=finding.rule)


def _capital(sentence: Sentence) -> Sentence:
    if sentence and isinstance(sentence[0], Text):
        text = sentence[0].text
        return (Text(text[:1].upper() + text[1:]), *sentence[1:])
    return sentence


def _coverage_clause(sentence: Sentence) -> str:
    """The coverage of the figures of a sentence, " (theo 12/14 báo cáo)": no total is printed without
    it; "" when every report is in. The notes of the appendix and the JSON format name the units."""
    figures = [piece.figure for piece in sentence if isinstance(piece, FigureRef)]
    estimated = " (ước tính)" if any(not figure.coverage.exact for figure in figures) else ""
    worst = max(
        (figure for figure in figures if not figure.coverage.complete),
        key=lambda figure: (len(figure.coverage.missing), len(figure.coverage.carried)),
        default=None,
    )
    if worst is None:
        return estimated
    c = worst.coverage
    clauses = [f"theo {_count(c.reported)}/{_count(c.due)} báo cáo"]
    if c.carried:
        clauses.append(f"{_count(len(c.carried))} đơn vị lấy số của kỳ trước")
    return f"{estimated} ({', '.join(clauses)})"


def _count(count: int) -> str:
    """The count as Vietnamese text: 1310 is "1.310"."""
    return write_figure(Decimal(count))


def _unit_list(review: Review, codes: tuple[str, ...]) -> str:
    names = [review.catalogue.units[code].name for code in codes]
    if len(names) <= NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:NAMED])} và {len(names) - NAMED} đơn vị khác"


class _ReportCoverage:
    """How many reports of the span were accepted, over all forms of the family of directives; and what became
    of the others: past due, sent and waiting for approval, or not yet due."""

    def __init__(self, review: Review) -> None:
        counts = count_of_review(review)
        self.due, self.accepted = len(counts.due), len(counts.accepted)
        self.waiting, self.early = len(counts.waiting), len(counts.not_yet_due)
        self.returned = len(counts.returned)
        self.late = counts.units("past_due")
        self._review = review

    def sentence(self) -> str:
        """The coverage of the whole report as a sentence."""
        until = min(self._review.span.end, self._review.as_of)
        text = (
            f"Số liệu tổng hợp đến ngày {write_date(until)} từ {_count(self.accepted)}/"
            f"{_count(self.due)} báo cáo của các đơn vị đã được duyệt"
        )
        if self.waiting:
            text += f"; {_count(self.waiting)} báo cáo đã gửi, đang chờ duyệt"
        if self.returned:
            text += f"; {_count(self.returned)} báo cáo đã trả lại đơn vị để sửa"
        if self.early:
            text += f"; {_count(self.early)} báo cáo chưa đến hạn gửi"
        if self.late:
            names = _unit_list(self._review, self.late)
            text += f"; quá hạn chưa có báo cáo của {names}"
        if self._review.boundaries:
            day = write_date(self._review.boundaries)
            text += f". Số liệu các kỳ được quy đổi theo cơ cấu đơn vị ngày {day}"
        return text + "."


def _appendix(review: Review, progress: Progress) -> Iterator[Block]:
    """One table per form: its indicators by year, and over the whole span."""
    years = [
        str(year)
        for year in range(
            review.span.start.year, min(review.span.end, review.totals.today).year + 1
        )
    ]
    whole = len(years) > 1
    until = min(review.span.end, review.totals.today)
    breaks = review.totals.breaks(review.unit.code, review.span.start, until, review.boundaries)
    for form in review.forms():
        codes = review.totals.lookup.codes_of(form)
        if not codes:
            continue
        rows = []
        for code in progress(codes, form.title):
            indicator = review.indicator(code)
            cells: list[str | Figure] = [indicator.label, indicator.name, indicator.measure]
            cells += [_cell(review, code, year) for year in years if _in_span(review, year)]
            if whole:
                cells.append(_cell(review, code, review.period))
            rows.append(tuple(cells))
        columns = ["TT", "Chỉ tiêu", "Đơn vị tính"]
        columns += [_column(y, breaks) for y in years if _in_span(review, y)]
        if whole:
            columns.append("Cả giai đoạn")
        yield Table(
            caption=f"{form.title}: số liệu theo năm",
            columns=tuple(columns),
            rows=tuple(rows),
            notes=(
                "Số phát sinh trong năm được cộng các kỳ; số hiện có lấy ở kỳ cuối; tỷ lệ tính lại "
                "từ các số thành phần.",
                *(break_note(each, review.catalogue.units) for each in breaks),
            ),
        )


def _column(year: str, breaks: tuple[SeriesBreak, ...]) -> str:
    """The title of a year's column, with the mark of a series break where there is one."""
    return f"{year} {BROKEN}" if any(str(each.day.year) == year for each in breaks) else year


def _cell(review: Review, code: str, period: str) -> str | Figure:
    """The total; words where it must not be added up, so that the report can still be written."""
    try:
        return review.figure(code, period=period)
    except NotAddable:
        return "không cộng"


def _in_span(review: Review, year: str) -> bool:
    return read_period(year).overlaps(review.span)
