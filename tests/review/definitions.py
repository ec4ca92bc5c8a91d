"""What the made-up offices ask, want and look at: indicators, forms, targets, rules of every type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.review.values import (
    FIRMS,
    OFFICES,
    REPORTERS,
    ROOT,
    Form,
    Indicator,
    Overlay,
    Rule,
    Target,
)

_MILLIONS = "triệu đồng"
INDICATORS = (
    Indicator("w.F1", "Hội nghị quán triệt", "hội nghị", "flow", "q"),
    Indicator("w.F2", "Vụ việc vi phạm", "vụ", "flow", "q", better="down", zeros=0.3, floor=2),
    Indicator(
        "w.F3", "Tiền thưởng", _MILLIONS, "flow", "q", asks=FIRMS, decimals=1, typical=300, floor=40
    ),
    Indicator(
        "w.S1", "Người lao động", "người", "stock", "q", "neutral", FIRMS, typical=90, zeros=0.02
    ),
    Indicator("w.S2", "Đoàn viên công đoàn", "người", "stock", "q", asks=FIRMS, typical=50),
    Indicator(
        "w.R1", "Tỷ lệ đoàn viên", "%", "rate", "q", "up", FIRMS, ("w.S2", "w.S1"), decimals=1
    ),
    Indicator(
        "w.P1", "Người phải học tập", "người", "flow", "q", "neutral", typical=60, zeros=0.02
    ),
    Indicator("w.P2", "Người đã học tập", "người", "flow", "q", typical=40),
    Indicator("w.R2", "Tỷ lệ học tập", "%", "rate", "q", over=("w.P2", "w.P1"), decimals=1),
    Indicator(
        "w.Z1", "Tổ chức đảng mới", "tổ chức", "flow", "q", asks=FIRMS, zeros=0.96, typical=1
    ),
    Indicator("w.S3", "Tổ chức đoàn thể", "tổ chức", "stock", "q", typical=3, steady=True),
    Indicator("w.Y1", "Cuộc kiểm tra", "cuộc", "flow", "y", asks=OFFICES, zeros=0.3, typical=3),
    Indicator(
        "w.Y2", "Nợ bảo hiểm", _MILLIONS, "stock", "y", "down", OFFICES, decimals=1, typical=80
    ),
    Indicator("w.O1", "Công trình chào mừng", "công trình", "flow", "o", typical=6),
    Indicator("w.H1", "Buổi đối thoại", "buổi", "flow", "h", asks=REPORTERS, typical=4),
)
FORMS = (
    Form("q", 3, REPORTERS),
    Form("y", 12, OFFICES),
    Form("h", 6, REPORTERS),
    Form("o", 3, REPORTERS, own=False),
)
FIELDS = {"K1": "q", "QC1": "q", "N1": "q", "D1": "q", "VB1": "y"}
"""Which form has the field. VB1 is asked of the offices only."""
CHOICES = ("chu", "tien", "nguoi")


def targets(
    years: range, communes: Sequence[str], a_day: Callable[[], date], random: Random
) -> Iterator[Target]:
    """Targets of a year or of the whole time, of every kind of indicator, some with an overlay."""
    whole = f"{years[0]}..{years[-1]}"

    def time() -> str:
        one = random.choice(years)
        parts = [f"{one}-H2", f"{one}-9M", f"{one}-Q3", f"{one}-Q2..{one}-Q3"]
        return random.choice([str(one), str(one), whole, whole, random.choice(parts)])

    def year() -> str:
        return str(random.choice(years))

    def overlay(low: int, high: int) -> Overlay | None:
        if random.random() < 0.5:
            return None
        value = Decimal(random.randint(low, high))
        return Overlay(random.choice([ROOT, *communes]), a_day(), value)

    def one_of(*values: int) -> Decimal:
        return Decimal(random.choice(values))

    def declared(time: str, low: int, high: int) -> tuple[tuple[date, Decimal], ...]:
        """Values for up to three days on the way, or none."""
        last = date(int(time[-4:]), 12, 30)
        first = date(int(time[:4]), 1, 1)
        days = {
            first + timedelta(random.randint(0, (last - first).days))
            for _n in range(random.randint(0, 3))
        }
        return tuple((day, Decimal(random.randint(low, high))) for day in sorted(days))

    within = random.choice([None, ROOT])
    kinds = ("enterprise",) if random.random() < 0.3 else ()
    each = random.random() < 0.5
    yield Target(
        "t.S2",
        "w.S2",
        one_of(40, 150, 300, 600, 1200),
        time(),
        within=within,
        overlay=overlay(30, 400),
    )
    yield Target(
        "t.R1", "w.R1", one_of(40, 55, 70, 90), time(), kinds=kinds, overlay=overlay(40, 90)
    )
    limit = one_of(0, 100, 400, 1500, 4000)
    yield Target("t.F2", "w.F2", limit, random.choice([year(), whole]), aim="at_most")
    yield Target("t.Z1", "w.Z1", one_of(1, 3), time(), within=ROOT)
    rated = year()
    yield Target("t.R2", "w.R2", one_of(50, 70, 80), rated, path=declared(rated, 20, 80))
    open_time = random.choice([year(), whole])
    goal = one_of(60, 200, 500, 1500, 4000)
    yield Target("t.O1", "w.O1", goal, open_time, path=declared(open_time, 10, 800))
    one = random.choice([year(), whole])
    yield Target(
        "t.F1", "w.F1", one_of(20, 100, 250, 600, 1500), one, kinds=("commune",), each=each
    )


def rules(random: Random, communes: Sequence[str]) -> Iterator[Rule]:
    """Rules of every type, with several scopes, options and least coverages."""

    def rule(id: str, kind: str, type: str, some: str, *codes: str, **more: Any) -> Rule:
        sentences = {"some": some}
        for case in ("one", "none", "zero", "part", "below", "ahead", "behind"):
            if case in more:
                sentences[case] = more.pop(case)
        if not some:
            del sentences["some"]
        fields = ("kinds", "sector", "within", "judgement", "judged_by")
        given = {key: more.pop(key) for key in fields if key in more}
        least = random.choice([80, 80, 60, 100])
        return Rule(f"w.{id}", kind, type, sentences, codes, coverage=least, options=more, **given)

    def within() -> str:
        return random.choice(["", "", *communes[:1], *communes[-1:]])

    good, bad = "result", "shortcoming"
    sector = random.choice(["non_state", ""])
    yield rule(
        "total",
        good,
        "total",
        "{judgement}{over} đã tổ chức {F1} hội nghị, có {P2} người học tập",
        *("w.F1", "w.P2"),
        one="{over} đã tổ chức {F1} hội nghị; người học tập: {P2}",
        judgement="Công tác học tập được nâng lên",
        judged_by=random.choice([(), ("w.R2",), ("w.S3", "w.F2")]),
    )
    learners = "{over} có {P2} người đã học tập (của {P1} người thuộc diện)"
    cases, checks = "{over} có {F2} vụ việc vi phạm", "{over} đã kiểm tra {Y1} cuộc"
    yield rule(
        "cases", bad, "total", cases, "w.F2", kinds=random.choice([(), FIRMS]), within=within()
    )
    gifts = "{over} đã [thành lập {Z1} tổ chức đảng][thưởng {F3} triệu đồng]"
    yield rule("clauses", good, "total", gifts, "w.Z1", "w.F3", kinds=FIRMS, one="riêng " + gifts)
    yield rule("learners", good, "total", learners, "w.P1", "w.P2")
    yield rule("money", good, "total", "{over} đã thưởng {F3} triệu đồng", "w.F3", kinds=FIRMS)
    yield rule("checks", good, "total", checks, "w.Y1", kinds=random.choice([(), ("commune",)]))
    yield rule(
        "zero",
        bad,
        "still-zero",
        "",
        "w.Z1",
        one="{by} chưa thành lập được tổ chức đảng",
        part="{by} chưa thành lập được tổ chức đảng nào; mục tiêu của {period} là {target}",
        zero="{by} chưa thành lập được tổ chức đảng nào tại {units} doanh nghiệp, hợp tác xã",
        below="{over} mới thành lập được {value} tổ chức đảng tại {having} doanh nghiệp, hợp tác xã, "
        "mục tiêu là {target}",
        kinds=FIRMS,
        sector=sector,
    )
    idle = "{row} không tổ chức hội nghị ({names})"
    rarely = "{some} đơn vị chưa học tập thường xuyên: {gap_units} đơn vị"
    yield rule(
        "gaps",
        bad,
        "gaps",
        f"{rarely} {idle}; {{over}} có {{value}} hội nghị, do {{having}} đơn vị tổ chức",
        "w.F1",
        one=random.choice([idle, "{over} {row} không tổ chức hội nghị"]),
        zero=f"{rarely} {idle}",
        kinds=random.choice([(), OFFICES]),
        within=within(),
        gap=random.choice([1, 2, 3]),
    )
    yield rule("grown", good, "grown", "số đoàn viên {move}; tỷ lệ {move_2}", "w.S2", "w.R1")
    alone = "từ {then} đến {now}, riêng đơn vị {move}"
    yield rule("bodies", good, "grown", "số tổ chức đoàn thể {move}", "w.S3", one=alone)
    yield rule("learnt", good, "grown", "tỷ lệ học tập {move}; đó là {now} so với {then}", "w.R2")
    yield rule("more", good, "grown", "số hội nghị {move}", "w.F1", within=within())
    yield rule("fewer", good, "grown", "số vụ việc {move}", "w.F2")
    kept = "{move}; số tổ chức đoàn thể {move_2}"
    yield rule("kept", good, "grown", f"số đoàn viên {kept}", "w.S2", "w.S3", kinds=FIRMS)
    yield rule("kept-more", good, "grown", f"số người học tập {kept}", "w.P2", "w.S3")
    reached = "{by}, {indicator} đạt {value}, đạt mục tiêu {target}"
    missed = "{by}, {indicator} mới đạt {value}, mục tiêu là {target}"
    path = "{by}, {indicator} đạt {value}, lộ trình là {path}, mục tiêu {target} của {period}"
    for nth, code in enumerate(("w.S2", "w.R2", "w.F2")):
        yield rule(f"reached{nth}", good, "target", reached, code, ahead=path)
        zero = "{by}, {indicator} chưa có gì; mục tiêu của {period} là {target}"
        yield rule(f"missed{nth}", bad, "target", missed, code, behind=path, zero=zero)
    yield from _counting(random, rule, sector, within)


def _counting(
    random: Random, rule: Callable[..., Rule], sector: str, within: Callable[[], str]
) -> Iterator[Rule]:
    """The rules that count units."""
    good, bad, commune = "result", "shortcoming", ("commune",)
    yield rule(
        "plans",
        good,
        "plans",
        "{some} đơn vị đã ban hành kế hoạch: {issued} đơn vị",
        one="{by} đã ban hành kế hoạch",
        field="VB1",
    )
    yield rule(
        "lacks",
        bad,
        "plans",
        "{some} đơn vị chưa ban hành kế hoạch: {missing} đơn vị ({missing_names})",
        one="{by} chưa ban hành kế hoạch ({names})",
        none="{by} chưa có đơn vị nào ban hành kế hoạch",
        field="VB1",
        within=within(),
        kinds=random.choice([(), commune]),
    )
    yield rule(
        "complaint",
        bad,
        "same-complaint",
        "{units} đơn vị phản ánh khó khăn",
        one="{over} có phản ánh khó khăn",
        field="K1",
        codes=("chu", "tien"),
        at_least=random.choice([1, 2]),
        last=random.choice([0, 1, 2]),
        kinds=FIRMS,
        sector=sector,
    )
    yes: dict[str, Any] = {"field": "QC1", "codes": ("yes",), "at_least": random.choice([1, 2])}
    some = "{some} đơn vị có quy chế: {units} đơn vị ({names})"
    yield rule(
        "answers", good, "answers", some, one="đã có quy chế ({names})", within=within(), **yes
    )
    no: dict[str, Any] = {"field": "QC1", "codes": ("no",), "kinds": OFFICES}
    some = "{units} đơn vị chưa có quy chế"
    yield rule(
        "answers-no",
        bad,
        "answers",
        some,
        one="chưa có quy chế ({names})",
        none="không đơn vị nào trả lời là chưa có",
        **no,
    )
    few: dict[str, Any] = {"field": "K1", "codes": ("nguoi",), "at_least": 1}
    some = "{some} đơn vị thiếu người: {names}"
    yield rule(
        "helped",
        bad,
        "answers",
        some,
        one="còn thiếu người",
        none="không đơn vị nào thiếu người",
        **few,
    )
    none = "chưa đơn vị nào có quy chế"
    some = "{some} đơn vị có quy chế"
    given: dict[str, Any] = {"field": "QC1", "codes": ("yes",), "none": none, "kinds": FIRMS}
    yield rule("rules", bad, "answers", some, one="đã có quy chế", within=within(), **given)
    yield rule(
        "met",
        good,
        "days",
        "các đơn vị đã họp: {list}",
        one="đã họp: {list}",
        none="chưa đơn vị nào họp",
        field="D1",
    )
    some, one = "{given} đơn vị đã tổ chức hội nghị: {list}", "đã tổ chức hội nghị: {list}"
    yield rule("days", good, "days", some, one=one, field="D1", kinds=commune)
