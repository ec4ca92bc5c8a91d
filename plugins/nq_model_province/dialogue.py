"""The province's rule: every enterprise holds at least one dialogue a year.

No rule type of TOML compares the quarters of one year unit by unit, so this rule is code: it reads the
review's data and returns findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from nqcore.plugin import (
    CellState,
    Claim,
    Deed,
    Evidence,
    Figure,
    FigureRef,
    Finding,
    FindingKind,
    Period,
    Relation,
    ReviewData,
    Scope,
    Sentence,
    Text,
    Unit,
    UnitCount,
    UnitKind,
    UnitNames,
)

DIALOGUES = "res20.D4"
ENTERPRISES = Scope(kinds=frozenset({UnitKind.ENTERPRISE, UnitKind.COOPERATIVE}))
_QUARTERS = 4


@dataclass(frozen=True, slots=True)
class NoDialogue:
    """Finds the enterprises that reported every quarter of a year, all without a dialogue."""

    id: str = "tu13.doi-thoai"
    kind: FindingKind = FindingKind.SHORTCOMING
    directive: str = "13-NQ/TU"
    indicators: tuple[str, ...] = (DIALOGUES,)

    def findings(self, view: ReviewData) -> Iterable[Finding]:
        """One finding for the last whole year up to the cut-off of the review, or none."""
        known = [period for period in view.periods(DIALOGUES) if period.end <= view.cut_off]
        year = _last_whole_year(known)
        among = []
        without = []
        # Of a year it speaks of the units that were there at its end, whatever became of them since.
        for unit in view.units(ENTERPRISES, year[-1].end) if year else ():
            cells = [view.cell(DIALOGUES, unit.code, period.code) for period in year]
            # If a report is missing, it is unknown whether the unit held a dialogue.
            if not cells or any(c.state not in (CellState.NUMBER, CellState.NIL) for c in cells):
                continue
            among.append(unit)
            if all(cell.state is CellState.NIL for cell in cells):
                without.append(unit)
        if not without:
            return ()
        code = str(year[0].start.year)
        held = view.figure_over(DIALOGUES, ENTERPRISES, code)
        return (
            Finding(
                rule=self.id,
                owner="nq_model_province",
                kind=self.kind,
                title="Doanh nghiệp, hợp tác xã chưa tổ chức đối thoại",
                sentence=(
                    Text(f"Việc tổ chức đối thoại tại nơi làm việc chưa được duy trì: năm {code} "),
                    *_who(without, among),
                    Text(" không tổ chức cuộc đối thoại nào"),
                    *_others(without, among, held),
                ),
                evidence=Evidence(
                    figures=(held,),
                    units=_codes(without),
                    periods=tuple(period.code for period in year),
                ),
                claims=(
                    Claim(
                        relation=Relation.SOME_DID,
                        subject=DIALOGUES,
                        unit=held.unit,
                        scope=ENTERPRISES,
                        start=year[0].start,
                        end=year[-1].end,
                        values=(held,),
                        what=Deed.IDLE,
                        least=_QUARTERS,
                        units=_codes(without),
                        among=_codes(among),
                    ),
                ),
                order=84,
            ),
        )


def _codes(units: Sequence[Unit]) -> tuple[str, ...]:
    return tuple(unit.code for unit in units)


def _who(without: Sequence[Unit], among: Sequence[Unit]) -> Sentence:
    """The number of units; a single one has its name, for there is no "1 trong 1"."""
    if len(among) == 1:
        return (UnitNames(_codes(without), tuple(unit.name for unit in without)),)
    count = UnitCount(_codes(without), _codes(among), share=True)
    return (Text("có "), count, Text(" doanh nghiệp, hợp tác xã"))


def _others(without: Sequence[Unit], among: Sequence[Unit], held: Figure) -> Sentence:
    if len(without) == len(among):
        return ()
    return (Text("; các đơn vị còn lại tổ chức "), FigureRef(held), Text(" cuộc"))


def _last_whole_year(periods: Sequence[Period]) -> tuple[Period, ...]:
    """The quarters of the last year that has all four; () if no year has."""
    found: tuple[Period, ...] = ()
    for _, quarters in groupby(periods, key=lambda period: period.start.year):
        year = tuple(quarters)
        if len(year) == _QUARTERS:
            found = year
    return found
