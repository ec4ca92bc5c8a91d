"""Findings (nhận định): the results of the rules, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from nqcore.model.figures import Figure


class FindingKind(StrEnum):
    """The part of the review that a finding belongs to."""

    RESULT = "result"
    """Kết quả."""
    SHORTCOMING = "shortcoming"
    """Tồn tại, hạn chế."""


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text in a sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A figure in a sentence. It is printed from the figure itself, so both always agree."""

    figure: Figure


@dataclass(frozen=True, slots=True)
class UnitCount:
    """A number of units in a sentence: a rule found `units` among the units `among`.

    It is printed as the number of `units` ("5"), or with `share` as "5 trong 28". It keeps the codes of the
    units, so that the number can be explained. `id` is for `nq explain --figure`; a rule leaves it
    empty, and the program sets it.
    """

    units: tuple[str, ...]
    among: tuple[str, ...] = ()
    share: bool = False
    id: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class UnitNames:
    """Units by name in a sentence: `units` are their codes, `names` what each is called there (its name,
    or "Xã A (05/9/2018)"), as many as `units` and in the same order.

    It is printed as at most five names, then "và 3 đơn vị khác"; then the report has an annex with all of
    them. Example: ``UnitNames(("xa-a", "xa-b"), ("Xã A", "Xã B"))`` is "Xã A, Xã B".
    """

    units: tuple[str, ...]
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.units) != len(self.names):
            raise ValueError("as many names as units")


Piece = Text | FigureRef | UnitCount | UnitNames
"""A part of a sentence."""

Sentence = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of a unit's own report that support a finding."""

    unit: str
    period: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a finding is based on: figures, the units it names, the units' own words."""

    figures: tuple[Figure, ...]
    units: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The result of rule `rule` of plugin `owner`: a sentence in the style of such reports.

    `tasks` are the ids of the tasks that answer it; `order` sorts findings in the review.
    """

    rule: str
    owner: str
    kind: FindingKind
    title: str
    sentence: Sentence
    evidence: Evidence
    tasks: tuple[str, ...] = ()
    order: int = 0
