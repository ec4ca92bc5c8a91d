"""Makes a golden folder with every action word and every table: `python -m tests.golden.make_whole NAME`
(such as 0.2.0-whole). Once per release, and before it for as long as a new word or table comes up.

Half a year of a small office: accounts of every role, reports through every step, changes of units of
every kind, decisions on findings. Everything is done through the doors that the pages use, at moments
that are written here.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyotp

from nqcore.analysis.report.drafting import PaperDetails
from nqcore.analysis.report.sentences import figure_text, sentence_text
from nqcore.clock import VIET_NAM
from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from nqcore.collection.archive.backup import write_backup
from nqcore.collection.submissions.attachment_purge import purge_removed
from nqcore.model.changes import ChangeEvent, ChangeKind, Transfer
from nqcore.model.fields import Answer, TaskProgress
from nqcore.model.findings import FigureRef, Text
from nqcore.model.handovers import Disposal, Duty, Handover
from nqcore.model.targets import TaskStatus
from nqcore.model.units import Sector, Unit, UnitKind
from nqcore.store.place import PLACE
from nqcore.workspace.demo import PLUGINS, demo_of
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace
from tests.golden.whole import (
    EXPECTED,
    PASSWORD,
    REVIEWS,
    WITHIN,
    few_reports_speak,
    whole,
    written,
)

HERE = Path(__file__).parent
QUARTER, YEAR, TASKS = "res20.q", "res20.y", "hu.nv"
Q2, Q3, Q4 = "2018-Q2", "2018-Q3", "2018-Q4"
NEW_YEAR = date(2019, 1, 1)
BASIS = "Nghị quyết số 15/NQ-HĐND, ngày 10/12/2018 của Hội đồng nhân dân huyện (số liệu mẫu)"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)


@cache
def given() -> Mapping[tuple[str, str, str], Mapping[str, Answer]]:
    """Answers that units might have given, by unit, form and period: those of the demo."""
    return {(one.unit, one.form, one.period): one.answers for one in demo_of(PLUGINS).submissions}


class Days:
    """The clock of the story: stands where it is put."""

    now = datetime(2018, 7, 2, 8, tzinfo=VIET_NAM)

    def __call__(self) -> datetime:
        return self.now

    def at(self, moment: str) -> None:
        """Go on to "2018-07-03 08:00"."""
        self.now = datetime.fromisoformat(moment).replace(tzinfo=VIET_NAM)


class Story:
    """A workspace that is being filled: `ws`, its clock, and short words for what units do."""

    def __init__(self, ws: Workspace, days: Days) -> None:
        self.ws, self.days = ws, days

    def save(self, unit: str, form: str, period: str, **more: Any) -> str:
        """A draft with the demo's answers; `by` the unit's own account unless another is named."""
        known = given().get((unit, form, period)) or given().get((unit, form, Q2)) or {}
        answers = {**known, **more.pop("answers", {})}
        by = more.pop("by", unit)
        return self.ws.save_draft(unit, form, period, answers, by=by, **more).submission

    def send(self, unit: str, form: str, period: str, **more: Any) -> str:
        """The same, and sent."""
        by = more.get("by", unit)
        return self.ws.send(self.save(unit, form, period, **more), by=by).submission

    def accept(self, unit: str, form: str, period: str, **more: Any) -> str:
        """The same, and accepted."""
        return self.ws.accept(self.send(unit, form, period, **more), by="vanphong").submission

    def attach(self, report: str, name: str, data: bytes, by: str) -> str:
        obligation, account = self.ws.submissions.repository.find(report), self.ws.account(by)
        return self.ws.submissions.attach(obligation, name, data, by=account).sha256

    def lines(self, by: str, roles: list[Role], forms: list[str], *lines: str) -> None:
        self.ws.administration.add("\n".join(lines), roles, forms, by=self.ws.account(by))


# -- July: the office begins -----------------------------------------------------------------------


def people(story: Story) -> None:
    """Accounts of every role, at the top and over parts, some for certain forms only."""
    ws, now = story.ws, story.days.now
    for login, name, roles in (
        ("vanphong", "Văn phòng Huyện ủy", [Role.APPROVE, Role.ADMIN]),
        ("lanhdao", "Thường trực Huyện ủy", [Role.WATCH]),
        ("kiemtra", "Kiểm tra, giám sát", [Role.INSPECT]),
    ):
        ws.accounts.add(login, name, "huyen", roles, units=ws.units, by="nq init", at=now)
    codes = [
        "tt-tan-hoa",
        "xa-an-phu",
        "xa-binh-minh",
        "xa-dong-ha",
        "xa-hoa-loi",
        "xa-long-thanh",
        "xa-phuoc-son",
        "xa-vinh-thuan",
        "ban-to-chuc",
        "ban-tuyen-giao",
        "phong-ldtbxh",
        "dn-cap-nuoc",
        "htx-dong-ha",
        "htx-phuoc-son",
    ]
    enter = [f"{ws.units[code].name};{code};{code}" for code in codes]
    story.lines("vanphong", [Role.ENTER], [], *enter)
    lead = ["Trần Văn Bình;xa-an-phu;binh", "Lê Thị Hạnh;ban-tuyen-giao;hanh"]
    story.lines("vanphong", [Role.LEAD], [], *lead)
    story.lines("vanphong", [Role.ENTER, Role.LEAD], [], "Vũ Văn Tân;xa-tan-lap;0912 345 678")
    story.lines("vanphong", [Role.ADMIN, Role.INSPECT], [], "Quản trị;xa-dong-ha;quantri-dong-ha")
    story.lines("vanphong", [Role.APPROVE], [QUARTER], "Duyệt;xa-phuoc-son;duyet-phuoc-son")
    story.lines("vanphong", [Role.WATCH], [], "Theo dõi;xa-thanh-loc;theodoi-thanh-loc")
    story.lines("vanphong", [Role.ENTER], [YEAR], "Nhập năm;xa-an-phu;nhap-nam")
    story.lines("quantri-dong-ha", [Role.ENTER], [], "Nghỉ việc;htx-dong-ha;nghi-viec")
    story.lines("quantri-dong-ha", [Role.ENTER], [], "Tạm khóa;htx-dong-ha;tam-khoa")


def doors(story: Story) -> None:
    """Passwords, locked accounts, one-time links: used, and taken back with other rights."""
    ws, people, now = story.ws, story.ws.accounts, story.days.now
    people.set_password("xa-an-phu", "mat-khau-dau", by="vanphong", at=now)
    for login in ("vanphong", "xa-an-phu"):
        old_password(story, login)
    managing, chief = ws.administration, ws.account("vanphong")
    managing.lock("nghi-viec", by=ws.account("quantri-dong-ha"))
    managing.lock("tam-khoa", by=chief)
    managing.unlock("tam-khoa", by=chief)
    people.open_link(managing.link("binh", by=chief).token, at=now)
    people.open_link(managing.link("htx-phuoc-son", by=chief).token, at=now)
    managing.link("tam-khoa", by=chief)
    managing.assign("tam-khoa", [Role.ENTER, Role.LEAD], [QUARTER, YEAR], by=chief)

    managing.link("tam-khoa", by=chief)
    managing.withdraw_link("tam-khoa", by=chief)
    managing.end_sessions("tam-khoa", by=chief)
    second_factor(story, "binh")
    second_factor(story, "tam-khoa")
    managing.reset_second_factor("tam-khoa", by=chief)


def old_password(story: Story, login: str) -> None:
    """The password of all golden folders: the first version accepted it, a later one calls it easy."""
    hashed = hash_password(PASSWORD)
    story.ws.accounts.change_account(
        login,
        "set-password",
        lambda account: replace(account, password=hashed),
        by=login,
        at=story.days.now,
    )


def second_factor(story: Story, login: str) -> None:
    """The account sets up a second factor."""
    factors, seconds = story.ws.second_factors, story.days.now.timestamp()
    code = pyotp.TOTP(factors.begin(login, seconds=seconds).seed).at(int(seconds))
    factors.confirm(login, code, seconds=seconds, by=login, at=story.days.now)


def office(story: Story) -> None:
    """Units of the office's own, its days off, and who sends through a leader."""
    ws = story.ws
    ws.organisation.add_units(
        [
            Unit(
                code="dn-go-tan-lap",
                name="Công ty TNHH Gỗ Tân Lập",
                kind=UnitKind.ENTERPRISE,
                sector=Sector.NON_STATE,
                parent="xa-tan-lap",
                opened=date(2018, 7, 1),
                basis="Giấy chứng nhận đăng ký doanh nghiệp (số liệu mẫu)",
                order=7,
                ids=(("mst", "0312345678"),),
            )
        ],
        by="vanphong",
    )
    ws.monitoring.set_day_off(
        date(2018, 7, 10), "Lễ kỷ niệm của huyện", working=False, by="vanphong"
    )
    ws.monitoring.set_day_off(date(2018, 10, 13), "Làm bù", working=True, by="vanphong")
    ws.monitoring.set_day_off(date(2018, 10, 10), "Nghỉ bù", working=False, by="vanphong")
    ws.monitoring.drop_day_off(date(2018, 10, 10), by="vanphong")
    ws.submissions.require_leader("xa-an-phu", True, by="binh")
    ws.submissions.require_leader("ban-tuyen-giao", True, by="vanphong")
    ws.submissions.require_leader("xa-binh-minh", True, by="vanphong")
    ws.submissions.require_leader("xa-binh-minh", False, by="vanphong")


