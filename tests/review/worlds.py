"""Random offices, described in plain values of their own: `World(seed)` is always the same world.

The judge reads a world and nothing else. `stage.py` makes the same world for nqcore.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from random import Random

HANOI = timezone(timedelta(hours=7))
FIRST_YEAR = 2016
ROOT = "top"
DIRECTIVE = "1-NQ/HU"
EACH = False  # until a target may pass down
LEVELS = {"commune": "Xã", "agency": "Phòng", "enterprise": "Công ty", "cooperative": "Hợp tác xã"}
REPORTERS = ("commune", "agency", "enterprise", "cooperative")
FIRMS = ("enterprise", "cooperative")
OFFICES = ("commune", "agency")
_ONE = ("An", "Bình", "Cẩm", "Đông", "Gia", "Hòa", "Kim", "Long", "Minh", "Phú", "Quang", "Sơn", "Tân", "Vĩnh")
_TWO = ("Khê", "Lâm", "Mỹ", "Nghĩa", "Thịnh", "Xuân", "Yên")

Value = Decimal | bool | date | str | tuple[str, ...] | None


@dataclass(frozen=True)
class Unit:
    """`parents` are (first day, code of the parent), oldest first."""

    code: str
    name: str
    kind: str
    sector: str
    parents: tuple[tuple[date, str | None], ...]
    opened: date | None = None
    closed: date | None = None


@dataclass(frozen=True)
class Form:
    """`months`: the length of its periods: 3, 6 or 12."""

    id: str
    months: int
    owed_by: tuple[str, ...]


@dataclass(frozen=True)
class Indicator:
    """`kind` is flow, stock or rate; a rate is `over[0]` per cent of `over[1]`."""

    code: str
    name: str
    measure: str
    kind: str
    form: str
    better: str = "up"
    asks: tuple[str, ...] = REPORTERS
    over: tuple[str, str] | None = None
    decimals: int = 0
    typical: int = 20
    zeros: float = 0.15
    steady: bool = False
    """Most units report the same number every time."""


@dataclass(frozen=True)
class Overlay:
    """From `since` on the target's value is `value` for `within` and all under it."""

    within: str
    since: date
    value: Decimal


@dataclass(frozen=True)
class Target:
    id: str
    indicator: str
    value: Decimal
    period: str
    aim: str = "at_least"
    kinds: tuple[str, ...] = ()
    within: str | None = None
    each: bool = False
    overlay: Overlay | None = None


@dataclass(frozen=True)
class Rule:
    """`sentence` is a template with the names in braces of its type."""

    id: str
    kind: str
    type: str
    sentences: dict[str, str]
    indicators: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sector: str = ""
    coverage: int = 80
    judgement: str = ""
    judged_by: tuple[str, ...] = ()
    options: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """The report is in `state` from the moment `at` on, with these answers."""

    at: datetime
    state: str
    answers: dict[str, Value]


@dataclass(frozen=True)
class Change:
    """`unit` moves under `to`, or (merge) ends and becomes a part of `to`."""

    day: date
    kind: str
    unit: str
    to: str


Key = tuple[str, str, str]
"""(form, period, unit)."""


