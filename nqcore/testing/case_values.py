"""What a case says: an office as far as the case needs it, the reports of its units, and what must come out.

A case is data, so its values are frozen; `case_file` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nqcore.catalogue.definitions import Definitions
from nqcore.catalogue.toml_lines import find_lines
from nqcore.catalogue.toml_text import Place
from nqcore.errors import Mistake, Words
from nqcore.model.fields import Typed


class CaseState(StrEnum):
    """How far a report of a case is."""

    ACCEPTED = "accepted"
    SENT = "sent"
    EXCLUDED = "excluded"


class ExpectedSilence(StrEnum):
    """Why a rule is expected to give no finding."""

    DOES_NOT_HOLD = "does_not_hold"
    TOO_FEW_REPORTS = "too_few_reports"
    NO_DATA = "no_data"
    NOT_EVALUATED = "not_evaluated"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHead:
    """The table [case]: what the case is called, which plugins are there beside the plugin itself, and the
    review that is asked for: its directive, period and unit (None: the one at the top), within the
    `boundaries` of a day. It is made on the day `today`. `since`: the day from which the office collects."""

    title: str
    directive: str
    period: str
    today: date
    plugins: tuple[str, ...] = ()
    unit: str | None = None
    boundaries: date | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReport:
    """A table [[report]]: what the unit has typed, by the names of the boxes; a box that is not given is not
    reported."""

    unit: str
    form: str
    period: str
    state: CaseState = CaseState.ACCEPTED
    answers: Mapping[str, Typed]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedFinding:
    """A table [[expect]]: the finding of `rule` has this `sentence`, or one that `contains` these words; or
    the rule is silent. `cites`: words of the legal basis of the rule."""

    rule: str
    sentence: str = ""
    contains: tuple[str, ...] = ()
    silent: ExpectedSilence | None = None
    cites: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedTotal:
    """A table [[total]]: the figure has this `value`, as it is typed into a box, or has none (`missing`);
    so many reports of it are `due`, and so many `reported`."""

    indicator: str
    period: str
    unit: str | None = None
    value: str | None = None
    missing: bool = False
    reported: int | None = None
    due: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case: `file` names it, `text` is what it says. `definitions` are the units and whatever else it
    defines for itself."""

    file: str
    text: str
    head: CaseHead
    definitions: Definitions
    reports: tuple[CaseReport, ...] = ()
    findings: tuple[ExpectedFinding, ...] = ()
    totals: tuple[ExpectedTotal, ...] = ()

    def line(self, place: Place) -> int:
        """The line of what stands at `place`, or of the table in which it would stand."""
        lines = find_lines(self.text)
        while place and place not in lines:
            place = place[:-1]
        return lines.get(place, 1)

    def mistake(self, place: Place, detail: Words, remedy: Words = "") -> Mistake:
        """A mistake at that place: the way from the top of the file, ("report", 0, "unit")."""
        path = "".join(f"[{p + 1}]" if isinstance(p, int) else f".{p}" for p in place)
        line = self.line(place)
        return Mistake(
            file=self.file, line=line, key=path.lstrip("."), detail=detail, remedy=remedy
        )
