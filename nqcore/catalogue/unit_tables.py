"""The tables of a definition file that describe units, their changes, placements and handovers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from nqcore.catalogue.toml_table import (
    LEFT_OUT,
    REQUIRED,
    Key,
    Reading,
    TableCheck,
    TableKind,
    TableProblem,
    TomlTable,
    ValueKind,
    Wrong,
)
from nqcore.catalogue.toml_values import (
    BASIS,
    CODE,
    FLAG,
    KIND,
    NAME,
    ORDER,
    SINCE,
    SINCE_IF_ANY,
    TEXT,
    choice,
    converted,
    table_kind,
    tables_of,
)
from nqcore.errors import N_, Phrase
from nqcore.model.changes import ChangeEvent, Placement, Transfer
from nqcore.model.handovers import Disposal, Duty, Handover
from nqcore.model.unit_kinds import UnitKindDefinition
from nqcore.model.units import BUILT_IN_KINDS, KINDS_WITH_SECTOR, Sector, Unit, UnitKind


def _ids(table: TomlTable, key: str, value: object) -> tuple[tuple[str, str], ...]:
    """The unit's codes in other systems: ``ids = { gso = "00097" }``; text, because of leading zeros."""
    inner = table.table(key, value)
    found = []
    for scheme, id in inner.values.items():
        try:
            found.append((scheme, TEXT.read(inner, scheme, id)))
        except Wrong as wrong:
            inner.wrong(scheme, wrong.detail, wrong.remedy, (scheme,))
    return tuple(found)


_SECTOR_MISSING = TableProblem(
    "sector", Phrase(N_("is missing")), Phrase(N_("give {give}"), {"give": choice(Sector).give})
)


def _sector(reading: Reading) -> Iterator[TableProblem]:
    """Only an enterprise or a cooperative has a sector, and it must. Of another kind its definition says
    so, which may stand in another file."""
    kind: UnitKind = reading.found["kind"]
    if not kind.is_built_in:
        return
    needs, has = kind in KINDS_WITH_SECTOR, reading.found["sector"] is not None
    if needs and not has:
        yield _SECTOR_MISSING
    elif has and not needs:
        yield TableProblem(
            "sector",
            Phrase(N_("is not a key that is known here")),
            Phrase(N_("take it out: only an enterprise or a cooperative has a sector")),
        )


def _like(reading: Reading) -> Iterator[TableProblem]:
    """A kind is like a built-in one; a built-in one is like itself."""
    code, like = reading.found["code"], reading.found["like"]
    if not like.is_built_in:
        yield TableProblem(
            "like",
            Phrase(N_("is “{text}”"), {"text": like}),
            Phrase(N_("give one of {names}"), {"names": ", ".join(BUILT_IN_KINDS)}),
        )
    elif code in BUILT_IN_KINDS and code != like:
        yield TableProblem(
            "like",
            Phrase(N_("is “{text}”"), {"text": like}),
            Phrase(N_("“{code}” is built in: give like = {code}"), {"code": code}),
        )


def _kind_sector(reading: Reading) -> Iterator[TableProblem]:
    """A kind that is like an enterprise or a cooperative has the sector of its units; no other has one."""
    needs = reading.found["like"] in KINDS_WITH_SECTOR
    has = reading.found["sector"] is not None
    if needs and not has and reading.found["code"] not in BUILT_IN_KINDS:
        yield _SECTOR_MISSING
    elif has and not needs:
        yield TableProblem(
            "sector",
            Phrase(N_("is not a key that is known here")),
            Phrase(N_("take it out: only a kind like an enterprise or a cooperative has a sector")),
        )


def _ends_after(first: str, last: str, detail: str) -> TableCheck:
    """The day `last` is after the day `first`, if the table gives both."""

    def problems(reading: Reading) -> Iterator[TableProblem]:
        start: date | None = reading.found[first]
        end: date | None = reading.found[last]
        if start and end and end <= start:
            yield TableProblem(last, Phrase(detail))

    return TableCheck((first, last), problems)


def _other_hierarchy(reading: Reading) -> Iterator[TableProblem]:
    if reading.found["hierarchy"] == "main":
        yield TableProblem(
            "hierarchy",
            Phrase(N_("is the tree itself")),
            Phrase(N_("set parent in [[unit]] or [[change]]")),
        )


UNIT_KIND = table_kind(
    UnitKindDefinition,
    code=Key(KIND),
    name=Key(NAME),
    checks=[
        TableCheck(("code", "like"), _like),
        TableCheck(("code", "like", "sector"), _kind_sector),
    ],
)
"""The table [[unit_kind]]."""

UNIT = table_kind(
    Unit,
    code=Key(CODE),
    name=Key(NAME),
    order=ORDER,
    basis=BASIS,
    ids=Key(ValueKind(Phrase(N_('a table like {{ gso = "00097" }}')), _ids)),
    checks=[
        TableCheck(("kind", "sector"), _sector),
        _ends_after("opened", "closed", N_("must be after opened: the first day without the unit")),
    ],
)
"""The table [[unit]]."""

TRANSFER = table_kind(
    Transfer, share=Key(converted(Phrase(N_('a share like "3/5" or "0.6"')), Fraction))
)
"""One item of the list `transfers`."""

CHANGE = table_kind(
    ChangeEvent, id=Key(CODE), name=Key(NAME), basis=BASIS, transfers=Key(tables_of(TRANSFER))
)
"""The table [[change]]."""

PLACEMENT = table_kind(
    Placement,
    hierarchy=Key(CODE),
    since=SINCE_IF_ANY,
    basis=BASIS,
    order=ORDER,
    checks=[
        TableCheck(("hierarchy",), _other_hierarchy),
        _ends_after("since", "until", N_("must be after since: the first day without the place")),
    ],
)
"""The table [[placement]]."""


def _one_duty(reading: Reading) -> Iterator[TableProblem]:
    duties = [duty.value for duty in Duty if reading.has(duty.value)]
    if len(duties) != 1:
        yield TableProblem(
            "", Phrase(N_("give exactly one of form, task, target, or reports = true"))
        )
    elif reading.found.get("reports") is False:
        yield TableProblem(
            "reports", Phrase(N_("is false")), Phrase(N_("leave it out, or give true"))
        )


def _handover(**found: object) -> Handover:
    """The decision: which duty it is about, the key says that is given."""
    (duty,) = (duty for duty in Duty if duty.value in found)
    of = found.pop(duty.value)
    # `HANDOVER` has read `found` key by key: they have the types of the fields.
    return Handover(duty=duty, of="" if duty is Duty.REPORTS else str(of), **found)  # type: ignore[arg-type]


HANDOVER = TableKind(
    _handover,
    {
        "unit": Key(TEXT, default=REQUIRED),
        "disposal": Key(choice(Disposal), default=REQUIRED, name="way"),
        "form": Key(TEXT, default=LEFT_OUT),
        "task": Key(TEXT, default=LEFT_OUT),
        "target": Key(TEXT, default=LEFT_OUT),
        "reports": Key(FLAG, default=LEFT_OUT),
        "successor": Key(TEXT, default=None),
        "since": SINCE,
        "basis": BASIS,
    },
    checks=[TableCheck((), _one_duty)],
)
"""The table [[handover]]."""
