"""The small district with a year of reports, for rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.small import Now, accepted, found


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2017 of the small district: who has reported what stands in the comments of the cases below."""
    folder = tmp_path_factory.mktemp("rules") / "ws"
    now = Now()
    now.on("2018-01-04")
    with found(folder, now) as ws:
        #                 xa-a  xa-b  dn-2  dn-3
        rows: dict[str, tuple[int | None, ...]] = {
            "2017-Q1": (2, 0, 1, 0),
            "2017-Q2": (0, 0, 1, 0),
            "2017-Q3": (0, 4, 1, 0),
            "2017-Q4": (0, 0, 1, None),
        }
        for period, values in rows.items():
            for unit, held in zip(("xa-a", "xa-b", "dn-2", "dn-3"), values, strict=True):
                if held is None:
                    continue
                more: dict[str, object] = {}
                if unit == "dn-2":
                    more = {"K1": ["chu"], "N1": f"Chủ vắng {period}"}
                if unit == "xa-b" and period == "2017-Q1":
                    more = {"K1": ["chu", "tien"]}
                if unit == "xa-a" and period == "2017-Q3":
                    more = {"VB1.number": "5-KH/ĐU", "VB1.date": "1/7/2017"}
                accepted(ws, unit, period, A1=str(held), **more)
        now.on("2018-04-05")
        accepted(ws, "xa-a", "2018-Q1", A1="9")
        accepted(ws, "xa-b", "2018-Q1", A1="9")
    return folder