def second_quarter(story: Story) -> None:
    """The first reports: in time, late, with more time, by a leader, on behalf; then it is closed."""
    ws, days = story.ws, story.days
    days.at("2018-07-05 09:00")
    for unit in ["tt-tan-hoa", "xa-vinh-thuan", "xa-binh-minh", "dn-cap-nuoc", "ban-to-chuc"]:
        story.accept(unit, QUARTER, Q2)
    days.at("2018-07-06 14:00")
    one = story.save("xa-an-phu", QUARTER, Q2)
    story.attach(one, "Kế hoạch 05.pdf", PDF, "xa-an-phu")
    ws.submissions.remove_attachment(
        ws.submissions.repository.find(one),
        story.attach(one, "ảnh nhầm.png", PNG, "xa-an-phu"),
        by=ws.account("xa-an-phu"),
    )
    ws.submissions.present(one, by="xa-an-phu")
    ws.submissions.hand_back(one, reason="Bổ sung số liệu A3.", by="binh")
    ws.submissions.present(story.save("xa-an-phu", QUARTER, Q2), by="xa-an-phu")
    ws.withdraw(one, by="xa-an-phu")
    ws.submissions.present(story.save("xa-an-phu", QUARTER, Q2), by="xa-an-phu")
    ws.send(one, by="binh")
    days.at("2018-07-07 08:00")
    purge_removed(ws.folder, ws.store, days=0, by="nq purge-evidence", at=days.now)
    ws.return_(
        one,
        by="vanphong",
        remarks={"A3": "Kiểm tra lại số người.", "": "Sửa xong gửi lại."},
        reason="Số liệu chưa khớp",
        resend_by=date(2018, 7, 12),
    )
    days.at("2018-07-09 08:00")
    ws.send(story.save("xa-an-phu", QUARTER, Q2), by="binh")
    ws.accept(one, by="vanphong")
    days.at("2018-07-09 08:06")
    ws.submissions.undo(one, by="vanphong")
    ws.accept(one, by="vanphong")
    ws.submissions.extend_deadline(
        "xa-long-thanh", QUARTER, Q2, date(2018, 7, 20), "Bão", by="vanphong"
    )
    ws.submissions.extend_deadline(
        "xa-long-thanh", QUARTER, Q2, date(2018, 7, 25), "Mưa lũ", by="vanphong"
    )
    ws.submissions.extend_deadline(
        "htx-phuoc-son", QUARTER, Q2, date(2018, 7, 18), "Kiểm kê", by="duyet-phuoc-son"
    )
    days.at("2018-07-16 10:00")
    story.accept("xa-hoa-loi", QUARTER, Q2)
    story.accept("xa-dong-ha", QUARTER, Q2)
    days.at("2018-07-24 10:00")
    story.accept("xa-long-thanh", QUARTER, Q2)
    story.accept("dn-may-binh-minh", QUARTER, Q2, by="vanphong")
    ws.submissions.lock_period(QUARTER, Q2, True, by="vanphong")
    ws.submissions.lock_period(QUARTER, Q2, False, by="vanphong")
    story.accept("htx-dong-ha", QUARTER, Q2)
    ws.submissions.lock_period(QUARTER, Q2, True, by="vanphong")


