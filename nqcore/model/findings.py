"""Findings (nhận định): what the rules say of the figures, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from nqcore.model.figures import Figure


class FindingKind(StrEnum):
    """What a finding is for the review."""

    RESULT = "result"
    """Kết quả."""
    SHORTCOMING = "shortcoming"
    """Tồn tại, hạn chế."""


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words of a sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A figure in a sentence: printed from the figure, so it cannot drift from it."""

    figure: Figure


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How many of the units `among` a rule found to be `units`: printed as the number of `units`
    ("5"), or as "5/28" with `share`. The codes stay with the number, so it can be walked back.

    `id` is the number's address, which `nq explain --figure` takes. Whoever asks the rule gives it;
    a rule leaves it empty.
    """

    units: tuple[str, ...]
    among: tuple[str, ...] = ()
    share: bool = False
    id: str = field(default="", compare=False)


Sentence = tuple[Text | FigureRef | UnitCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of a unit that say the same."""

    unit: str
    period: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a finding rests on: figures, the units it names, the units' own words."""

    figures: tuple[Figure, ...]
    units: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What rule `rule` (of plugin `owner`) says, in the register of such reports.

    `covers` names the rows of the office's own list that it speaks to ("S2"); `tasks` the tasks that
    answer it.
    """

    rule: str
    owner: str
    kind: FindingKind
    title: str
    sentence: Sentence
    evidence: Evidence
    tasks: tuple[str, ...] = ()
    order: int = 0
