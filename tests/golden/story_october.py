"""October: every state a report may be in; decisions, drafts, editions, notes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from nqcore.analysis.report.drafting import PaperDetails
from nqcore.analysis.report.sentences import figure_text, sentence_text
from nqcore.model.findings import FigureRef, Text
from nqcore.model.periods import PeriodKind
from nqcore.model.targets import TaskStatus
from tests.golden.story import Q2, Q3, QUARTER, Story, given
from tests.golden.whole import (
    REVIEWS,
)


def third_quarter(story: Story) -> None:
    """Reports that stay where they are: each state there is; some come as an import."""
    ws, days = story.ws, story.days
    days.at("2018-10-03 09:00")
    for unit in ["tt-tan-hoa", "xa-vinh-thuan", "dn-cap-nuoc"]:
        story.accept(unit, QUARTER, Q3)
    ws.send(story.save("xa-an-phu", QUARTER, Q3), by="binh")
    ws.accept(f"{Q3}_{QUARTER}_xa-an-phu", by="vanphong")
    loi = story.accept("xa-hoa-loi", QUARTER, Q3)
    long = story.send("xa-long-thanh", QUARTER, Q3)
    story.send("phong-ldtbxh", QUARTER, Q3)
    son = story.send("xa-phuoc-son", QUARTER, Q3)
    back = story.send("ban-to-chuc", QUARTER, Q3)
    ws.submissions.present(story.save("ban-tuyen-giao", QUARTER, Q3), by="ban-tuyen-giao")
    days.at("2018-10-04 15:00")
    ws.reopen(loi, reason="Xã đề nghị sửa B1", by="vanphong")
    ws.submissions.exclude(long, reason="Số liệu của cả cụm, chờ tách", by="vanphong")
    ws.return_(son, by="duyet-phuoc-son", remarks={"A3": "Thiếu một chữ số?"})
    ws.withdraw(back, by="ban-to-chuc")
    draft = {"A1": "mười hai", "A2": "15", "A3": "1.250", "A5": "", "A6": "4"}
    ws.save_draft("xa-binh-minh", QUARTER, Q3, draft, by="xa-binh-minh", copied=["A2", "A6"])
    ws.save_draft(
        "xa-binh-minh", QUARTER, Q3, draft, by="xa-binh-minh", base=1, checked=["A2"],
        explanations={"A3": "Có thêm hai lớp."},
    )  # fmt: skip
    ws.save_draft(
        "xa-binh-minh", QUARTER, Q3, {**draft, "A2": "16"}, by="vanphong",
        reason="Xã báo qua điện thoại",
    )  # fmt: skip
    imported = [
        (ws.submissions.obligation(unit, QUARTER, Q3), given()[unit, QUARTER, Q2], 0)
        for unit in ("xa-dong-ha", "htx-dong-ha")
    ]
    ws.submissions.workflow.save_all(
        ws.submissions.actor("xa-dong-ha"),
        imported,
        explanations={imported[0][0].submission: {"A1": "Như quý trước."}},
    )
    ws.send(imported[0][0].submission, by="xa-dong-ha")
    days.at("2018-10-05 08:00")
    ws.accept(imported[0][0].submission, by="vanphong")


def decisions(story: Story) -> None:
    """Findings chosen, reworded with their figures, passed over, left open again; and within other
    boundaries. Later reports move the figures."""
    ws, days = story.ws, story.days
    for directive, period in REVIEWS:
        about: dict[str, Any] = {"directive": directive, "period": period}
        every = ws.reviews.proposals(**about)
        live = [one for one in every if any(isinstance(piece, FigureRef) for piece in one.rule)]
        first, second, third, fourth = (*live[:3], *[o for o in every if o not in live[:3]])[:4]
        text = sentence_text(first.rule)
        words = f"Nhìn chung, {text[0].lower()}{text[1:]}"
        days.at("2018-10-20 09:00")
        ws.reviews.decide(first.key, "chosen", sentence=words, by="vanphong", base=0, **about)
        ws.reviews.decide(second.key, "dismissed", by="lanhdao", **about)
        ws.reviews.decide(third.key, "chosen", by="lanhdao", **about)
        days.at("2018-10-20 09:05")
        ws.reviews.decide(third.key, "waiting", by="vanphong", base=1, **about)
        ws.reviews.decide(fourth.key, "chosen", by="lanhdao", **about)
        ws.reviews.decide(
            live[-1].key, "chosen", sentence=_wrong_figure(live[-1]), update=True,
            by="vanphong", **about,
        )  # fmt: skip
    drafts(story)
    outlines(story)


def drafts(story: Story) -> None:
    """The office's own text: words of its own with a live figure, an order, what is left out, the paper."""
    ws, days = story.ws, story.days
    review = ws.reviews.review(directive="20-NQ/TW", period="2018")
    days.at("2018-10-20 09:10")
    (offer, *_others) = ws.drafting.figures(review, "B1")
    words = f"Toàn huyện có {figure_text(offer.figure)} công nhân; còn 45 tổ tự quản."
    add = ws.drafting.add
    add(review, "result", words, part="", figures=[offer.figure.id], by="vanphong")
    add(review, "lesson", "Phân công rõ người, rõ việc.", part="", by="lanhdao")
    ws.drafting.merge(review, "own:2", by="vanphong", base=1)
    ws.drafting.move(review, "own:1", up=True, by="vanphong")
    ws.drafting.hide(review, ws.drafting.shown(review).parts[-1], by="lanhdao")
    paper = PaperDetails(
        number="12", signer="Lê Văn Nam", to=("Ban Thường vụ Tỉnh ủy",), marks=("KHẨN",)
    )
    ws.drafting.details(review, paper, by="vanphong", base=0)


