"""The audit trail: who did what and when, page by page, for those who may inspect it."""

from __future__ import annotations

import pytest

from nqcore.collection.accounts.access import Role
from nqcore.collection.archive import audit_trail
from nqcore.errors import NotAllowed
from nqcore.model.targets import TaskStatus
from nqcore.model.units import Unit, UnitKind
from tests.support.small import PERIOD, add_accounts, full
from tests.support.small import found as founded


@pytest.fixture
def ws(tmp_path):
    with founded(tmp_path / "ws") as found:
        add_accounts(
            found,
            {
                "qt": ("top", Role.ADMIN),
                "vp": ("top", Role.APPROVE),
                "kt": ("top", Role.INSPECT),
                "kt-a": ("xa-a", Role.INSPECT),
                "ld": ("top", Role.WATCH),
                "a1": ("xa-a", Role.ENTER),
                "a3": ("xa-a", Role.APPROVE),
                "b1": ("xa-b", Role.ENTER),
            },
        )
        yield found


def test_administrators_and_inspectors_see_who_did_what_in_their_part_of_the_tree(ws):
    ws.administration.lock("b1", by=ws.accounts["qt"])
    ws.administration.link("a1", by=ws.accounts["vp"])

    def seen(who: str, by: str = "") -> set[tuple[str, str, tuple[str, ...]]]:
        found = ws.archive.audit_trail(by=who, who=by)
        return {(entry.by, entry.do, entry.accounts) for entry in found.entries}

    locked, linked = ("qt", "lock-account", ("b1",)), ("vp", "make-link", ("a1",))
    assert {locked, linked} <= seen("qt")
    assert {locked, linked} <= seen("kt")
    assert linked in seen("kt-a")
    assert locked not in seen("kt-a")
    assert seen("kt", by="vp") == {linked}
    for who in ("vp", "ld", "a1", "a3"):
        with pytest.raises(NotAllowed):
            seen(who)


def test_the_trail_is_read_page_by_page(ws):
    for _n in range(130):
        ws.administration.link("a1", by=ws.accounts["qt"])
    numbers: list[int] = []
    before = 0
    for _page in range(10):
        page = ws.archive.audit_trail(by="qt", before=before)
        numbers += [entry.seq for entry in page.entries]
        before = page.older
        if not before:
            break
    assert numbers == list(range(ws.store.version, 0, -1))


def test_a_page_reads_a_limited_number_of_records_and_the_next_page_goes_on(
    ws, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(audit_trail, "READ_PER_PAGE", 7)
    every = [one.seq for one in ws.archive.audit_trail(by="kt-a").entries]
    pages, before = [], 0
    for _page in range(ws.store.version):
        page = ws.archive.audit_trail(by="kt-a", before=before)
        pages += [one.seq for one in page.entries]
        before = page.older
        if not before:
            break
    monkeypatch.undo()
    whole = [one.seq for one in ws.archive.audit_trail(by="kt-a").entries]
    assert len(every) < len(whole)
    assert pages == whole


def test_a_page_that_is_full_says_where_the_next_one_begins(ws, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(audit_trail, "PAGE_LENGTH", ws.store.version)
    page = ws.archive.audit_trail(by="qt")
    assert (len(page.entries), page.older) == (ws.store.version, 0)
    monkeypatch.setattr(audit_trail, "PAGE_LENGTH", ws.store.version - 1)
    page = ws.archive.audit_trail(by="qt")
    assert (len(page.entries), page.older) == (ws.store.version - 1, 2)
    assert ws.archive.audit_trail(by="qt", before=1).entries == ()


def test_a_record_about_no_unit_is_shown_only_at_the_top_of_the_tree(ws):
    assert [one.seq for one in ws.archive.audit_trail(by="kt", before=2).entries] == [1]
    assert ws.archive.audit_trail(by="kt-a", before=2).entries == ()


def test_units_notes_and_reports_are_shown_to_those_who_inspect_their_unit(ws):
    def newest(who: str) -> tuple[str, ...] | None:
        page = ws.archive.audit_trail(by=who)
        return page.entries[0].units if page.entries[0].seq == ws.store.version else None

    ws.monitoring.note_task("t1", TaskStatus.DOING, by="a1")  # the task of xa-a
    assert newest("kt-a") == newest("kt") == ("xa-a",)
    unit = Unit(code="dn-9", name="Công ty Chín", kind=UnitKind.COMMUNE, parent="xa-b")
    ws.organisation.add_units([unit], by="test")
    assert newest("kt") == ("dn-9",)
    assert newest("kt-a") is None
    draft = ws.save_draft("xa-a", "s.q", PERIOD, full("xa-a"), by="a1")
    assert newest("kt-a") == ("xa-a",)
    assert ws.archive.audit_trail(by="kt-a").entries[0].reports == (draft.submission,)
