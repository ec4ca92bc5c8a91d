"""Random worlds for roll-up: a tree that changes, forms, indicators of every kind, reported values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from types import ModuleType

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from nqcore.analysis.rollup import AcceptedValues
from nqcore.catalogue import Catalogue, Definitions, Plugins, build_catalogue
from nqcore.collection.obligations import Obligations
from nqcore.formulas import parse
from nqcore.model.fields import FigureField
from nqcore.model.forms import Form, Section
from nqcore.model.indicators import Indicator, OverTime, OverUnits
from nqcore.model.periods import DueRule, PeriodKind
from nqcore.model.submissions import Revision, Step, SubmissionState, submission_id
from nqcore.model.units import EVERY_UNIT, Scope, Sector, Unit, UnitKind, UnitTree
from nqcore.plugin import hook

SINCE = date(2017, 1, 1)
AT = datetime(2018, 10, 5, tzinfo=UTC)
QUARTERS = [f"{year}-Q{nth}" for year in (2017, 2018) for nth in (1, 2, 3, 4)]
YEARS = ["2017", "2018"]
SPANS = [*QUARTERS, *YEARS, "2017..2018", "2017-Q3..2018-Q2", "2016", "2019", "2018-H1"]
DAYS = [date(2017, 3, 31), date(2017, 7, 1), date(2018, 1, 1), date(2018, 5, 15), date(2018, 9, 30)]
KINDS = [UnitKind.COMMUNE, UnitKind.ENTERPRISE, UnitKind.COOPERATIVE]
FORMULAS = [
    "q.a / q.b * 100",
    "q.a + previous(q.a)",
    "q.c - last_year(q.c)",
    "cumulative(q.b) / y.a",
    "if(q.a > q.b, q.a, y.b)",
    "coalesce(q.a, y.a, 0)",
    "coalesce(previous(x.0), 0) + q.a",
    "max(q.a, q.b, q.c)",
    "gone.z + q.a",
]


@dataclass(frozen=True, repr=False)
class World:
    """What is defined, and what happened: submissions in order, each replacing its older one.

    It is shown by its seed alone: the whole of it is too long for a report, and hypothesis would
    complain of that instead of showing what failed. `world_of(seed)` makes it again.
    """

    seed: int
    catalogue: Catalogue
    submissions: tuple[Revision, ...]
    today: date

    def obligations(self) -> Obligations:
        """Their duties, with nothing remembered yet."""
        return Obligations(self.catalogue)

    def __repr__(self) -> str:
        return f"world_of({self.seed})"

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:
        """So for hypothesis, which would print every field of a dataclass."""
        printer.text(repr(self))


def cells_of(
    catalogue: Catalogue, revisions: tuple[Revision, ...]
) -> dict[tuple[str, str, str], Decimal]:
    """The cells that count after all of `revisions`."""
    newest = {revision.submission: revision for revision in revisions}
    return {
        (key, revision.period, revision.unit): value
        for revision in newest.values()
        if revision.state is SubmissionState.ACCEPTED
        for key, value in revision.answers.items()
        if isinstance(value, Decimal)
    }


def values_of(catalogue: Catalogue, revisions: tuple[Revision, ...]) -> AcceptedValues:
    """The same as the roll-up is given it."""
    values = AcceptedValues(catalogue)
    for revision in revisions:
        values.put(revision)
    return values


def revision(
    unit: str,
    form: str,
    period: str,
    answers: Mapping[str, Decimal],
    state: SubmissionState = SubmissionState.ACCEPTED,
) -> Revision:
    """A revision of a submission whose field keys are the indicators' codes."""
    return Revision(
        submission=submission_id(period, form, unit),
        unit=unit,
        form=form,
        period=period,
        number=1,
        state=state,
        step=Step.ACCEPT,
        answers=dict(answers),
        by="duyet",
        at=AT,
    )


def catalogue_of(definitions: Definitions, tree: UnitTree | None = None) -> Catalogue:
    """The catalogue of one plugin's definitions."""
    module = ModuleType("world")
    module.definitions = hook(lambda: definitions)  # type: ignore[attr-defined]
    module.definitions.__name__ = "definitions"
    known = build_catalogue(Plugins((), [("world", module)]))
    assert not known.faults
    return replace(known, units=tree) if tree is not None else known


def indicator(code: str, **more: object) -> Indicator:
    """A typed indicator that takes any number."""
    return Indicator(
        code=code,
        label=code,
        name=code,
        measure="x",
        minimum=None,
        since=SINCE,
        basis="b",
        **more,  # type: ignore[arg-type]
    )