def outlines(story: Story) -> None:
    """The office saves two outlines of its own and takes one of them back."""
    ws = story.ws
    story.days.at("2018-10-20 09:20")
    whole = ws.reviews.outline("20-NQ/TW", "tong-ket")
    own = replace(whole, id="cua-huyen", title="Đề cương của huyện")
    for outline in (replace(own, id="thu"), own):
        ws.outlines.save(
            outline, by="lanhdao", directives=["70-KH/HU"], periods=[PeriodKind.QUARTER]
        )
    ws.outlines.remove("thu", by="lanhdao")


def _wrong_figure(one: Any) -> str:
    """The rule's words with another number in the place of its first figure."""
    text = sentence_text(one.rule)
    before = one.rule[0].text if isinstance(one.rule[0], Text) else ""
    return before + re.sub(r"\d[\d.,]*", "77", text[len(before) :], count=1)


def editions(story: Story) -> None:
    """A review is frozen, and frozen again after a correction of the office's choice."""
    ws, days = story.ws, story.days
    directive, period = REVIEWS[1]
    about: dict[str, Any] = {"directive": directive, "period": period}
    days.at("2018-10-20 10:00")
    ws.editions.freeze(by="vanphong", base=0, **about)
    days.at("2018-10-20 10:30")
    (first, *_) = ws.reviews.proposals(**about)
    ws.reviews.decide(first.key, "waiting", by="vanphong", **about)
    ws.editions.freeze(by="vanphong", base=1, **about)


def notes(story: Story) -> None:
    """How far tasks are."""
    ws = story.ws
    ws.monitoring.note_task("hu.G2", TaskStatus.NOT_STARTED, by="ban-to-chuc")
    story.days.at("2018-10-22 08:00")
    ws.monitoring.note_task(
        "hu.G2", TaskStatus.DOING, "Đang khảo sát 5 doanh nghiệp.", by="ban-to-chuc", base=1
    )
    ws.monitoring.note_task("hu.G4", TaskStatus.DONE, "Đã kiểm tra xong.", by="lanhdao")
    ws.monitoring.note_task("tu13.N1", TaskStatus.DOING, "Tỉnh đang làm.", by="vanphong")
    # And which units were reminded of what they owe; one of them twice.
    ws.monitoring.remind(["xa-tan-lap", "xa-phuoc-son"], by="vanphong")
    story.days.at("2018-10-22 15:00")
    ws.monitoring.remind(["xa-tan-lap"], by="vanphong")


def mappings(story: Story) -> None:
    """How two tables of other offices are read is kept; one of the two is forgotten."""
    ws = story.ws
    story.days.at("2018-10-23 08:00")
    data = "Đơn vị (quý III/2018);B1;B5 (tỷ đồng)\nCông ty TNHH May Bình Minh;1.310;—\n".encode()
    (found,) = ws.tables.guess(ws.tables.read("bang.csv", data), by="vanphong")
    for name in ("Biểu 01", "Biểu thử"):
        ws.tables.keep(replace(found, name=name, names={"ho ong nam": "-"}), by="vanphong")
    ws.tables.forget("Biểu thử", by="vanphong")


def history(story: Story) -> None:
    """Two reports from before the office began, approved on paper; one of the two is taken out again."""
    ws = story.ws
    story.days.at("2018-10-23 10:00")
    for unit in ("xa-an-phu", "xa-dong-ha"):
        owed = ws.submissions.obligation(unit, QUARTER, "2017-Q4", history=True)
        reports = [(owed, {"A1": "7", "A2": "40"})]
        nth = ws.submissions.bring_in(reports, "Báo cáo số 9-BC/HU, ngày 20/01/2018", by="vanphong")
    ws.submissions.take_out(nth, by="vanphong")
    ws.monitoring.begin_on(date(2018, 1, 1), by="vanphong")
