"""The figures of the model district, computed from `profiles`: the same on every run.

Quarters are numbered from 0 (2008-Q1) to 42 (2018-Q3). What looks random is a checksum of the unit, the
quarter and the purpose; there is no state and no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from zlib import crc32

from nq_model_district.profiles import COMMUNES, FIRMS, IDLE, OFFICES, Body, Firm, Pair

FIRST_YEAR, LAST_QUARTER = 2008, 42

Figures = Mapping[str, Decimal]


def quarter_number(code: str) -> int:
    """2008-Q1 is 0."""
    return (int(code[:4]) - FIRST_YEAR) * 4 + int(code[-1]) - 1


def quarter_code(number: int) -> str:
    """0 is 2008-Q1."""
    return f"{FIRST_YEAR + number // 4}-Q{number % 4 + 1}"


def chance(*about: object) -> int:
    """A number that depends on `about` only."""
    return crc32("|".join(map(str, about)).encode())


def between(least: int, most: int, *about: object) -> int:
    """A number from `least` to `most`, both included, that depends on `about` only."""
    return least + chance(*about) % (most - least + 1)


def happens(thousandths: int, *about: object) -> bool:
    """Whether an event of that probability happens."""
    return chance(*about) % 1000 < thousandths


def quarter(unit: str, number: int) -> Figures:
    """What `unit` reports in `res20.q` for that quarter, by row label."""
    if unit in FIRMS:
        found = _firm(unit, FIRMS[unit], number)
    else:
        found = _body(unit, {**COMMUNES, **OFFICES}[unit], number)
    return {label: Decimal(value) for label, value in found.items()}


def year(unit: str, of: int) -> Figures:
    """What `unit` reports in `res20.y` for the year `of`, by row label."""
    if unit not in FIRMS:
        # Since 2008 there has been no inspection on this subject, planned or done.
        return {"D1": Decimal(0), "D2": Decimal(0)}
    return _firm_year(unit, FIRMS[unit], of)


def tenths(value: int) -> Decimal:
    """`value` tenths."""
    return Decimal(value).scaleb(-1)


def _along(pair: Pair, number: int, first: int = 0, last: int = LAST_QUARTER) -> int:
    """The value in that quarter on a straight line from pair[0] to pair[1]."""
    return pair[0] + (pair[1] - pair[0]) * (number - first) // (last - first)


def _idle(unit: str, number: int) -> bool:
    return any(
        quarter_number(start) <= number <= quarter_number(end) for start, end in IDLE.get(unit, ())
    )


def _conferences(unit: str, least: int, most: int, number: int) -> int:
    if _idle(unit, number):
        return 0
    # One quarter without a conference is no shortcoming; two in a row occur only as in IDLE.
    if most == 1 and number % 2 == 0 and happens(150, unit, number, "pause"):
        return 0
    grown = least + (most - least) * (12 + number) // (12 + LAST_QUARTER)
    return between(least, grown, unit, number, "A1")


def _body(unit: str, p: Body, number: int) -> dict[str, int | Decimal]:
    nth = number % 4 + 1
    steering = unit == "ban-chi-dao"
    conferences = _conferences(unit, *p.conferences, number)
    due = _along(p.due, number) + between(-3, 3, unit, number, "A2")
    rate = _along(p.attendance, number) + between(-25, 25, unit, number, "A3")
    sessions = between(*p.sessions, unit, number, "A5") if not _idle(unit, number) else 0
    found: dict[str, int | Decimal] = {
        "A1": conferences,
        "A2": due,
        "A3": due * rate // 1000 if conferences else 0,
        "A5": sessions,
        "A6": sum(between(*p.listeners, unit, number, "A6", n) for n in range(sessions)),
    }
    if unit in COMMUNES:
        found["C1.1"] = p.state_firms
        found["C1.2"] = _along(p.firms, number)
    if not steering:
        members = _along(p.members, number)
        found["C2.1"] = p.unions
        found["C3.1"] = members
        found["C5"] = max(0, members - _along(p.members, max(number - 1, 0))) + (
            1 if happens(90, unit, number, "C5") else 0
        )
    found["C10"] = between(*p.surveys, unit, number, "C10") if number >= 2 else 0
    dialogues = 1 if happens(p.dialogues, unit, number, "D4") else 0
    found["D3"] = 1 if happens(p.inspects, unit, number, "D3") else 0
    found["D4"] = dialogues
    found["D5"] = dialogues * between(25, 70, unit, number, "D5")
    if unit in COMMUNES or unit in (
        "ubnd-huyen",
        "ban-to-chuc",
        "ban-tuyen-giao",
        "ubkt",
        "phong-ldtbxh",
    ):
        violations = (
            between(1, 3, unit, number, "D6") if happens(p.violations, unit, number, "v") else 0
        )
        found["D6"] = violations
        found["D7"] = violations - (1 if violations and happens(300, unit, number, "D7") else 0)
    found["D8"] = between(*p.visits, unit, number, "D8")
    found |= _activities(unit, p.activities, p.crowd, number)
    if not steering:
        # Help is given at Tết and in the Month of Workers.
        least, most = p.cared_for
        cared = between(least, most, unit, number, "E3") if nth in (1, 2) else least
        found["E3"] = cared
        found["E4"] = tenths(sum(between(3, 10, unit, number, "E4", n) for n in range(cared)))
    return found


def _activities(unit: str, often: Pair, crowd: Pair, number: int) -> dict[str, int | Decimal]:
    least, most = often
    # May is the Month of Workers; activities increase slightly every year.
    extra = 1 if number % 4 == 1 and most else 0
    held = between(least, most, unit, number, "E1") + extra
    grown = 600 + 400 * number // LAST_QUARTER
    people = sum(between(*crowd, unit, number, "E2", n) for n in range(held))
    return {"E1": held, "E2": people * grown // 1000}


def _workers(unit: str, p: Firm, number: int) -> int:
    first, last = quarter_number(p.first), quarter_number(p.last)
    steady = _along(p.workers, number, first, last)
    spread = max(1, steady // 60)
    # After Tết some workers do not return.
    return (
        steady + between(-spread, spread, unit, number, "B1") - (spread if number % 4 == 0 else 0)
    )


def _members(unit: str, p: Firm, number: int) -> int:
    if p.union_since is None or number < quarter_number(p.first):
        return 0
    founded = quarter_number(p.union_since) if p.union_since else 0
    if number < founded:
        return 0
    rate = _along(p.unionised, number, founded, max(quarter_number(p.last), founded + 1))
    return _workers(unit, p, number) * rate // 1000


def _firm(unit: str, p: Firm, number: int) -> dict[str, int | Decimal]:
    first, last = quarter_number(p.first), quarter_number(p.last)
    workers = _workers(unit, p, number)
    insured = workers * _along(p.insured, number, first, last) // 1000
    rate = _along(p.attendance, number, first, last) + between(-30, 30, unit, number, "A3")
    conferences = _conferences(unit, 1, 2 if p.state else 1, number)
    debt = _along(p.debt, number, first, last)
    members = _members(unit, p, number)
    joined = max(0, members - _members(unit, p, number - 1)) if number > first else 0
    unions = int(members > 0)
    dialogues = int(
        FIRST_YEAR + number // 4 >= p.dialogue_from and number % 4 + 1 in p.dialogue_quarters
    )
    held, turnout = (
        _activities(unit, p.activities, (1, 1), number),
        _along(p.turnout, number, first, last),
    )
    taking_part = workers * (turnout + between(-40, 40, unit, number, "E2")) // 1000
    sector = "2" if p.state else "3"
    found: dict[str, int | Decimal] = {
        "A1": conferences,
        "A2": workers,
        "A3": workers * rate // 1000 if conferences else 0,
        "B1": workers,
        "B1.1": workers * p.women // 1000,
        "B2": insured,
        "B3": min(workers, insured + workers * between(5, 20, unit, number, "B3") // 1000),
        "B5": tenths(debt + debt * between(-60, 60, unit, number, "B5") // 1000),
        f"C2.{sector}": unions,
        f"C3.{sector}": members,
        "C5": joined + (members * between(0, 12, unit, number, "C5") // 1000),
        "C9": int(happens(p.introduced, unit, number, "C9")) * between(1, 2, unit, number, "many"),
        "D4": dialogues,
        "D5": dialogues * max(5, workers * between(40, 90, unit, number, "D5") // 1000),
        "E1": held["E1"],
        "E2": taking_part * int(held["E1"]),
    }
    if number >= quarter_number("2009-Q1"):  # unemployment insurance began on 1 January 2009
        found["B4"] = insured * between(960, 990, unit, number, "B4") // 1000
    if p.state:
        found["C6.1"] = 1
    else:
        # Ten years without a Party organisation or a new Party member outside the State sector.
        found["C6.2"] = 0
        found["C8"] = 0
    return found


def _firm_year(unit: str, p: Firm, of: int) -> Figures:
    start = (of - FIRST_YEAR) * 4
    quarters = [_workers(unit, p, number) for number in range(start, start + 4)]
    first, last = quarter_number(p.first), quarter_number(p.last)
    women = quarters[-1] * p.women // 1000
    births = women * between(45, 75, unit, of, "B6") // 1000
    settled = births * min(1000, 860 + 15 * (of - FIRST_YEAR)) // 1000
    months = 3 * sum(quarters)
    wage = _along(p.wage, start + 2, first, last) + between(-20, 20, unit, of, "B8")
    fund = wage * months // 100
    found = {
        "B6": Decimal(births),
        "B7": Decimal(settled),
        "B8": tenths(fund),
        "B9": Decimal(months),
        "B10": tenths(fund * between(45, 80, unit, of, "B10") // 1000),
        "B11": Decimal(int(p.agreement_from is not None and of >= p.agreement_from)),
    }
    if not p.state:
        found["C7"] = Decimal(p.party_members)
    return found
