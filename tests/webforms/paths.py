"""Every page in every state that it can be in: what is looked at for cleanness, access and width.

A page without a path fails a test: whoever adds one adds its path here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from nqcore.collection.entry.autofill import zeros
from nqcore.workspace.facade import Workspace
from tests.support.visitor import Visitor
from tests.webforms.conftest import QUARTER
from webforms.admin.unit_forms import OPERATIONS

UNITS = "/quan-tri/don-vi"
CONTENT = "/quan-tri/noi-dung"
CONTENT_SORTS = (
    "van-ban",
    "chi-tieu-tinh",
    "muc",
    "cau-hoi-chon",
    "muc-tieu",
    "quy-tac-grown",
    "dieu-chinh-muc-tieu",
)
"""Forms of the content with every type of box; tests/webforms/admin/test_content.py opens all of them."""
COMMUNE = "2018-Q3_res20.q_xa-an-phu"
RETURNED = "/bao-cao/2018-Q3_res20.q_dn-go-an-phu"


COUNT = "/ton-tai/so?ma=count:huyen-thu.plans|2008..2018|huyen|0|reported"
"""The "1 trong 2" of the office's own rule, after `years_without_plan`."""


def years_without_plan(ws: Workspace) -> None:
    """The last yearly reports of two communes, accepted: one names a plan of its own."""
    for unit, plan in (("xa-binh-minh", {}), ("xa-dong-ha", {"VB1.number": "5-KH/DU"})):
        boxes = {**zeros(ws.entry.sheet(f"2017_res20.y_{unit}")), **plan}
        draft = ws.save_draft(unit, "res20.y", "2017", boxes, by="vp")
        ws.accept(ws.send(draft, by="vp"), by="vp")


OWN_TARGET = {
    "id": "huyen.mt1",
    "directive": "20-nq-tw.2008-01-28",
    "indicator": "res20.A1",
    "value": 30,
    "period": "2020",
    "basis": "Công văn số 5-CV/HU",
}


def filled(visit: Callable[..., Visitor], ws: Workspace) -> None:
    """Bring the office into the states that the paths show: accepted, waiting, returned, decided."""
    unit = visit("dn")
    for quarter in ("2018-Q2", QUARTER[:7]):
        id = QUARTER.replace("2018-Q3", quarter)
        unit.press(f"/bao-cao/{id}/nhap", "ghi0", {"B1": "1.310", "B5": "1.234,5"})
        ws.send(id, by="dn")
    ws.accept(QUARTER.replace("Q3", "Q2"), by="vp")
    other = QUARTER.replace("dn-may-binh-minh", "dn-go-an-phu")
    visit("dn2").press(f"/bao-cao/{other}/nhap", "ghi0", {"B1": "210"})
    ws.send(other, by="dn2")
    ws.return_(other, remarks={"B1": "Kiểm tra lại số lao động"}, reason="Sửa B1", by="vp")
    asked = {"directive": "20-NQ/TW", "period": "2008..2018", "by": "vp"}
    ws.editions.freeze(**asked)
    years_without_plan(ws)
    ws.editions.freeze(**asked)
    drafted(ws)
    mine = replace(ws.reviews.outline("20-NQ/TW", "ngan"), id="rieng", title="Đề cương của huyện")
    ws.outlines.save(mine, by="vp", directives=["70-KH/HU"])
    ws.content.apply(ws.content.plan([("target", OWN_TARGET)]), by="qt")
    ws.accounts.lock("lead", by="qt", at=ws.clock())


def drafted(ws: Workspace) -> None:
    """A text that the office has changed: words of its own, one left out, one without a source."""
    review = ws.reviews.review(directive="20-NQ/TW", period="2008..2018")
    for kind in ("paragraph", "solution"):
        ws.drafting.add(review, kind, "Còn 45 đơn vị chưa làm.", part="", by="vp")
    ws.drafting.merge(review, "own:2", by="vp")
    ws.drafting.hide(review, ws.drafting.shown(review).parts[-1], by="vp")


