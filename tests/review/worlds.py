"""Random offices: `World(seed)` is always the same world. `stage.py` makes the same world for nqcore.

A world has 2 to 13 units below the top one. `Shape` asks for more of them, or none, or for no report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from tests.review.definitions import CHOICES, FIELDS, FORMS, INDICATORS, rules, targets
from tests.review.values import (
    FIRMS,
    FIRST_YEAR,
    HANOI,
    LEVELS,
    OFFICES,
    REPORTERS,
    ROOT,
    Change,
    Form,
    Key,
    Rule,
    Step,
    Unit,
    Value,
    periods,
)

_ONE = (
    "An",
    "Bình",
    "Cẩm",
    "Đông",
    "Gia",
    "Hòa",
    "Kim",
    "Long",
    "Minh",
    "Phú",
    "Quang",
    "Sơn",
    "Tân",
    "Vĩnh",
)
_TWO = ("Khê", "Lâm", "Mỹ", "Nghĩa", "Thịnh", "Xuân", "Yên")


@dataclass(frozen=True)
class Shape:
    """`units`: how many there are below the top one; None: any of the usual sizes. `silent`: none of them has
    reported anything."""

    units: int | None = None
    silent: bool = False

    def __str__(self) -> str:
        return f" --units {self.units}" * (self.units is not None) + " --silent" * self.silent


USUAL = Shape()


class World:
    """One office over some years, with all that was reported in it."""

    def __init__(self, seed: int, shape: Shape = USUAL) -> None:
        random = self._random = Random(seed)
        self.seed, self.shape = seed, shape
        self.years = range(FIRST_YEAR, FIRST_YEAR + random.choice([2, 3, 4, 4]))
        self.last = date(self.years[-1], 12, 31)
        self.issued = random.choice([date(2016, 1, 5), date(2016, 2, 20), date(2016, 5, 10), None])
        self.changes: list[Change] = []
        self.units: dict[str, Unit] = {}
        self._make_units()
        self.forms = {
            form.id: form for form in FORMS if form.id not in "ho" or random.random() < 0.4
        }
        self.indicators = {one.code: one for one in INDICATORS if one.form in self.forms}
        self.targets = {
            one.id: one for one in targets(self.years, self._communes(), self._a_day, random)
        }
        self.rules = {one.id: one for one in self._dated(rules(random, self._communes()))}
        self.density = random.choice([1.0, 1.0, 0.97, 0.9, 0.8, 0.5, 0.1])
        self.prompt = random.random() < 0.3  # most reports come before the deadline
        self.reports: dict[Key, list[Step]] = {}
        for form in () if shape.silent else self.forms.values():
            for period in periods(form.months, self.years):
                self._make_reports(form, *period)

    @property
    def changed(self) -> bool:
        """Whether its tree changes."""
        return bool(self.changes) or any(u.opened or u.closed for u in self.units.values())

    def _dated(self, every: Iterable[Rule]) -> Iterator[Rule]:
        """Some of the rules hold only for spans that end on a day or later."""
        random = Random(f"{self.seed} since")  # beside the other draws, which stay what they were
        for rule in every:
            later = random.random() < 0.1
            day = date(random.choice(self.years), random.choice([3, 6, 12]), 30)
            yield replace(rule, since=day) if later else rule

    # -- units ------------------------------------------------------------------------------------

    def _a_day(self) -> date:
        if self._random.random() < 0.3:  # on the edge of a quarter
            return date(self._random.choice(self.years), self._random.choice([1, 4, 7, 10]), 1)
        return date(2016, 2, 1) + timedelta(
            days=self._random.randrange((self.last - date(2016, 2, 1)).days)
        )

    def _make_units(self) -> None:
        random = self._random
        many = self.shape.units
        names = [f"{a} {b}" for a in _ONE for b in _TWO]
        if many is not None and many > len(names):  # no name is the beginning of another one
            names = [f"{name} {c}" for name in names for c in _ONE]
        random.shuffle(names)
        changing = random.random() < 0.45
        self.units[ROOT] = Unit(ROOT, "Huyện ủy Tam Giang", "committee", "", ((date.min, None),))
        for nth in range(random.randint(2, 13) if many is None else many):
            kind = random.choice(REPORTERS) if nth or many == 1 else "commune"
            above = [ROOT]
            if kind in FIRMS:
                above += [u.code for u in self.units.values() if u.kind == "commune"]
            opened = closed = None
            if changing and nth and random.random() < 0.25:
                opened = self._a_day()
            elif changing and nth and random.random() < 0.2:
                closed = self._a_day()
            sector = random.choice(["state", "non_state"]) if kind in FIRMS else ""
            parent = random.choice(above)
            unit = Unit(
                f"u{nth}", f"{LEVELS[kind]} {names[nth]}", kind, sector, ((date.min, parent),), opened, closed
            )  # fmt: skip
            self.units[unit.code] = unit
        if changing:
            self._make_changes()

    def _communes(self) -> list[str]:
        return [unit.code for unit in self.units.values() if unit.kind == "commune"]

    def _make_changes(self) -> None:
        random, touched = self._random, set[str]()
        communes = [
            u for u in self.units.values() if u.kind == "commune" and not u.opened and not u.closed
        ]
        for unit in [*self.units.values()]:
            if unit.opened or unit.closed or unit.code in touched or random.random() > 0.2:
                continue
            others = [c for c in communes if c.code != unit.code and c.code not in touched]
            if not others:
                continue
            day, to = self._a_day(), random.choice(others)
            if unit.kind in FIRMS and unit.parents[-1][1] != to.code:
                self.changes.append(Change(day, "move", unit.code, to.code))
                self._put(unit, parents=(*unit.parents, (day, to.code)))
            elif unit.kind == "commune":
                self.changes.append(Change(day, "merge", unit.code, to.code))
                self._put(unit, parents=(*unit.parents, (day, to.code)), closed=day)
                communes = [c for c in communes if c.code != unit.code]
            else:
                continue
            touched |= {unit.code, to.code}

    def _put(self, unit: Unit, **more: object) -> None:
        self.units[unit.code] = Unit(**{**unit.__dict__, **more})  # type: ignore[arg-type]

    def above(self, unit: str) -> list[str]:
        """The unit and all above it, as they are last known."""
        found: list[str] = []
        above: str | None = unit
        while above is not None:
            found.append(above)
            above = self.units[above].parents[-1][1]
        return found

    # -- reports ----------------------------------------------------------------------------------

    def exists(self, code: str, on: date) -> bool:
        unit = self.units[code]
        return (unit.opened is None or unit.opened <= on) and (
            unit.closed is None or on < unit.closed
        )

    def _make_reports(self, form: Form, code: str, start: date, end: date) -> None:
        for unit in self.units.values():
            owes = unit.kind in form.owed_by and self.exists(unit.code, end)
            if owes and self._random.random() < (self.density if form.own else 0.95):
                self.reports[form.id, code, unit.code] = self._steps(form, unit, end)

    def _steps(self, form: Form, unit: Unit, end: date) -> list[Step]:
        random = self._random
        at = datetime(end.year, end.month, end.day, 8, tzinfo=HANOI) + timedelta(
            days=random.choice([1, 3, 5, 9, 10, 11, 15, 40, 100]), hours=random.choice([0, 4, 15])
        )
        if self.prompt and random.random() < 0.9:
            at = at.replace(hour=9) - timedelta(days=at.day - 2)
        answers = self._answers(form, unit, end)
        steps = [Step(at, "sent", answers)]

        def then(days: int, state: str, new: bool = False) -> None:
            nonlocal answers
            answers = self._answers(form, unit, end) if new else answers
            steps.append(Step(steps[-1].at + timedelta(days=days, minutes=7), state, answers))

        fate = random.random()
        if fate < 0.04:
            return steps  # it waits for the office
        if fate < 0.07:
            return [Step(at, "draft", answers)]
        if fate < 0.09:
            then(1, "withdrawn")
            return steps
        if fate < 0.12:
            then(2, "returned")
            if random.random() < 0.5:
                return steps
            then(20, "sent", new=True)
        then(random.choice([0, 1, 2, 30][: 2 if self.prompt else 4]), "accepted")
        if 0.12 < fate < 0.17:
            then(random.choice([5, 90]), "reopened")
            if random.random() < 0.7:
                then(random.choice([1, 60]), "sent", new=True)
                then(1, "accepted")
        return steps

    def _answers(self, form: Form, unit: Unit, end: date) -> dict[str, Value]:
        random, found = self._random, dict[str, Value]()
        for one in self.indicators.values():
            if one.form == form.id and one.over is None and unit.kind in one.asks:
                label = one.code.removeprefix("w.")
                drift = Random(f"{self.seed}{unit.code}{label}").choice([-0.2, 0.0, 0.1, 0.4])
                size = max(0.0, one.typical * (1 + drift * (end.year - FIRST_YEAR)))
                if one.steady and random.random() < 0.97:
                    found[label] = Decimal(len(unit.name) % 3 + 1)
                    continue
                number = (
                    0
                    if random.random() < one.zeros
                    else random.randint(round(size / 2), round(size) + 1)
                )
                found[label] = (
                    Decimal(number) + Decimal(random.randint(0, 9) if one.decimals else 0) / 10
                )
        for key, has in FIELDS.items():
            if has == form.id and (answer := self._answer(key, unit, end)) is not None:
                found[key] = answer
        return found

    def _answer(self, key: str, unit: Unit, end: date) -> Value:
        random = self._random
        match key:
            case "K1":
                return tuple(code for code in CHOICES if random.random() < 0.2)
            case "QC1":
                return random.random() < 0.7
            case "D1":
                return (
                    end - timedelta(days=random.randint(0, 80)) if random.random() < 0.6 else None
                )
            case "VB1":
                return "05-KH/ĐU" if unit.kind in OFFICES and random.random() < 0.35 else None
        return random.choice([None, "Đơn vị còn thiếu kinh phí"])

    # -- reviews ----------------------------------------------------------------------------------

    def spans(self) -> list[str]:
        """Codes of spans of every kind, among them some that have no review."""
        a, b = self.years[0], self.years[-1]
        found = [str(year) for year in self.years] + [f"{a}..{b}", f"{a}..{b - 1}", f"{a + 1}..{b}"]
        for year in {a, b}:
            found += [f"{year}-Q{nth}" for nth in (1, 2, 3, 4)] + [
                f"{year}-H1",
                f"{year}-H2",
                f"{year}-9M",
            ]
        return [*dict.fromkeys(found), f"{a}..{b}-Q2", f"{a}-Q2..{b}-Q3", f"{a}-03-01..{b}-09-30"]

    def moments(self) -> list[tuple[date, date]]:
        """(as of which day, today) of reviews: one of three is asked for later than its day."""
        first, second, third = self.days()
        later = timedelta(days=Random(self.seed).choice([1, 20, 100, 400]))
        return [(first, first), (second, second), (third, third + later)]

    def days(self) -> list[date]:
        """Days of reviews: some are in the middle of the last year."""
        b = self.years[-1]
        days = [
            date(b + 1, 3, 1),
            date(b, 10, 5),
            date(b, 7, 12),
            date(b, 12, 31),
            date(b + 1, 1, 12),
            date(b - 1, 8, 20),
        ]
        return self._random_days(days)

    def _random_days(self, days: list[date]) -> list[date]:
        return Random(self.seed * 7 + 1).sample(days, 3)
