"""The audit trail: who did what and when, page by page, for those who may inspect it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from nqcore.collection.accounts.access import Role
from nqcore.collection.archive import audit_trail
from nqcore.collection.archive.audit_query import AuditKind, AuditQuery, kind_of
from nqcore.errors import NotAllowed
from nqcore.model.targets import TaskStatus
from nqcore.model.units import Unit, UnitKind
from tests.support.small import PERIOD, Now, add_accounts, full
from tests.support.small import found as founded
from webforms.shared.labels import DOINGS


@pytest.fixture
def ws(tmp_path, now):
    with founded(tmp_path / "ws", now) as found:
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
        found = ws.archive.audit_trail(AuditQuery(who=by), by=who)
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
        page = ws.archive.audit_trail(AuditQuery(before=before), by="qt")
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
        page = ws.archive.audit_trail(AuditQuery(before=before), by="kt-a")
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
    assert ws.archive.audit_trail(AuditQuery(before=1), by="qt").entries == ()


def test_a_record_about_no_unit_is_shown_only_at_the_top_of_the_tree(ws):
    assert [one.seq for one in ws.archive.audit_trail(AuditQuery(before=2), by="kt").entries] == [1]
    assert ws.archive.audit_trail(AuditQuery(before=2), by="kt-a").entries == ()


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


# -- what one looks for ------------------------------------------------------------------------


def test_every_deed_that_the_pages_have_words_for_is_of_one_kind() -> None:
    by_kind = {kind: [do for do in DOINGS if kind_of(do) is kind] for kind in AuditKind}
    assert all(by_kind.values())
    assert by_kind[AuditKind.DRAFTS] == ["save"]
    assert set(by_kind[AuditKind.OFFICE]) == {"backup", "new-place", "settings", "epoch"}
    assert kind_of("made-by-a-plugin") is AuditKind.OFFICE


def test_what_is_wanted_is_found_and_nothing_else(ws, now: Now) -> None:
    ws.administration.lock("b1", by=ws.accounts["qt"])
    now.on("2018-04-06")
    ws.administration.link("a1", by=ws.accounts["vp"])
    ws.save_draft("xa-a", "s.q", PERIOD, full("xa-a"), by="a1")
    now.on("2018-04-07")
    ws.send(ws.submissions.repository.revision(f"{PERIOD}_s.q_xa-a"), by="a1")

    def seen(**wanted: Any) -> list[str]:
        found = ws.archive.audit_trail(AuditQuery(**wanted), by="kt")
        return [entry.do for entry in found.entries]

    sixth = date(2018, 4, 6)
    assert seen(since=sixth, until=sixth) == ["save", "make-link"]
    assert seen(since=date(2018, 4, 7)) == ["send"]
    assert "lock-account" in seen(until=date(2018, 4, 5))
    assert seen(until=date(2017, 1, 1)) == []
    assert seen(kind=AuditKind.DRAFTS) == ["save"]
    assert seen(kind=AuditKind.REPORTS) == ["send"]
    assert seen(units=frozenset({"xa-a"}), since=sixth) == ["send", "save", "make-link"]
    assert seen(units=frozenset({"xa-b"}), kind=AuditKind.PEOPLE)[0] == "lock-account"
    assert seen(units=frozenset(), since=sixth) == []
    assert seen(who="vp", units=frozenset({"xa-a"})) == ["make-link"]


def test_the_drafts_of_one_person_report_and_day_are_one_line(ws, now: Now) -> None:
    now.on("2018-04-05")
    for value in "12345":
        ws.save_draft("xa-a", "s.q", PERIOD, full("xa-a", A1=value), by="a1")
        ws.save_draft("xa-b", "s.q", PERIOD, full("xa-b", A1=value), by="b1")
    now.on("2018-04-06")
    ws.save_draft("xa-a", "s.q", PERIOD, full("xa-a", A1="6"), by="a1")
    found = ws.archive.audit_trail(AuditQuery(kind=AuditKind.DRAFTS), by="kt").entries
    assert [(one.by, one.at.day, one.times) for one in found] == [
        ("a1", 6, 1),
        ("b1", 5, 5),
        ("a1", 5, 5),
    ]
    assert found[2].seq == found[1].seq - 1


def test_no_record_is_left_out_or_twice_whatever_is_wanted_and_however_long_a_page_is(
    ws, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(9):
        ws.save_draft("xa-a", "s.q", PERIOD, full("xa-a", A1=str(n)), by="a1")
        ws.administration.link("a1", by=ws.accounts["qt"])
    for wanted in (AuditQuery(), AuditQuery(who="a1"), AuditQuery(kind=AuditKind.PEOPLE)):
        whole = ws.archive.audit_trail(wanted, by="qt", most=10_000)
        assert whole.older == 0
        records = sum(one.times for one in whole.entries)
        for length, read in ((1, 3), (2, 5), (100, 4)):
            monkeypatch.setattr(audit_trail, "PAGE_LENGTH", length)
            monkeypatch.setattr(audit_trail, "READ_PER_PAGE", read)
            several, before = [], 0
            for _page in range(ws.store.version + 1):
                page = ws.archive.audit_trail(replace(wanted, before=before), by="qt")
                several += page.entries
                before = page.older
                if not before:
                    break
            assert sum(one.times for one in several) == records
            assert len({one.seq for one in several}) == len(several)
            monkeypatch.undo()


def test_a_page_is_as_long_as_it_is_asked_to_be(ws):
    for _n in range(4):
        ws.administration.link("a1", by=ws.accounts["qt"])
    whole = ws.archive.audit_trail(by="qt")
    page = ws.archive.audit_trail(AuditQuery(length=2), by="qt")
    assert page.entries == whole.entries[:2]
    assert page.older > 1
    rest = ws.archive.audit_trail(AuditQuery(length=2, before=page.older), by="qt")
    assert rest.entries == whole.entries[2:4]
