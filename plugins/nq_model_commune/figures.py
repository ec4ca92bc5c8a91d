"""The figures of the model commune, computed from `profiles`: the same on every run.

Quarters are numbered from 0 (2021-Q3) to 20 (2026-Q3). What looks random is a checksum of the unit, the
quarter and the purpose; there is no state and no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from zlib import crc32

from nq_model_commune.profiles import BODIES, FIRMS, IDLE, Employer, Pair, PublicBody
from nqcore.plugin import UnitKind

LAST_QUARTER = 20
MERGER = 16
"""The first quarter of the new commune, 2025-Q3."""
UNIONS_ENDED = MERGER - 1
"""The first quarter at whose end the unions of offices and schools were no more."""

Figures = Mapping[str, Decimal]


def quarter_number(code: str) -> int:
    """2021-Q3 is 0."""
    return (int(code[:4]) - 2021) * 4 + int(code[-1]) - 3


def quarter_code(number: int) -> str:
    """0 is 2021-Q3."""
    year, nth = divmod(number + 2, 4)
    return f"{2021 + year}-Q{nth + 1}"


def chance(*about: object) -> int:
    """A number that depends on `about` only."""
    return crc32("|".join(map(str, about)).encode())


def between(least: int, most: int, *about: object) -> int:
    """A number from `least` to `most`, both included, that depends on `about` only."""
    return least + chance(*about) % (most - least + 1)


def happens(thousandths: int, *about: object) -> bool:
    """Whether an event of that probability happens."""
    return chance(*about) % 1000 < thousandths


def quarter(unit: str, kind: UnitKind, number: int) -> Figures:
    """What `unit` reports in `res02.q` for that quarter, by row label."""
    firm = FIRMS.get(unit)
    found = _firm(unit, firm, number) if firm else _body(unit, kind, BODIES[unit], number)
    return {label: Decimal(value) for label, value in found.items()}


def year(unit: str, of: int) -> Figures:
    """What `unit` reports in `res02.y` for the year `of`, by row label."""
    if unit in FIRMS:
        return _firm_year(unit, FIRMS[unit], of)
    inspects = BODIES[unit].inspects
    return {
        # In five years one commune made a plan for an inspection of this subject alone.
        "F1": Decimal(int(unit == "tt-dong-ky" and of == 2023)),
        "F2": Decimal(sum(happens(inspects, unit, of, "F2", nth) for nth in range(4))),
    }


def tenths(value: int) -> Decimal:
    """`value` tenths."""
    return Decimal(value).scaleb(-1)


def _along(pair: Pair, number: int, first: int = 0, last: int = LAST_QUARTER) -> int:
    """The value in that quarter on a straight line from pair[0] to pair[1]."""
    return pair[0] + (pair[1] - pair[0]) * (number - first) // (last - first)


def _line(unit: str) -> tuple[int, int]:
    """The first and the last quarter of a body's lines: those of the merger begin or end there."""
    if unit in ("tt-dong-ky", "xa-hoa-lang", "xa-my-thach"):
        return 0, MERGER - 1
    return (0 if BODIES[unit].members != (0, 0) else MERGER), LAST_QUARTER


def _idle(unit: str, number: int) -> bool:
    return any(
        quarter_number(start) <= number <= quarter_number(end) for start, end in IDLE.get(unit, ())
    )


def _meetings(unit: str, least: int, most: int, number: int) -> int:
    if _idle(unit, number):
        return 0
    # One quarter without a meeting is no shortcoming; three in a row occur only as in IDLE.
    held = between(least, most, unit, number, "A1")
    return held if held or number % 3 else max(1, least)