REVIEW = "2008..2018_20-nq-tw.2008-01-28_huyen"
DRAFTING = f"/soan-bao-cao/{REVIEW}?them=opening"
PATHS: dict[str | None, tuple[str, ...]] = {
    "vp": (
        "/", "/duyet", "/duyet?xep=nen-xem", f"/duyet/{QUARTER}", f"/bao-cao/{QUARTER}",
        f"/bao-cao/{QUARTER}/minh-chung", f"{RETURNED}/nhap",
        "/tien-do", "/tien-do?loc=cho-duyet", "/tien-do?mau=res20.y&ky=2016",
        "/so-lieu", "/so-lieu?theo=ky&tim=cong+doan", "/so-lieu?don-vi=xa-an-phu&den=2017",
        "/so-lieu?tim=khongco", "/tim", "/tim?tim=an+phu", "/tim?tim=an+phu+2018&loai=report",
        "/tim?tim=khongco",
        "/ho-so", "/ho-so?don-vi=xa-an-phu", "/ho-so?don-vi=dn-may-binh-minh",
        "/con-no", "/con-no?chon=het&loc=qua-han", "/con-no?loc=cho-duyet", "/con-no?don-vi=xa-an-phu",
        "/con-no?tim=khongco",
        "/van-ban", "/van-ban?tim=ket+luan", "/van-ban?tim=khongco", "/van-ban/13-nq-tu",
        "/van-ban/20-nq-tw.2008-01-28", "/van-ban/70-kh-hu", "/chi-tieu/res20.B1?ky=2018-Q2",
        "/chi-tieu/res20.B2.1?ky=2008..2018", "/nhiem-vu/hu.G1", "/ton-tai", "/ton-tai?loc=waiting",
        "/ton-tai?mo=huyen-thu.plans",
        "/ton-tai?loc=dismissed", COUNT,
        "/bao-cao-tong-hop", f"/bao-cao-tong-hop/{REVIEW}",
        f"/bao-cao-tong-hop/{REVIEW}?tinh-den=2018-10-04", f"/bao-cao-tong-hop/{REVIEW}?de-cuong=tong-ket",
        "/ton-tai?tinh-den=2018-10-04",
        "/ban-chot", "/ban-chot?ky=2018", "/ban-chot/1", "/ban-chot/1?tinh-lai=1",
        "/ban-chot/1/so-voi/nay", "/ban-chot/1/so-voi/2",
        f"/soan-bao-cao/{REVIEW}", f"/soan-bao-cao/{REVIEW}?sua=opening", DRAFTING,
        f"/soan-bao-cao/{REVIEW}?tinh-den=2018-10-04&de-cuong=tong-ket",
        "/chi-tieu/res20.B1?ky=2018-Q2&tinh-den=2018-10-04",
        "/chi-tieu/res20.B1?ky=2018-Q2&so-sanh=dn-may-binh-minh&so-sanh=dn-go-an-phu",
        "/nap-bang", f"/nap-bang/{'0' * 32}",
        "/de-cuong", "/de-cuong/ngan", "/de-cuong/res20.tong-ket", "/de-cuong/rieng",
        "/de-cuong/tep/00000000000000000000000000000000",
        "/kiem-tra-van-ban", "/kiem-tra-van-ban/00000000000000000000000000000000",
        "/tro-giup", "/tai-khoan", "/tai-khoan/hai-buoc",
        "/bao-cao", "/bao-cao?don-vi=dn-may-binh-minh", "/nothing", "/quan-tri/he-thong",
        "/quan-tri/nguoi-dung", "/quan-tri/nguoi-dung/dn",
    ),
    "ld": ("/", "/con-no", "/ho-so?don-vi=xa-an-phu", "/ton-tai", "/nhiem-vu/hu.G1"),
    "kt": ("/", "/con-no", "/ton-tai", "/quan-tri/nhat-ky", "/nhiem-vu/hu.G1"),
    "dn": (
        "/", "/bao-cao", f"/bao-cao/{QUARTER}", "/tien-do", "/so-lieu", "/chi-tieu/res20.B1", "/duyet",
        "/nhiem-vu/hu.G1",
    ),
    "dn2": ("/", RETURNED, f"{RETURNED}/nhap", f"{RETURNED}/kiem-tra"),
    "xa": (
        f"/bao-cao/{COMMUNE}/nhap", f"/bao-cao/{COMMUNE}/nhap?loi=1",
        "/bao-cao/2017_res20.y_xa-an-phu/nhap?loi=1", f"/bao-cao/{COMMUNE}/minh-chung",
        f"/bao-cao/{COMMUNE}/nap-excel", "/bao-cao",
    ),
    "tg": (
        "/bao-cao/2017_hu.nv_ban-tuyen-giao/nhap?loi=1", "/bao-cao/2017_hu.nv_ban-tuyen-giao",
        "/nhiem-vu/hu.G1",
    ),
    "qt": (
        "/", "/quan-tri/he-thong", "/quan-tri/nguoi-dung", "/quan-tri/nguoi-dung?tim=binh+minh",
        "/quan-tri/nguoi-dung?tim=khongai", "/quan-tri/nguoi-dung/dn", "/quan-tri/nguoi-dung/lead",
        UNITS, f"{UNITS}?tim=binh+minh", f"{UNITS}?tim=khongco", f"{UNITS}/xa-an-phu",
        *(f"{UNITS}/xa-an-phu/{operation}" for operation in OPERATIONS),
        f"{UNITS}/xa-an-phu/doi-ten/xem-truoc?ten=X%C3%A3+M%E1%BB%9Bi&ngay=1/12/2018&can_cu=NQ",
        f"{UNITS}/xa-an-phu/doi-ten/xem-truoc?ten=&ngay=32/13&can_cu=", f"{UNITS}/ke-thua",
        "/quan-tri/bat-dau", f"{UNITS}/danh-sach", f"{UNITS}/huyen/ket-thuc",
        "/quan-tri/nguoi-dung/don-vi/phieu",
        CONTENT, f"{CONTENT}?tim=hoi+nghi", f"{CONTENT}?tim=khongco", f"{CONTENT}/bieu-mau/res20.q",
        f"{CONTENT}/bieu-mau/res20.q?don-vi=xa-an-phu", f"{CONTENT}/ket-thuc/question?ma=res20.q/A1",
        f"{CONTENT}/xem/indicator?ma=res20.A1@2008-01-01", f"{CONTENT}/xem/target?ma=huyen.mt1",
        f"{CONTENT}/soan/muc-tieu?ma=huyen.mt1", *(f"{CONTENT}/soan/{sort}" for sort in CONTENT_SORTS),
        "/quan-tri/ky", "/quan-tri/ky?nam=2016", "/quan-tri/ky/res20.q/2018-Q3?chon=no",
        "/quan-tri/nhat-ky", "/quan-tri/nhat-ky?ai=dn", "/quan-tri/nhat-ky?ai=khongai",
        "/quan-tri/nhat-ky?don-vi=an+phu&tu=1/1/2018&loai=reports", "/quan-tri/nhat-ky?tu=32/1/2018",
    ),
    None: (
        "/dang-nhap", "/dang-nhap/abc", "/tro-giup",
        "/tro-giup/nhap", "/tro-giup/duyet", "/tro-giup/theo-doi", "/tro-giup/quan-tri",
        "/tro-giup/kiem-tra",
    ),
}  # fmt: skip
"""Who looks at which addresses, after `filled`."""

NOT_PAGES = {
    "board.spreadsheet",
    "excel.download",
    "submissions.word",
    "static",
    "system.health",
    "evidence.file",
    "auth.second_step",
    "builder.figures",
    "builder.changes",
    "papers.show",
    "tables.show",
    "outlines.preview",
    "figure_list.all_indicators",
    "figure_list.comma_separated",
    "figure_list.spreadsheet",
    "log.spreadsheet",
}
"""Endpoints that answer with a file, a word or another address, or show a page only after the first
of two steps (test_accessible.py takes that step)."""