# -- October: every state a report may be in -------------------------------------------------------


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
    paper = PaperDetails(number="12", signer="Lê Văn Nam", to=("Ban Thường vụ Tỉnh ủy",))
    ws.drafting.details(review, paper, by="vanphong", base=0)


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


# -- December: units change ------------------------------------------------------------------------


def event(id: str, kind: ChangeKind, *transfers: Transfer, **more: Any) -> ChangeEvent:
    return ChangeEvent(
        id=id, date=more.pop("on", NEW_YEAR), kind=kind, basis=BASIS, transfers=transfers, **more
    )


def commune(code: str, name: str, number: str) -> Unit:
    return Unit(
        code=code,
        name=name,
        kind=UnitKind.COMMUNE,
        parent="huyen",
        basis=BASIS,
        ids=(("gso", number),),
    )


def decided(
    unit: str, duty: Duty, of: str, way: Disposal, successor: str | None = None
) -> Handover:
    return Handover(
        unit=unit, duty=duty, of=of, disposal=way, successor=successor, since=NEW_YEAR, basis=BASIS
    )


def part(source: str, target: str, share: str | None = None) -> Transfer:
    return Transfer(
        source=source,
        target=target,
        share=Fraction(share) if share else None,
        basis="dân số" if share else "",
    )


