"""The workspace in which the examples of docstrings run: the small district with some reports."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nqcore.collection.accounts.access import ADMIN_ROLES, Role
from nqcore.workspace.facade import Workspace
from tests.support.small import NOON, PERIOD, Now, accepted, found, full, plugin, reopen

RULES = plugin(
    "nq_rules",
    """
[pack]
id = "s"
since = 2017-01-01
basis = "Kế hoạch số 1"
[[target]]
id = "m"
directive = "1-NQ/HU"
indicator = "A1"
value = "10"
period = "2018"
aim = "at_least"
[[rule]]
id = "s.money"
kind = "shortcoming"
directive = "1-NQ/HU"
title = "Kinh phí"
type = "answers"
field = "K1"
codes = ["tien"]
coverage = 1
[rule.sentences]
some = "{units} đơn vị thiếu kinh phí."
""",
)


def make_example(folder: Path) -> None:
    """On 5 April 2018 the reports of 2018-Q1 of `dn-1` and `xa-a` are accepted, that of `dn-2` is sent,
    that of `dn-3` is a draft; `xa-b` has entered nothing. Of 2017-Q4 that of `xa-a` is accepted."""
    with found(folder, Now(), RULES) as ws:
        ws.accounts.add(
            "quantri", "Quản trị", "top", ADMIN_ROLES, units=ws.units, by="test", at=NOON
        )
        ws.accounts.add(
            "giamdoc", "Giám đốc", "dn-3", [Role.LEAD], units=ws.units, by="test", at=NOON
        )
        assert ws.faults == ()
        accepted(ws, "xa-a", "2017-Q4", A1="1")
        accepted(ws, "dn-1", B1="1.310", B2="1.200", B3="12,5")
        accepted(ws, "xa-a", A1="2", K1=("tien",), N1="Chưa có nhà văn hóa.")
        ws.send(ws.save_draft("dn-2", "s.q", PERIOD, full("dn-2"), by="hai"), by="hai")
        ws.save_draft("dn-3", "s.q", PERIOD, full("dn-3"), by="ba")


@contextmanager
def example(template: Path, folder: Path) -> Iterator[Workspace]:
    """A copy of the workspace that `make_example` made, opened."""
    shutil.copytree(template, folder)
    with reopen(folder, Now(), RULES) as ws:
        yield ws