def last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def periods(months: int, years: range) -> Iterator[tuple[str, date, date]]:
    """(code, first day, last day) of the periods of a form."""
    for year in years:
        for nth in range(12 // months):
            code = {3: f"{year}-Q{nth + 1}", 6: f"{year}-H{nth + 1}", 12: str(year)}[months]
            yield code, date(year, nth * months + 1, 1), last_day(year, (nth + 1) * months)


INDICATORS = (
    Indicator("w.F1", "Hội nghị quán triệt", "hội nghị", "flow", "q"),
    Indicator("w.F2", "Vụ việc vi phạm", "vụ", "flow", "q", better="down", zeros=0.3),
    Indicator("w.F3", "Tiền thưởng", "triệu đồng", "flow", "q", asks=FIRMS, decimals=1, typical=300),
    Indicator("w.S1", "Người lao động", "người", "stock", "q", asks=FIRMS, better="neutral", typical=90, zeros=0.02),
    Indicator("w.S2", "Đoàn viên công đoàn", "người", "stock", "q", asks=FIRMS, typical=50),
    Indicator("w.R1", "Tỷ lệ đoàn viên", "%", "rate", "q", asks=FIRMS, over=("w.S2", "w.S1"), decimals=1),
    Indicator("w.P1", "Người thuộc diện học tập", "người", "flow", "q", better="neutral", typical=60, zeros=0.02),
    Indicator("w.P2", "Người đã học tập", "người", "flow", "q", typical=40),
    Indicator("w.R2", "Tỷ lệ học tập", "%", "rate", "q", over=("w.P2", "w.P1"), decimals=1),
    Indicator("w.Z1", "Tổ chức đảng thành lập mới", "tổ chức", "flow", "q", asks=FIRMS, zeros=0.96, typical=1),
    Indicator("w.S3", "Tổ chức đoàn thể", "tổ chức", "stock", "q", typical=3, steady=True),
    Indicator("w.Y1", "Cuộc kiểm tra", "cuộc", "flow", "y", asks=OFFICES, zeros=0.3, typical=3),
    Indicator("w.Y2", "Nợ bảo hiểm", "triệu đồng", "stock", "y", asks=OFFICES, better="down", decimals=1, typical=80),
    Indicator("w.H1", "Buổi đối thoại", "buổi", "flow", "h", asks=REPORTERS, typical=4),
)  # fmt: skip
FORMS = (
    Form("q", 3, REPORTERS),
    Form("y", 12, OFFICES),
    Form("h", 6, REPORTERS),
)
FIELDS = {"K1": "q", "QC1": "q", "N1": "q", "D1": "q", "VB1": "y"}
"""Which form has the field. VB1 is asked of the offices only."""
CHOICES = ("chu", "tien", "nguoi")


class World:
    """One office over some years, with all that was reported in it."""

    def __init__(self, seed: int) -> None:
        random = self._random = Random(seed)
        self.seed = seed
        self.years = range(FIRST_YEAR, FIRST_YEAR + random.choice([2, 3, 4, 4]))
        self.last = date(self.years[-1], 12, 31)
        self.issued = random.choice([date(2016, 1, 5), date(2016, 2, 20), date(2016, 5, 10), None])
        self.changes: list[Change] = []
        self.units: dict[str, Unit] = {}
        self._make_units()
        self.forms = {form.id: form for form in FORMS if form.id != "h" or random.random() < 0.4}
        self.indicators = {one.code: one for one in INDICATORS if one.form in self.forms}
        self.targets = {one.id: one for one in self._make_targets()}
        self.rules = {one.id: one for one in self._make_rules()}
        self.density = random.choice([1.0, 1.0, 0.97, 0.9, 0.8, 0.5, 0.1])
        self.prompt = random.random() < 0.3  # most reports come before the deadline
        self.reports: dict[Key, list[Step]] = {}
        for form in self.forms.values():
            for period in periods(form.months, self.years):
                self._make_reports(form, *period)

    @property
    def changed(self) -> bool:
        """Whether its tree changes."""
        return bool(self.changes) or any(u.opened or u.closed for u in self.units.values())

    # -- units ------------------------------------------------------------------------------------

    def _a_day(self) -> date:
        if self._random.random() < 0.3:  # on the edge of a quarter
            return date(self._random.choice(self.years), self._random.choice([1, 4, 7, 10]), 1)
        return date(2016, 2, 1) + timedelta(days=self._random.randrange((self.last - date(2016, 2, 1)).days))

    def _make_units(self) -> None:
        random = self._random
        names = [f"{a} {b}" for a in _ONE for b in _TWO]
        random.shuffle(names)
        changing = random.random() < 0.45
        self.units[ROOT] = Unit(ROOT, "Huyện ủy Tam Giang", "committee", "", ((date.min, None),))
        for nth in range(random.randint(2, 13)):
            kind = random.choice(REPORTERS) if nth else "commune"
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

    def _make_changes(self) -> None:
        random, touched = self._random, set[str]()
        communes = [u for u in self.units.values() if u.kind == "commune" and not u.opened and not u.closed]
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

    # -- targets and rules ------------------------------------------------------------------------

    def _make_targets(self) -> Iterator[Target]:
        random = self._random
        spans = [str(random.choice(self.years)), f"{self.years[0]}..{self.years[-1]}"]
        places = [None, ROOT]
        communes = [u.code for u in self.units.values() if u.kind == "commune"]

        def overlay(low: int, high: int) -> Overlay | None:
            if random.random() < 0.5:
                return None
            return Overlay(random.choice([ROOT, *communes]), self._a_day(), Decimal(random.randint(low, high)))

        kinds = ("enterprise",) if random.random() < 0.3 else ()
        yield Target("t.S2", "w.S2", Decimal(random.choice([40, 150, 300, 600])), random.choice(spans), within=random.choice(places), overlay=overlay(30, 400))
        yield Target("t.R1", "w.R1", Decimal(random.choice([40, 55, 70, 90])), random.choice(spans), kinds=kinds, overlay=overlay(40, 90))
        yield Target("t.F2", "w.F2", Decimal(random.choice([0, 10, 100, 400])), spans[0], aim="at_most")
        yield Target("t.Z1", "w.Z1", Decimal(random.choice([1, 3])), random.choice(spans), within=ROOT)
        yield Target("t.R2", "w.R2", Decimal(random.choice([50, 70, 80])), str(random.choice(self.years)))
        yield Target("t.F1", "w.F1", Decimal(random.choice([5, 20])), str(random.choice(self.years)), kinds=("commune",), each=EACH and random.random() < 0.5)

    def _make_rules(self) -> Iterator[Rule]:
        random = self._random

        def coverage() -> int:
            return random.choice([80, 80, 60, 100])

        flow, firms = "{over} đã tổ chức {F1} hội nghị, có {P2} người học tập", {"kinds": FIRMS}
        non_state = {**firms, "sector": random.choice(["non_state", ""])}
        zero = {
            "zero": "{by} chưa thành lập được tổ chức đảng nào tại {units} doanh nghiệp, hợp tác xã",
            "below": "{over} mới thành lập được {value} tổ chức đảng tại {having} doanh nghiệp, hợp tác xã, mục tiêu là {target}",
        }
        yield Rule("w.total", "result", "total", {"some": "{judgement}" + flow}, ("w.F1", "w.P2"), coverage=coverage(), judgement="Công tác học tập được nâng lên", judged_by=random.choice([(), ("w.R2",), ("w.S3", "w.F2")]))
        yield Rule("w.cases", "shortcoming", "total", {"some": "{over} có {F2} vụ việc vi phạm"}, ("w.F2",), kinds=random.choice([(), FIRMS]), coverage=coverage())
        yield Rule("w.learners", "result", "total", {"some": "{over} có {P2} người đã học tập (của {P1} người thuộc diện)"}, ("w.P1", "w.P2"), coverage=coverage())
        yield Rule("w.money", "result", "total", {"some": "{over} đã thưởng {F3} triệu đồng"}, ("w.F3",), coverage=coverage(), **firms)
        yield Rule("w.checks", "result", "total", {"some": "{over} đã kiểm tra {Y1} cuộc"}, ("w.Y1",), kinds=random.choice([(), ("commune",)]), coverage=coverage())
        yield Rule("w.zero", "shortcoming", "still-zero", zero, ("w.Z1",), coverage=coverage(), **non_state)
        yield Rule("w.gaps", "shortcoming", "gaps", {"some": "{some} đơn vị chưa học tập thường xuyên: {gap_units} đơn vị có từ {gap} quý liên tiếp trở lên không tổ chức hội nghị ({names})"}, ("w.F1",), kinds=random.choice([(), OFFICES]), options={"gap": random.choice([1, 2, 3])}, coverage=coverage())
        yield Rule("w.grown", "result", "grown", {"some": "số đoàn viên {move}; tỷ lệ đoàn viên {move_2}"}, ("w.S2", "w.R1"), coverage=coverage())
        yield Rule("w.bodies", "result", "grown", {"some": "số tổ chức đoàn thể {move}"}, ("w.S3",), coverage=coverage())
        yield Rule("w.learnt", "result", "grown", {"some": "tỷ lệ học tập {move} ({then} so với {now})"}, ("w.R2",), coverage=coverage())
        yield Rule("w.more", "result", "grown", {"some": "số hội nghị {move}"}, ("w.F1",), coverage=coverage())
        yield Rule("w.fewer", "result", "grown", {"some": "số vụ việc {move}"}, ("w.F2",), coverage=coverage())
        reached, missed = "{by}, {indicator} đạt {value}, đạt mục tiêu {target}", "{by}, {indicator} mới đạt {value}, mục tiêu là {target}"
        for nth, code in enumerate(("w.S2", "w.R2", "w.F2")):
            yield Rule(f"w.reached{nth}", "result", "target", {"some": reached}, (code,), coverage=coverage())
            yield Rule(f"w.missed{nth}", "shortcoming", "target", {"some": missed}, (code,), coverage=coverage())
        yield Rule("w.plans", "result", "plans", {"some": "{some} đơn vị đã ban hành kế hoạch: {issued} đơn vị"}, options={"field": "VB1"}, coverage=coverage())
        yield Rule("w.lacks", "shortcoming", "plans", {"some": "{some} đơn vị chưa ban hành kế hoạch: {missing} đơn vị ({missing_names})"}, options={"field": "VB1"}, kinds=random.choice([(), ("commune",)]), coverage=coverage())
        yield Rule("w.complaint", "shortcoming", "same-complaint", {"some": "{units} đơn vị phản ánh khó khăn"}, options={"field": "K1", "codes": ("chu", "tien"), "at_least": random.choice([1, 2]), "last": random.choice([0, 1, 2])}, coverage=coverage(), **non_state)
        yield Rule("w.answers", "result", "answers", {"some": "{some} đơn vị có quy chế: {units} đơn vị ({names})"}, options={"field": "QC1", "codes": ("yes",), "at_least": random.choice([1, 2])}, coverage=coverage())
        yield Rule("w.answers-no", "shortcoming", "answers", {"some": "{units} đơn vị chưa có quy chế"}, options={"field": "QC1", "codes": ("no",)}, kinds=OFFICES, coverage=coverage())
        yield Rule("w.helped", "shortcoming", "answers", {"some": "{some} đơn vị thiếu người: {names}"}, options={"field": "K1", "codes": ("nguoi",), "at_least": 1}, coverage=coverage())
        yield Rule("w.met", "result", "days", {"some": "các đơn vị đã họp: {list}"}, options={"field": "D1"}, coverage=coverage())
        yield Rule("w.days", "result", "days", {"some": "{given} đơn vị đã tổ chức hội nghị: {list}"}, options={"field": "D1"}, kinds=("commune",), coverage=coverage())

    # -- reports ----------------------------------------------------------------------------------

    def exists(self, code: str, on: date) -> bool:
        unit = self.units[code]
        return (unit.opened is None or unit.opened <= on) and (unit.closed is None or on < unit.closed)

    def _make_reports(self, form: Form, code: str, start: date, end: date) -> None:
        for unit in self.units.values():
            if unit.kind in form.owed_by and self.exists(unit.code, end):
                if self._random.random() < self.density:
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
                number = 0 if random.random() < one.zeros else random.randint(round(size / 2), round(size) + 1)
                found[label] = Decimal(number) + Decimal(random.randint(0, 9) if one.decimals else 0) / 10
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
                return end - timedelta(days=random.randint(0, 80)) if random.random() < 0.6 else None
            case "VB1":
                return "05-KH/ĐU" if unit.kind in OFFICES and random.random() < 0.35 else None
        return random.choice([None, "Đơn vị còn thiếu kinh phí"])

    # -- reviews ----------------------------------------------------------------------------------

    def spans(self) -> list[str]:
        """Codes of spans of every kind, among them some that have no review."""
        a, b = self.years[0], self.years[-1]
        found = [str(year) for year in self.years] + [f"{a}..{b}", f"{a}..{b - 1}", f"{a + 1}..{b}"]
        for year in {a, b}:
            found += [f"{year}-Q{nth}" for nth in (1, 2, 3, 4)] + [f"{year}-H1", f"{year}-H2", f"{year}-9M"]
        return [*dict.fromkeys(found), f"{a}..{b}-Q2", f"{a}-Q2..{b}-Q3", f"{a}-03-01..{b}-09-30"]

    def days(self) -> list[date]:
        """Days of reviews: some are in the middle of the last year."""
        b = self.years[-1]
        days = [date(b + 1, 3, 1), date(b, 10, 5), date(b, 7, 12), date(b, 12, 31), date(b + 1, 1, 12), date(b - 1, 8, 20)]
        return self._random_days(days)

    def _random_days(self, days: list[date]) -> list[date]:
        return Random(self.seed * 7 + 1).sample(days, 3)
