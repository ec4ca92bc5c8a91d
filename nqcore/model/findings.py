"""Findings (nhận định): the results of the rules, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from nqcore.formulas import Reason
from nqcore.model.claims import Claim
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
class Difference:
    """What lies between two figures in a sentence: "1.818 người, 157,7%", "23,5 điểm phần trăm". It is
    printed from the two figures, without a sign: the word of direction is beside it."""

    before: Figure
    now: Figure


@dataclass(frozen=True, slots=True)
class UnitNames:
    """Units by name in a sentence: `units` are their codes, `names` what each is called there (its name,
    or "Xã A (05/9/2018)"), as many as `units` and in the same order.

    It is printed as six names, of more as five and "và 3 đơn vị khác"; then the report has an annex with
    all of them. Example: ``UnitNames(("xa-a", "xa-b"), ("Xã A", "Xã B"))`` is "Xã A, Xã B".
    """

    units: tuple[str, ...]
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.units) != len(self.names):
            raise ValueError("as many names as units")


@dataclass(frozen=True, slots=True)
class TiedNumber:
    """A number in the office's own words that figures of the sentence carry: "2.400" of "trên 2.400", or
    "69,3" that is computed of two figures. `text` is what is printed. `of` are the addresses of those
    figures (`Figure.id`, `UnitCount.id`), `how` says what the number is to them ("over", "ratio").

    In a table it is a change between two figures ("change"), or the value of the target with the id in `of`
    ("target")."""

    text: str
    how: str
    of: tuple[str, ...]


Piece = Text | FigureRef | UnitCount | UnitNames | Difference | TiedNumber
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
class Judgement:
    """Words that no figure proves ("được nâng lên"): a judgement of the office, with the claims that carry
    it and those that contradict it. The sentence has it only if some carry it and none contradicts it."""

    text: str
    carried: tuple[Claim, ...] = ()
    contradicted: tuple[Claim, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether the sentence has it."""
        return bool(self.carried) and not self.contradicted


class SilentState(StrEnum):
    """Why a rule gives no finding."""

    DOES_NOT_HOLD = "does_not_hold"
    """The figures are there, and its condition is not true."""
    TOO_FEW_REPORTS = "too_few_reports"
    """Chưa đủ số liệu."""
    NO_DATA = "no_data"
    """It asks for nothing in this review: no unit, no period, no target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A rule that gives no finding, and why."""

    rule: str
    owner: str
    kind: FindingKind
    title: str
    state: SilentState
    why: Reason


class Joins(StrEnum):
    """How a finding follows another of its row in one dash of the report."""

    SENTENCE = "sentence"
    """As a sentence of its own."""
    CLAUSE = "clause"
    """After "; ", as a part of the same sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The result of rule `rule` of plugin `owner`: a sentence in the style of such reports.

    `claims` are what the sentence says, as data. `tasks` are the ids of the tasks that answer it; `order`
    sorts findings in the review. `ends`: for a shortcoming, the smallest change of the figures after which
    it would not hold any more. The findings of one owner and kind with the same `row` stand in one dash of
    the report; `joins` says how it follows the one before it there.
    """

    rule: str
    owner: str
    kind: FindingKind
    title: str
    sentence: Sentence
    evidence: Evidence
    claims: tuple[Claim, ...] = ()
    judgement: Judgement | None = None
    tasks: tuple[str, ...] = ()
    order: int = 0
    row: str = ""
    joins: Joins = Joins.SENTENCE
    ends: Reason | None = None
