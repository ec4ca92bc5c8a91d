"""What leads to the findings of a part: the words fit how many follow, and figures carry what they say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from nqcore.analysis.findings import Review
from nqcore.analysis.report.decisions import FindingProposal
from nqcore.analysis.report.letterheads import issuer_name, letterhead_of
from nqcore.analysis.report.opening import reporter
from nqcore.analysis.report.told_time import told_name
from nqcore.model.claims import Claim
from nqcore.model.findings import FindingKind, Text
from nqcore.model.outlines import Content, Lead, Take
from nqcore.model.reports import Paragraph
from nqcore.model.units import UnitKind, name_in_text

_YEARS = re.compile(r"\d+ năm\b")
_RESULTS = "{time} triển khai thực hiện {directive}, {who} đã đạt được {some} kết quả nổi rõ là:"
_BUT = "Tuy nhiên, bên cạnh những kết quả đạt được vẫn còn {some} tồn tại, hạn chế đáng lưu ý sau:"
_ONLY = "Quá trình triển khai thực hiện còn {some} tồn tại, hạn chế đáng lưu ý sau:"


class Leads:
    """The leads of one review, of which the findings `printed` stand in its report of the day `today`."""

    def __init__(self, review: Review, printed: Sequence[FindingProposal], today: date) -> None:
        self._review, self._today = review, today
        self._results = {
            one.finding.rule: one.finding
            for one in printed
            if one.finding.kind is FindingKind.RESULT
        }

    def lead(
        self, take: Take, count: int, alone: bool, block: str, *, results: bool
    ) -> Iterator[Paragraph]:
        """What stands before `count` findings of the part; nothing where it shares its kind of findings with
        other parts (not `alone`) and has no lead of its own. `block` is its name; `results`: some part of the
        report has results."""
        own = next((lead for lead in take.leads if self._is_carried(lead)), None)
        if own is None and not alone:
            return
        text = own.text if own is not None else self._usual(take, results)
        yield Paragraph(
            (Text(self._filled(text, count)),),
            block=block,
            claims=() if own is None else self._claims(own.carried_by),
        )

    def solutions(self, take: Take, count: int) -> str:
        """The outline's own words that lead to `count` solutions; "" where it has none that are carried."""
        own = next((lead for lead in take.leads if self._is_carried(lead)), None)
        return "" if own is None else self._filled(own.text, count)

    def _is_carried(self, lead: Lead) -> bool:
        """Whether the figures of its rules carry it: what is said of all is true of half of them at least."""
        if not set(lead.carried_by) <= self._results.keys():
            return False
        return all(
            2 * len(claim.units) >= len(claim.among) for claim in self._claims(lead.carried_by)
        )

    def _claims(self, rules: Collection[str]) -> tuple[Claim, ...]:
        return tuple(claim for rule in rules for claim in self._results[rule].claims)

    @staticmethod
    def _usual(take: Take, results: bool) -> str:
        if take.what is Content.RESULTS:
            return _RESULTS
        return _BUT if results else _ONLY

    def _filled(self, text: str, count: int) -> str:
        words = {
            "time": self._time(),
            "directive": self._review.directive.type,
            "who": self._who(),
            "some": "một số" if count > 1 else "",
            "meeting": self._meeting(),
        }
        for name, value in words.items():
            text = text.replace(f"{{{name}}}", value)
        return " ".join(text.split())

    def _time(self) -> str:
        """ "Qua 10 năm", "Trong năm 2018", "Từ năm 2011 đến năm 2013"."""
        name = told_name(self._review)
        if years := _YEARS.match(name):
            return f"Qua {years[0]}"
        return f"T{name[1:]}," if name.startswith("từ ") else f"Trong {name},"

    def _meeting(self) -> str:
        catalogue, unit = self._review.catalogue, self._review.unit
        issuer = issuer_name(catalogue, unit, self._today)
        who = reporter(issuer, letterhead_of(catalogue, unit, self._today).authority)
        return issuer if who == issuer else f"Tại Hội nghị, {who}"

    def _who(self) -> str:
        """Who carried it out: the unit itself, or at the top the kinds of units that are there."""
        unit = self._review.unit
        if unit.parent:
            return name_in_text(unit.name)
        kinds = {one.kind.like for one in self._review.catalogue.units.values()}
        bodies = ["cấp ủy đảng"] if UnitKind.COMMITTEE in kinds else []
        bodies += ["chính quyền"] if UnitKind.AUTHORITY in kinds else []
        return "các " + ", ".join([*bodies, "cơ quan", "đơn vị", "địa phương"])