def form(
    id: str, every: PeriodKind, indicators: tuple[str, ...], owed_by: Scope = EVERY_UNIT
) -> Form:
    """A form whose field keys are the indicators' codes."""
    fields = tuple(FigureField(key=code, indicator=code) for code in indicators)
    return Form(
        id=id,
        title=id,
        directive="d",
        every=every,
        sections=(Section(key="A", title="A", fields=fields),),
        due=DueRule(day=10),
        owed_by=owed_by,
        since=SINCE,
        basis="b",
    )


def tree_of(random: Random) -> UnitTree:
    """Up to nine units that open, close and move."""
    units: list[Unit] = []
    states = {}
    for nth in range(random.randint(1, 9)):
        opened, closed = random.choice([None, None, *DAYS]), random.choice([None, None, *DAYS])
        if opened and closed and closed <= opened:
            closed = None
        parents = [unit.code for unit in units]
        unit = Unit(
            code=f"u{nth}",
            name=f"U{nth}",
            kind=random.choice(KINDS),
            sector=random.choice([None, *Sector]),
            parent=random.choice(parents) if nth else None,
            opened=opened,
            closed=closed,
            order=random.randint(0, 2),
        )
        if nth and random.random() < 0.25:
            earlier = replace(unit, parent=random.choice(parents), kind=random.choice(KINDS))
            states[unit.code] = ((date.min, earlier), (random.choice(DAYS), unit))
        units.append(unit)
    return UnitTree(units, states)


def scope_of(random: Random, tree: UnitTree) -> Scope:
    """A scope; most of them are every unit."""
    if random.random() < 0.75:
        return EVERY_UNIT
    codes = list(tree)
    return Scope(
        kinds=frozenset(random.sample(KINDS, random.randint(0, 2))),
        sectors=frozenset(random.sample(list(Sector), random.randint(0, 1))),
        units=frozenset(random.sample(codes, random.randint(0, len(codes)))),
        within=random.choice([None, *codes]),
    )


def figure_of(random: Random) -> Decimal:
    """A value: small, with more decimals than its indicator has, of 15 digits, beyond int64."""
    match random.randint(0, 5):
        case 0:
            return Decimal(random.randint(-3, 3))
        case 1:
            return Decimal(random.randint(-(10**5), 10**5)).scaleb(-2)
        case 2:
            return Decimal(random.randint(1 - 10**15, 10**15 - 1))
        case 3:
            return Decimal(random.randint(1 - 10**15, 10**15 - 1)).scaleb(-6)
        case 4 if random.random() < 0.1:
            return Decimal(random.randint(-(10**22), 10**22))
        case _:
            return Decimal(random.randint(0, 1000))


def world_of(seed: int) -> World:
    """Two forms (quarters, years) with typed indicators of any operators, and three computed ones."""
    random = Random(seed)
    tree = tree_of(random)
    typed = {
        code: indicator(
            code,
            decimals=random.randint(0, 2),
            over_units=random.choice(list(OverUnits)),
            over_time=random.choice(list(OverTime)),
            weight=random.choice(["q.b", "y.b", "gone.w"]),
            asks=scope_of(random, tree),
        )
        for code in ("q.a", "q.b", "q.c", "y.a", "y.b")
    }
    for code in ("q.b", "y.b"):  # a weight must not be weighed by itself
        if typed[code].over_units is OverUnits.WEIGHTED_MEAN:
            typed[code] = replace(typed[code], over_units=OverUnits.SUM)
    computed = [
        indicator(f"x.{nth}", decimals=2, formula=parse(random.choice(FORMULAS)))
        for nth in range(3)
    ]
    forms = (
        form("q", PeriodKind.QUARTER, ("q.a", "q.b", "q.c"), scope_of(random, tree)),
        form("y", PeriodKind.YEAR, ("y.a", "y.b"), scope_of(random, tree)),
    )
    definitions = Definitions(
        units=tuple(tree.values()), indicators=(*typed.values(), *computed), forms=forms
    )
    submissions = [_submission(random, tree) for _ in range(random.randint(0, 100))]
    today = random.choice([date(2018, 5, 20), date(2018, 10, 12), date(2019, 6, 1)])
    return World(seed, catalogue_of(definitions, tree), tuple(submissions), today)


def _submission(random: Random, tree: UnitTree) -> Revision:
    yearly = random.random() < 0.25
    codes = ("y.a", "y.b") if yearly else ("q.a", "q.b", "q.c")
    return revision(
        random.choice(list(tree)),
        "y" if yearly else "q",
        random.choice(YEARS if yearly else QUARTERS),
        {code: figure_of(random) for code in codes if random.random() < 0.75},
        SubmissionState.ACCEPTED if random.random() < 0.85 else SubmissionState.REOPENED,
    )


worlds = st.integers(0, 2**32).map(world_of)