def reorganisation(story: Story) -> None:
    """Changes of every kind, with shares and without, one taken back, one still to come."""
    ws, days, by = story.ws, story.days, "vanphong"
    days.at("2018-10-25 08:00")
    first, spring = date(2018, 11, 1), date(2019, 2, 1)
    named = {"unit": "tt-tan-hoa", "name": "Phường Tân Hòa"}
    ws.organisation.change_units(event("doi-ten", ChangeKind.RENAME, on=first, **named), by=by)
    days.at("2018-12-20 08:00")
    merged = [part("xa-hoa-loi", "xa-hoa-long"), part("xa-long-thanh", "xa-hoa-long")]
    ws.organisation.change_units(
        event("sap-nhap", ChangeKind.MERGE, *merged),
        units=[commune("xa-hoa-long", "Xã Hòa Long", "25196")],
        decided=[decided("xa-hoa-loi", Duty.REPORTS, "", Disposal.INHERIT, "xa-hoa-long")],
        by=by,
    )
    split = [part("xa-vinh-thuan", "xa-vinh-an", "3/5")]
    split.append(part("xa-vinh-thuan", "xa-vinh-binh", "2/5"))
    ws.organisation.change_units(
        event("chia", ChangeKind.SPLIT, *split),
        units=[
            commune("xa-vinh-an", "Xã Vĩnh An", "25198"),
            commune("xa-vinh-binh", "Xã Vĩnh Bình", "25199"),
        ],
        by=by,
    )
    firm = Unit(code="dn-moi", name="Công ty Mới", kind=UnitKind.ENTERPRISE, parent="huyen")
    ws.organisation.change_units(
        event("dieu-chinh", ChangeKind.TRANSFER, part("xa-binh-minh", "xa-an-phu", "1/10")),
        event("dieu-chinh-2", ChangeKind.TRANSFER, part("xa-dong-ha", "xa-thanh-loc")),
        event("chuyen", ChangeKind.MOVE, unit="htx-thanh-loc", parent="xa-phuoc-son"),
        event("doi-loai", ChangeKind.CHANGE_KIND, unit="dn-cap-nuoc", sector=Sector.NON_STATE),
        event("thanh-lap", ChangeKind.OPEN, unit="dn-moi"),
        event("giai-the", ChangeKind.CLOSE, unit="ban-to-chuc"),
        event("giai-the-2", ChangeKind.CLOSE, unit="phong-ldtbxh"),
        units=[firm],
        by=by,
    )
    ws.organisation.change_units(
        event("nham", ChangeKind.MERGE, part("xa-thanh-loc", "xa-nham"), on=spring),
        units=[commune("xa-nham", "Xã Nhầm", "25200")],
        decided=[
            replace(
                decided("xa-thanh-loc", Duty.REPORTS, "", Disposal.INHERIT, "xa-nham"), since=spring
            )
        ],
        by=by,
    )
    ws.organisation.undo_change("nham", by=by)
    coming = {"unit": "xa-thanh-loc", "name": "Xã Thạnh Lộc Mới"}
    ws.organisation.change_units(event("sap-toi", ChangeKind.RENAME, on=spring, **coming), by=by)


def handovers(story: Story) -> None:
    """What was laid on units that ended: inherited, replaced, ended, decided anew; some stay open."""
    ws, by = story.ws, "vanphong"
    ws.organisation.hand_over(
        decided("ban-to-chuc", Duty.TASK, "hu.G2", Disposal.INHERIT, "ban-tuyen-giao"),
        decided("ban-to-chuc", Duty.FORM, TASKS, Disposal.END),
        decided("ban-to-chuc", Duty.REPORTS, "", Disposal.END),
        decided("phong-ldtbxh", Duty.FORM, TASKS, Disposal.REPLACE),
        decided("phong-ldtbxh", Duty.TARGET, "hu.doan-vien-2018", Disposal.END),
        by=by,
    )
    story.days.at("2019-01-03 08:00")
    again = decided("ban-to-chuc", Duty.REPORTS, "", Disposal.INHERIT, "ban-tuyen-giao")
    ws.organisation.hand_over(again, by=by)


