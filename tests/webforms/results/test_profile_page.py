"""*Hồ sơ đơn vị* on the page: for each unit, for those who may look at it, printed on A4."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from nqcore.analysis.report.sentences import sentence_text
from nqcore.workspace.demo import PASSWORD
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.visitor import Visitor
from webforms import create_app

Visit = Callable[[str], Visitor]


@pytest.mark.parametrize("login", ["vp", "ld", "kt", "qt"])
def test_each_unit_has_its_page(visit: Visit, ws: Workspace, login: str) -> None:
    one = visit(login)
    for unit in [*ws.units.values()][:12]:
        answer = one.client.get(f"/ho-so?don-vi={unit.code}")
        if answer.status_code == 200:
            page = one.get(f"/ho-so?don-vi={unit.code}")
            assert unit.name in page.words
            assert "None" not in page.words
        else:
            assert answer.status_code in (403, 404)
            assert login == "qt"


def test_the_page_shows_reports_figures_place_findings_and_plans(demo_copy: Path) -> None:
    with open_workspace(demo_copy) as ws:
        office = Visitor(create_app(ws).test_client())
        office.sign_in("vanphong", PASSWORD)
        for unit in ws.units.values():
            page = office.get(f"/ho-so?don-vi={unit.code}")
            assert unit.name in page.words
            seen = ws.reviews.profile(unit.code)
            for one in seen.reports:
                counts = f"{one.in_time} đúng hạn; {one.late} chậm; {one.missing} quá hạn chưa gửi."
                assert f"{one.form.title}: {counts}" in page.words
            for finding in seen.findings:
                assert sentence_text(finding.finding.sentence)[1:] in page.words
        page = office.get("/ho-so?don-vi=dn-may-binh-minh")
        assert "Số liệu chính" in page.words
        text = office.client.get("/ho-so?don-vi=dn-may-binh-minh").text
        values = re.findall(r"(?<=>)\d\d,\d(?=</a>)", text)
        assert values[:5] == ["56,3", "45,9", "63,2", "66,4", "69,2"]
        assert "3/6 (2018)" in page.words
        assert any(link.startswith("/chi-tieu/") and "pham-vi=own" in link for link in page.links)


def test_it_is_found_from_the_search_and_from_the_reports_of_the_unit(visit: Visit) -> None:
    place = "/ho-so?don-vi=xa-an-phu"
    office, clerk = visit("vp"), visit("dn")
    assert place in office.get("/tim?tim=xa+an+phu").links
    assert place in office.get("/bao-cao?don-vi=xa-an-phu").links
    assert not [link for link in clerk.get("/bao-cao").links if link.startswith("/ho-so")]
    assert not [link for link in clerk.get("/tim?tim=binh+minh").links if "/ho-so" in link]


def test_a_unit_that_there_is_not_and_one_of_others_look_alike(visit: Visit) -> None:
    for code in ("khong-co", "../x", ""):
        assert visit("vp").client.get(f"/ho-so?don-vi={code}").status_code in (200, 404)
    assert visit("vp").client.get("/ho-so?don-vi=khong-co").status_code == 404
    assert visit("dn").client.get("/ho-so?don-vi=xa-an-phu").status_code == 404
