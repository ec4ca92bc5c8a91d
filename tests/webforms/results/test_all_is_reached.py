"""No list on a page ends before its last entry without a way to the rest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nqcore.model.targets import TaskStatus
from nqcore.workspace.facade import Workspace

TEMPLATES = Path(__file__).parents[3] / "webforms" / "templates"
SHORT = {
    # a part that is cut off, and where the rest is
    "store.head.hash[:12]": "nq verify prints it whole",
    "one.acts[:1]": "all of them stand below it, folded",
    "one.hash[:12]": "nq editions --json prints it whole",
    "edition.hash[:26]": "nq editions --json prints it whole",
    "c.carried[:12]": "the page of the figure, to which it leads, names all",
    "deed.objects[:3]": "as many as NAMED are folded beside them, the Excel file has all",
    "deed.reports[:3]": "as many as NAMED are folded beside them, the Excel file has all",
    "logins[:3]": "as many as NAMED are folded beside them, the Excel file has all",
    "explanation.origins[:200]": "a sentence says to choose a unit or a shorter period",
    "late[:8]": "a link to the board",
    "questions[:5]": "a link to the page of the questions",
}


def test_all_notes_on_a_task_are_reached_by_a_link(visit, ws: Workspace):
    for nth in range(23):
        ws.monitoring.note_task("hu.G1", TaskStatus.DOING, f"Việc thứ {nth}.", by="vp")
    office, path = visit("vp"), "/nhiem-vu/hu.G1"
    page = office.get(path)
    assert "Việc thứ 22." in page.words
    assert "Việc thứ 2." not in page.words
    (link,) = [link for link in page.links if link.startswith(f"{path}?")]
    assert "Xem tất cả 23" in page.words
    every = office.get(link)
    assert all(f"Việc thứ {nth}." in every.words for nth in range(23))
    assert not [link for link in every.links if link.startswith(f"{path}?")]


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_a_list_that_is_shortened_is_shown_on(template: Path):
    text = template.read_text("utf-8")
    for name, count in re.findall(r"([\w.]+)\[:(\d+)\]", text):
        rest = f"{name}[{count}:]"
        assert rest in text or f"{name}[:{count}]" in SHORT, f"{name}[:{count}]"