# -- January: the year -----------------------------------------------------------------------------


def year(story: Story) -> None:
    """The last quarter and the year, also of a unit that has ended, by its heir."""
    ws, days = story.ws, story.days
    days.at("2019-01-07 09:00")
    for unit in ["tt-tan-hoa", "xa-binh-minh", "xa-dong-ha", "dn-cap-nuoc"]:
        story.accept(unit, QUARTER, Q4)
    story.accept("xa-vinh-thuan", QUARTER, Q4, by="vanphong")
    story.accept("xa-hoa-loi", QUARTER, Q4)
    for unit in ["tt-tan-hoa", "xa-binh-minh"]:
        story.accept(unit, YEAR, "2018", answers=given()[unit, YEAR, "2017"])
    story.save("xa-an-phu", YEAR, "2018", answers=given()["xa-an-phu", YEAR, "2017"], by="nhap-nam")
    standing = {"NV-hu.G1": TaskProgress(TaskStatus.DONE, "Đã tổ chức 12 lớp.")}
    standing["NV-hu.G4"] = TaskProgress(TaskStatus.DOING, "Đang phối hợp.")
    one = ws.save_draft("ban-tuyen-giao", TASKS, "2018", standing, by="ban-tuyen-giao")
    ws.send(one, by="hanh")
    ws.accept(one, by="vanphong")
    ws.monitoring.note_task(
        "hu.G2", TaskStatus.DONE, "Ban Tuyên giáo đã làm xong.", by="ban-tuyen-giao"
    )
    directive, period = REVIEWS[0]
    about: dict[str, Any] = {"directive": directive, "period": period, "boundaries": WITHIN}
    for finding, choice in zip(ws.findings(**about)[:2], ("chosen", "dismissed"), strict=True):
        ws.reviews.decide(finding.rule, choice, by="vanphong", **about)


def make(folder: Path) -> None:
    """The folder: `workspace/`, the keys in `keys/`, and what must be read from it."""
    os.environ["NQ_KEYS"] = str(folder / "keys")
    days = Days()
    ws = create_workspace(
        folder / "workspace",
        name="Huyện Tân Hòa (bản vàng)",
        plugins=PLUGINS,
        root="huyen",
        units=[commune("xa-tan-lap", "Xã Tân Lập", "25195")],
        since=date(2018, 1, 1),
        clock=days,
    )
    (folder / "workspace" / "days-off.toml").write_text(
        '[[day]]\ndate = 2018-12-31\nname = "Nghỉ Tết dương lịch"\nworking = false\n', "utf-8"
    )
    with ws:
        story = Story(ws, days)
        # The file of days off is noticed; then the folder is one that was restored here.
        ws.archive.take_custody(by="nq serve")
        (folder / "workspace" / "journal" / PLACE).unlink()
        ws.archive.take_custody(by="nq serve")
        for chapter in (
            people,
            doors,
            office,
            second_quarter,
            third_quarter,
            decisions,
            editions,
            notes,
            reorganisation,
            handovers,
            year,
        ):
            chapter(story)
        days.at("2019-01-19 17:00")
        with TemporaryDirectory() as away:
            copy = Path(away) / "huyen.nqb"
            write_backup(folder / "workspace", copy, at=days.now, by="vanphong")
        ws.refresh()
        days.at("2019-01-20 08:00")
        ws.store.journal.take_snapshot()
        # What stands behind the snapshot is read from the records.
        link = ws.administration.link("xa-dong-ha", by=ws.account("vanphong"))
        story.send("ban-tuyen-giao", QUARTER, Q4, by="hanh")
        expected = {"opened": days.now.isoformat(), "link": link.token, **whole(ws)}
    (folder / EXPECTED).write_text(written(expected), "utf-8")
    # What belongs to this folder of this machine only.
    (folder / "workspace" / "journal" / PLACE).unlink()
    for of_place in (folder / "keys").glob("*.*.*"):
        of_place.unlink()


def main(name: str) -> None:
    """Make the folder of that name here, or none."""
    target = HERE / name
    if target.exists():
        sys.exit(f"{target} exists: what was released is never made again.")
    target.mkdir()
    try:
        with few_reports_speak():
            make(target)
    except BaseException:
        shutil.rmtree(target)
        raise


if __name__ == "__main__":
    if len(sys.argv) != 2 or not re.fullmatch(r"[\w.-]+", sys.argv[1]):
        sys.exit("Name the new folder: python -m tests.golden.make_whole 0.2.0-whole")
    main(sys.argv[1])
