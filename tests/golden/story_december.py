"""December and January: changes of units of every kind, what they leave open, and the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from nqcore.model.changes import ChangeEvent, ChangeKind, Transfer
from nqcore.model.fields import TaskProgress
from nqcore.model.handovers import Disposal, Duty, Handover
from nqcore.model.targets import TaskStatus
from nqcore.model.units import Sector, Unit, UnitKind
from tests.golden.story import BASIS, NEW_YEAR, Q4, QUARTER, TASKS, YEAR, Story, given
from tests.golden.whole import (
    REVIEWS,
    WITHIN,
)


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


def content(story: Story) -> None:
    """An indicator and a question of the office, one that ended, and a change that was taken back."""
    ws, by = story.ws, "vanphong"
    story.days.at("2019-01-18 09:00")
    since, basis = date(2019, 1, 1), "Công văn số 5-CV/HU, ngày 15/1/2019"
    counted = {"code": "vp.V1", "label": "V1", "name": "Số buổi đối thoại", "measure": "buổi"}
    section = {"form": QUARTER, "key": "V", "title": "Đối thoại", "asks": {"kinds": ["commune"]}}
    asked = {"form": QUARTER, "section": "V", "type": "figure", "indicator": "vp.V1"}
    dated = {"since": since, "basis": basis}
    tables = [("indicator", counted | dated), ("section", section | dated)]
    ws.content.apply(ws.content.plan([*tables, ("question", asked | dated)], basis), by=by)
    note = [("indicator", counted | dated | {"note": "Kể cả đột xuất"})]
    ws.content.apply(ws.content.plan(note), by=by)
    ws.content.undo("2", by=by)
    ws.content.end("question", f"{QUARTER}/N3", since, basis, by=by)
