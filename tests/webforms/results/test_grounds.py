"""What a card says beside its evidence: the judgement, the units without a report, what ends it; and why the
other rules are silent."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest

from nqcore.analysis.findings import Review
from nqcore.formulas import Reason
from nqcore.model.claims import Claim, Relation
from nqcore.model.figures import Coverage, Figure
from nqcore.model.findings import (
    Evidence,
    Finding,
    FindingKind,
    Judgement,
    Silence,
    SilentState,
    Text,
)
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.small import plugin
from tests.support.visitor import Page, Visitor
from webforms.results.grounds import SILENT, grounds_of, silent_groups, unknown_units

LIST = "/ton-tai?van-ban=20-nq-tw.2008-01-28&ky=2008..2018&don-vi=huyen"
ENTERPRISES = tuple(f"dn-{name}" for name in ("may-binh-minh", "go-an-phu", "cap-nuoc", "thuy-loi"))
COMMUNES = tuple(
    f"xa-{name}" for name in ("an-phu", "binh-minh", "dong-ha", "hoa-loi", "long-thanh")
)


def figure(period: str, value: str) -> Figure:
    return Figure(
        indicator="res20.B5",
        unit="huyen",
        period=period,
        value=Decimal(value),
        decimals=1,
        measure="triệu đồng",
        coverage=Coverage(due=1, reported=1),
    )


def claim(unknown: tuple[str, ...] = ()) -> Claim:
    """The debts rose from 366,7 to 2.351,4."""
    return Claim(
        relation=Relation.ROSE,
        subject="res20.B5",
        unit="huyen",
        start=date(2008, 1, 1),
        end=date(2017, 12, 31),
        values=(figure("2008", "366.7"), figure("2017", "2351.4")),
        unknown=unknown,
    )


def finding(name: str, **more: object) -> Finding:
    return Finding(
        rule="thu.code",
        owner="nq_thu",
        kind=FindingKind.SHORTCOMING,
        title=name,
        sentence=(Text(f"câu của {name}"),),
        evidence=Evidence(figures=()),
        **more,  # type: ignore[arg-type]
    )


FOUND = (
    finding("đứng", judgement=Judgement(text="đã có chuyển biến", carried=(claim(),))),
    finding("trái", judgement=Judgement(text="được quan tâm", contradicted=(claim(),))),
    finding("trống", judgement=Judgement(text="được nâng lên")),
    finding("thiếu", claims=(claim(ENTERPRISES), claim(ENTERPRISES + COMMUNES))),
    finding(
        "hết",
        ends=Reason("It ends at {wanted} or more: {gap} more.", (("wanted", "80"), ("gap", "7"))),
    ),
)


def _rule(_review: Review) -> list[Finding]:
    return [*FOUND]


@pytest.fixture
def ws(office: Path, tmp_path: Path) -> Iterator[Workspace]:
    shutil.copytree(office, tmp_path / "ws")
    code = SimpleNamespace(
        id="thu.code", kind=FindingKind.SHORTCOMING, directive="20-NQ/TW", findings=_rule
    )
    modules = [("nq_thu", plugin("nq_thu", rules=lambda: [code]))]
    with open_workspace(tmp_path / "ws", modules=modules) as found:
        assert not found.faults
        yield found


def opened(visitor: Visitor, name: str) -> Page:
    """The list with the finding of that title opened."""
    nth = next(nth for nth, one in enumerate(FOUND, 1) if one.title == name)
    return visitor.get(f"{LIST}&mo={quote('thu.code' if nth == 1 else f'thu.code#{nth}')}")


def card(visitor: Visitor, name: str) -> str:
    """The words of the finding of that title, opened."""
    after = opened(visitor, name).words.partition(f". {name} ")[2]
    return after.partition("Thu gọn")[0]


def test_a_judgement_stands_with_its_figures_or_is_left_out_with_those_that_contradict_it(
    visit,
) -> None:
    office = visit("kt")
    change = "366,7 triệu đồng (2008) → 2.351,4 triệu đồng (2017)"
    name = "B5. Số tiền nợ đọng bảo hiểm xã hội đến cuối kỳ"
    said = "Nhận định của cơ quan, có số liệu đi cùng: “đã có chuyển biến”"
    assert f"{said} – {name}: {change}." in card(office, "đứng")
    said = "Không đưa nhận định “được quan tâm” vào câu: số liệu trái lại"
    assert f"{said} ({name}: {change})." in card(office, "trái")
    said = "Không đưa nhận định “được nâng lên” vào câu: chưa có số liệu nào cho thấy."
    assert said in card(office, "trống")
    for name in ("thiếu", "hết"):
        assert "nhận định" not in card(office, name).lower()
    pages = (opened(office, name) for name in ("đứng", "trái"))
    figures = [link for p in pages for link in p.links if link.startswith("/chi-tieu/res20.B5")]
    assert len(figures) == 4
    assert all(visit("kt").get(link).words for link in figures)


def test_of_the_units_without_a_report_eight_are_named_and_the_others_can_be_opened(visit) -> None:
    words = card(visit("kt"), "thiếu")
    named, _more, rest = words.partition("Chưa có báo cáo: ")[2].partition("và 1 đơn vị khác")
    assert len(named.split("; ")) == 8
    assert "; " not in rest.partition("Minh chứng")[0]
    assert rest.strip()
    assert "Chưa có báo cáo:" not in card(visit("kt"), "hết")


def test_a_shortcoming_says_what_would_end_it(visit) -> None:
    office = visit("kt")
    assert "Hết khi đạt 80 trở lên: còn thiếu 7." in card(office, "hết")
    assert "Hết khi" not in card(office, "đứng")


def test_every_silent_rule_is_listed_once_with_its_reason(visit, ws: Workspace) -> None:
    silent = ws.reviews.verdict(directive="20-NQ/TW", period="2008..2018").silent
    assert {one.state for one in silent} >= {SilentState.TOO_FEW_REPORTS, SilentState.DOES_NOT_HOLD}
    words = visit("kt").get(LIST).words.partition("Vì sao các quy tắc khác không nêu")[2]
    for state, heading in (
        (SilentState.TOO_FEW_REPORTS, "Chưa đủ số liệu"),
        (SilentState.DOES_NOT_HOLD, "Số liệu không cho thấy"),
        (SilentState.NO_DATA, "Không có gì để hỏi"),
    ):
        number = sum(one.state is state for one in silent)
        assert (f"{heading} ({number})" in words) is bool(number)
    for one in silent:
        assert f"{one.title} – " in words, one.rule
    assert sum(words.count(f" – {kind} – ") for kind in ("Tồn tại, hạn chế", "Kết quả")) == len(
        silent
    )
    assert "Chưa đủ số liệu: đã duyệt 0 trong" in words


def test_the_groups_of_silent_rules_are_in_one_order_shortcomings_first_and_none_is_empty() -> None:
    def silence(rule: str, kind: FindingKind, state: SilentState) -> Silence:
        return Silence(
            rule=rule, owner="nq_thu", kind=kind, title=rule, state=state, why=Reason(rule)
        )

    given = [
        silence("c", FindingKind.RESULT, SilentState.NO_DATA),
        silence("b", FindingKind.RESULT, SilentState.TOO_FEW_REPORTS),
        silence("a", FindingKind.SHORTCOMING, SilentState.TOO_FEW_REPORTS),
    ]
    groups = [(heading, [one.rule for one in rules]) for heading, rules in silent_groups(given)]
    assert groups == [
        (SILENT[SilentState.TOO_FEW_REPORTS], ["a", "b"]),
        (SILENT[SilentState.NO_DATA], ["c"]),
    ]
    assert set(SILENT) == set(SilentState)
    assert silent_groups([]) == []


def test_a_unit_without_a_report_is_named_once() -> None:
    assert unknown_units(FOUND[3]) == ENTERPRISES + COMMUNES
    assert unknown_units(FOUND[0]) == ()


def test_the_grounds_are_the_claims_that_decide() -> None:
    both = Judgement(text="x", carried=(claim(), claim()), contradicted=(claim(),))
    assert grounds_of(both) == [("res20.B5", claim().values)]
    assert len(grounds_of(Judgement(text="x", carried=(claim(), claim())))) == 2
    assert grounds_of(Judgement(text="x")) == []
