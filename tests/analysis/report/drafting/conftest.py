"""The small district with rules, on a day when its review is written."""

from __future__ import annotations

import pytest

from nqcore.collection.accounts.access import Role
from tests.analysis.report.drafting.drafts import OUTLINE, RULES
from tests.support.small import Now, accepted, add_accounts, found, reopen


@pytest.fixture
def now():
    return Now()


@pytest.fixture
def ws(tmp_path, now):
    with found(tmp_path / "ws", now, RULES) as ws:
        add_accounts(
            ws,
            {
                "so": ("top", Role.WRITE),
                "ld": ("top", Role.WATCH),
                "kt": ("top", Role.INSPECT),
                "a3": ("xa-a", Role.APPROVE),
            },
        )
        accepted(ws, "xa-b", "2017-Q4", A1="2")
        accepted(ws, "xa-b", A1="5")
        yield ws


@pytest.fixture
def outlined(ws, tmp_path):
    """The same office with an outline of its own."""
    ws.close()
    with reopen(tmp_path / "ws", None, RULES, OUTLINE) as again:
        yield again
