"""Up to which day a report speaks, and which reports of units are in it."""

from __future__ import annotations

from datetime import date

from nqcore.analysis.findings import Review
from nqcore.analysis.report.review_counts import count_of_review
from nqcore.analysis.report.sentences import write_count
from nqcore.collection.monitoring.report_counts import ReportCounts
from nqcore.model.findings import Piece, Sentence, Text, UnitNames
from nqcore.text.dates import write_date


def known_on(review: Review) -> date:
    """The day up to which accepted reports are known to the review."""
    return review.as_of


def speaks_until(review: Review, counts: ReportCounts) -> date | None:
    """The last day of which the review's figures speak: its cut-off; where no period has enough reports, the
    end of the last period with an accepted one. None where there is no figure."""
    if review.is_covered:
        return review.cut_off
    ends = (
        review.totals.obligations.read(one.period, review.catalogue.form(one.form)).end
        for one in counts.accepted
    )
    last = max(ends, default=None)
    return None if last is None else min(last, review.end)


class ReportCoverage:
    """How many reports of the span were accepted, over all forms of the family of directives; and what became
    of the others: past due, sent and waiting for approval, not yet due, or before the office began."""

    def __init__(self, review: Review) -> None:
        counts = count_of_review(review)
        self.due, self.accepted = len(counts.due), len(counts.accepted)
        self.waiting, self.early = len(counts.waiting), len(counts.not_yet_due)
        self.returned = len(counts.returned)
        self.old = len(counts.not_brought_in)
        self.late = counts.missing
        self.until = speaks_until(review, counts)
        self._whose = "đơn vị" if len({id.unit for id in counts.due}) == 1 else "các đơn vị"
        self._review = review

    def sentence(self) -> Sentence:
        """The coverage of the whole report as a sentence."""
        share = self._share()
        text = share[:1].upper() + share[1:]
        if self.until is not None:
            text = f"Số liệu đến ngày {write_date(self.until)}, {share}"
        if self.waiting:
            text += f"; {write_count(self.waiting)} báo cáo đã gửi, đang chờ duyệt"
        if self.returned:
            text += f"; {write_count(self.returned)} báo cáo đã trả lại đơn vị để sửa"
        if self.early:
            text += f"; {write_count(self.early)} báo cáo chưa đến hạn gửi"
        if self.old:
            text += f"; {write_count(self.old)} báo cáo của kỳ trước khi bắt đầu thu thập chưa có số liệu cũ"
        pieces: list[Piece] = [Text(text)]
        if self.late:
            names = tuple(self._review.catalogue.units[code].name for code in self.late)
            pieces += [Text("; quá hạn chưa có báo cáo của "), UnitNames(self.late, names)]
        if self._review.boundaries:
            day = write_date(self._review.boundaries)
            pieces.append(Text(f". Số liệu các kỳ được quy đổi theo cơ cấu đơn vị ngày {day}"))
        return (*pieces, Text("."))

    def _share(self) -> str:
        known = f"đến ngày {write_date(known_on(self._review))}"
        due, reports = write_count(self.due), f"báo cáo phải gửi của {self._whose}"
        if not self._review.forms_read():
            return "chưa có biểu báo cáo nào hỏi về việc thực hiện văn bản này"
        if not self.due:
            return f"chưa có kỳ báo cáo nào của {self._whose}"
        if self.due == 1:
            yet = "đã" if self.accepted else "chưa"
            return f"{'tổng hợp từ ' if self.accepted else ''}{reports} {yet} được duyệt {known}"
        if not self.accepted:
            return f"chưa báo cáo nào trong {due} {reports} được duyệt {known}"
        share = "toàn bộ" if self.accepted == self.due else f"{write_count(self.accepted)} trong"
        return f"tổng hợp từ {share} {due} {reports} đã được duyệt {known}"
