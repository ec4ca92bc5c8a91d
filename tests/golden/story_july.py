"""July: the office begins. Accounts of every role, doors, the second quarter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pyotp
from argon2 import PasswordHasher

from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from nqcore.collection.submissions.attachment_purge import purge_removed
from nqcore.model.units import Sector, Unit, UnitKind
from tests.golden.story import PDF, PNG, Q2, QUARTER, YEAR, Story
from tests.golden.whole import (
    PASSWORD,
)


def people(story: Story) -> None:
    """Accounts of every role, at the top and over parts, some for certain forms only."""
    ws, now = story.ws, story.days.now
    for login, name, roles in (
        ("vanphong", "Văn phòng Huyện ủy", [Role.APPROVE, Role.ADMIN]),
        ("kiemtra", "Kiểm tra, giám sát", [Role.INSPECT]),
        ("lanhdao", "Thường trực Huyện ủy", [Role.WATCH, Role.WRITE]),
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
    renewed_hash(story, "tam-khoa")


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


def renewed_hash(story: Story, login: str) -> None:
    """The account has the hash of an earlier version, and signs in."""
    accounts = story.ws.accounts
    earlier = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4).hash(PASSWORD)
    accounts.change_account(
        login,
        "set-password",
        lambda account: replace(account, password=earlier),
        by=login,
        at=story.days.now,
    )
    assert accounts.renew_hash(accounts[login], PASSWORD, at=story.days.now)


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
    listed = "Tên\tLoại\nTrường THCS Tân Lập\ttrường học\n"
    opened, basis = date(2018, 9, 1), "Quyết định số 5-QĐ/UBND (số liệu mẫu)"
    plan = ws.organisation.plan_units(listed, under="xa-tan-lap", opened=opened, basis=basis)
    ws.organisation.add_list(plan, by="vanphong")
    basis = "Công văn số 15-CV/HU (số liệu mẫu)"
    for period, day in (("2018-Q3", date(2018, 10, 15)), ("2018-Q4", date(2019, 1, 15))):
        ws.submissions.move_deadline(QUARTER, period, day, basis, by="vanphong")
    ws.submissions.reset_deadline(QUARTER, "2018-Q3", by="vanphong")
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