def _heard(unit: str, least: int, most: int, due: int, rate: int, number: int) -> dict[str, int]:
    """A1 to A3."""
    held = _meetings(unit, least, most, number)
    moved = min(1000, rate + between(-30, 30, unit, number, "A3"))
    return {"A1": held, "A2": due, "A3": due * moved // 1000 if held else 0}


def _care(unit: str, least: int, most: int, number: int) -> dict[str, int | Decimal]:
    """D1 and D2: help is given at Tết and in the Month of Workers; little in the quarter of the merger."""
    nth = int(quarter_code(number)[-1])
    cared = between(least, most, unit, number, "D1") if nth in (1, 2) else least
    if number == MERGER:
        cared //= 2
    return {
        "D1": cared,
        "D2": tenths(sum(between(3, 12, unit, number, "D2", each) for each in range(cared))),
    }


def _body(unit: str, kind: UnitKind, p: PublicBody, number: int) -> dict[str, int | Decimal]:
    first, last = _line(unit)
    due = _along(p.due, number, first, last) + between(-2, 2, unit, number, "A2")
    rate = _along(p.attendance, number, first, last)
    found: dict[str, int | Decimal] = {**_heard(unit, *p.conferences, due, rate, number)}
    members = _along(p.members, number, first, last) if number < UNIONS_ENDED else 0
    found["B5"], found["B6"] = int(members > 0), members
    if kind is UnitKind.COMMUNE:
        assert p.area is not None
        labels = ("B10", "B11", "B12")
        found |= {
            label: _along(pair, number, first, last)
            for label, pair in zip(labels, p.area, strict=True)
        }
    else:
        found["B9"] = int(members > 0 and happens(150, unit, number, "B9"))
    found |= _care(unit, *p.cared_for, number)
    if kind is not UnitKind.AGENCY:
        found["D3"] = int(happens(p.houses, unit, number, "D3"))
    introduced = happens(p.introduced, unit, number, "E1") and number < UNIONS_ENDED
    found["E1"] = int(introduced)
    found["E2"] = int(introduced and happens(500, unit, number, "E2"))
    return found


def _workers(unit: str, p: Employer, number: int) -> int:
    steady = _along(p.workers, number, quarter_number(p.first))
    spread = max(1, steady // 70)
    # After Tết some workers do not return.
    after_tet = spread if quarter_code(number).endswith("Q1") else 0
    return steady + between(-spread, spread, unit, number, "B1") - after_tet


def _members(unit: str, p: Employer, number: int) -> int:
    if p.union_since is None or number < quarter_number(p.first):
        return 0
    founded = quarter_number(p.union_since) if p.union_since else 0
    if number < founded:
        return 0
    rate = _along(p.unionised, number, founded, max(LAST_QUARTER, founded + 1))
    return _workers(unit, p, number) * rate // 1000


def _firm(unit: str, p: Employer, number: int) -> dict[str, int | Decimal]:
    code, first = quarter_code(number), quarter_number(p.first)
    workers, members = _workers(unit, p, number), _members(unit, p, number)
    before = _members(unit, p, number - 1) if number > first else members
    agreed = any(start <= code <= end for start, end in p.agreements)
    introduced = members > 0 and happens(p.introduced, unit, number, "E1")
    disputes = int(code in p.disputes)
    rate = _along(p.attendance, number, first)
    # In 2023 orders were few, and enterprises put off insuring new workers.
    insured = _along(p.insured, number, first) - (60 if code[:4] == "2023" else 0)
    return {
        **_heard(unit, int(bool(members)), 1, workers, rate, number),
        "B1": workers,
        "B2": members,
        "B4": int(members > 0),
        "B9": max(0, members - before) + members * between(0, 9, unit, number, "B9") // 1000,
        "C1": int(agreed and members > 0),
        "C3": int(members > 0 and int(code[-1]) in p.talks),
        "C4": int(code in p.strikes),
        "C5": disputes,
        "C6": disputes - int(code in p.unsettled),
        **_care(unit, workers // 90, workers // 25, number),
        "D4": workers * min(insured, 1000) // 1000,
        "E1": int(introduced),
        "E2": int(introduced and happens(450, unit, number, "E2")),
    }


def _firm_year(unit: str, p: Employer, of: int) -> Figures:
    first = max(0, quarter_number(p.first), quarter_number(f"{of}-Q1"))
    last = min(LAST_QUARTER, quarter_number(f"{of}-Q4"))
    quarters = [_workers(unit, p, number) for number in range(first, last + 1)]
    # The reports of 2021 are of the whole year; the quarters begin with its second half.
    months = 3 * sum(quarters) * (4 if of == 2021 else len(quarters)) // len(quarters)
    wage = _along(p.wage, first, quarter_number(p.first)) + between(-60, 60, unit, of, "D6")
    hurt = dict(p.accidents).get(of, 0)
    return {
        "C7": Decimal(int(hurt > 0)),
        "C8": Decimal(hurt),
        "D6": tenths(wage * months // 100),
        "D7": Decimal(months),
    }
