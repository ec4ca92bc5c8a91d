"""Reviews of the smallest offices: at most one unit below the top one, and no report."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

import nqcore
from nqcore.clock import VIET_NAM
from nqcore.plugin import Sector, Unit, UnitKind
from tests.review.demo import DISTRICT, DemoJudge

TOP = Unit(code="huyen", name="Huyện ủy Tân Hòa", kind=UnitKind.COMMITTEE)
COMMUNE = Unit(code="xa", name="Xã An Phú", kind=UnitKind.COMMUNE, parent="huyen")
FIRM = Unit(
    code="dn",
    name="Công ty TNHH May An Phú",
    kind=UnitKind.ENTERPRISE,
    sector=Sector.NON_STATE,
    parent="huyen",
)


def office(folder: Path, *below: Unit) -> Path:
    """An office of the top unit and those below it, which has asked for ten years and has no report."""
    with nqcore.create(
        folder / "office",
        units=[TOP, *below],
        plugins=["nq_res20", "nq_party_report"],
        since=date(2008, 1, 1),
        clock=lambda: datetime(2018, 10, 5, 12, tzinfo=VIET_NAM),
    ):
        return folder / "office"


@pytest.mark.parametrize("below", [(), (COMMUNE,), (FIRM,)], ids=["none", "a commune", "a firm"])
def test_an_office_without_a_report_has_reviews_without_a_hole(
    tmp_path: Path, below: tuple[Unit, ...]
) -> None:
    folder = office(tmp_path, *below)
    with DemoJudge(folder) as judge:
        units = [unit.code for unit in (TOP, *below)]
        judge.judge(
            [
                (DISTRICT.days[0], span, unit)
                for span in (*DISTRICT.kinds, DISTRICT.whole)
                for unit in units
            ]
        )
        assert judge.counts["reports"] == 9 * len(units)
        assert (judge.faults, judge.counts["figures"]) == ([], 0)


@pytest.mark.parametrize("below", [(), (COMMUNE,)], ids=["none", "a commune"])
def test_an_office_without_a_report_has_a_file_in_every_format(
    tmp_path: Path, below: tuple[Unit, ...]
) -> None:
    with nqcore.open(office(tmp_path, *below)) as ws:
        for format in ws.reviews.formats():
            report = ws.reviews.report(
                directive=DISTRICT.directive, period="2017", format=format.name
            )
            assert report.data, format.name
