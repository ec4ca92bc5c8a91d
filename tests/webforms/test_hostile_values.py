"""Two hundred hostile values in every field: what is stored is what is shown and what is exported, or
it is refused by the field's name; never a fault, never markup, never a figure that was not typed."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from unicodedata import normalize
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from nqcore.cli import main
from nqcore.collection.entry.entry_sheet import EXPLANATION, EntryRow
from nqcore.model.fields import FigureField, NarrativeField
from nqcore.model.problems import Severity
from nqcore.text.characters import find_unstorable
from nqcore.text.numbers import canonical, read_figure
from nqcore.workspace.facade import Workspace
from tests.support.hostile import HOSTILE
from tests.support.visitor import Page
from tests.webforms.conftest import QUARTER

FILL = f"/bao-cao/{QUARTER}/nhap"
REFUSED = {Severity.ERROR, Severity.BLANK}


def test_there_are_two_hundred_values():
    assert len(set(HOSTILE)) >= 200


def sent(text: str) -> str:
    """The text as it arrives: what is no character stays in percent signs (werkzeug)."""
    return re.sub("[\ud800-\udfff]", lambda c: quote(c[0].encode("utf-8", "surrogatepass")), text)


def figure_is_faithful(row: EntryRow, text: str, box: str) -> None:
    """One number box: its answer is what its own words say, or there is an error and the words stay."""
    decimals = row.indicator.decimals if row.indicator else 0
    measure = row.indicator.measure if row.indicator else None
    if isinstance(row.answer, Decimal):
        assert row.answer.is_finite()
        assert len(canonical(row.answer).strip("-").replace(".", "")) <= 15
        # What stands in the box says the same figure again.
        again = read_figure(box, decimals=decimals, measure=measure)  # type: ignore[arg-type]
        assert again.value == row.answer
        digits = re.sub(r"\D", "", text).lstrip("0").rstrip("0")
        kept = canonical(row.answer).replace("-", "").replace(".", "").lstrip("0").rstrip("0")
        assert kept == digits, "digits that were not typed"
    else:
        assert REFUSED & {problem.severity for problem in row.problems}
        assert {problem.field for problem in row.problems} == {row.key}
        assert normalize("NFC", sent(text)) == box or not box.strip()


def narrative_is_faithful(row: EntryRow, text: str, box: str) -> None:
    """One passage of words."""
    plain = normalize("NFC", sent(text)).replace("\r\n", "\n").strip()
    if find_unstorable(plain) or len(plain) > row.field.max_length:  # type: ignore[union-attr]
        assert row.problems_of(Severity.ERROR)
        assert not row.answer
    else:
        assert (row.answer or "") == plain
        assert box.replace("\r\n", "\n").strip() == plain


@pytest.mark.slow
@pytest.mark.parametrize("nth", range(0, len(HOSTILE), 8))
def test_every_field_takes_or_refuses_each_value_by_name(visit, ws: Workspace, nth: int):
    unit = visit("dn")
    for text in HOSTILE[nth : nth + 8]:
        plain = unit.client.get(FILL).text
        fields = Page(plain).form(FILL)
        before = len(
            [1 for tag, _a in Page(plain).elements if tag in ("script", "img", "svg", "b", "h1")]
        )
        wire = text.encode("utf-8", "surrogatepass")
        given: list[tuple[str, object]] = [
            (name, "luu" if name == "viec" else value)
            if name in ("csrf_token", "phien_ban", "viec", "da_xem") or name.startswith(EXPLANATION)
            else (name, wire)
            for name, value in fields.items(multi=True)
        ]
        given = [pair for pair in given if pair[0] != "viec"] + [("viec", "luu")]
        answer = unit.client.post(FILL, data=_many(given))
        assert answer.status_code == 303, (text, Page(answer.text).words[:300])
        page = Page(unit.client.get(FILL).text)
        shown = page.form(FILL)
        after = len([1 for tag, _a in page.elements if tag in ("script", "img", "svg", "b", "h1")])
        assert after == before, text
        figures = 0
        for row in ws.entry.sheet(QUARTER).rows:
            box = shown.get(row.key, "")
            if isinstance(row.field, FigureField):
                figure_is_faithful(row, text, box)
                figures += 1
            elif isinstance(row.field, NarrativeField):
                narrative_is_faithful(row, text, box)
        assert figures > 10


def _many(pairs: list[tuple[str, object]]) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("nth", range(0, len(HOSTILE), 8))
def test_words_beside_the_figures_are_kept_whole_or_refused(visit, ws: Workspace, nth: int):
    unit = visit("dn")
    unit.press(FILL, "luu", {"B1": "5"})
    for text in HOSTILE[nth : nth + 8]:
        fields = unit.get(FILL).form(FILL)
        fields.setlist("viec", ["luu"])
        fields[EXPLANATION + "B1"] = text.encode("utf-8", "surrogatepass")
        before = len(ws.submissions.revisions(QUARTER))
        answer = unit.client.post(FILL, data=fields)
        plain = normalize("NFC", sent(text).strip())
        if find_unstorable(plain) or len(plain) > 2000:
            assert answer.status_code == 422
            assert "B1" in Page(answer.text).words
            assert len(ws.submissions.revisions(QUARTER)) == before
        else:
            assert answer.status_code == 303, text
            kept = ws.submissions.revisions(QUARTER)[-1].explanations.get("B1", "")
            assert kept == plain


def test_stored_is_shown_is_exported_is_imported(visit, ws: Workspace):
    unit, office = visit("dn"), visit("vp")
    unit.press(FILL, "ghi0")
    names = [row.key for row in ws.entry.sheet(QUARTER).rows if isinstance(row.field, FigureField)]
    typed = {names[0]: "999.999.999.999.999", names[1]: "1 000", names[2]: "007", names[3]: "-"}
    unit.press(FILL, "luu", typed)
    ws.send(QUARTER, by="dn")
    ws.accept(QUARTER, by="vp", base=len(ws.submissions.revisions(QUARTER)))
    out = CliRunner().invoke(main, ["export", "-w", str(ws.folder)], catch_exceptions=False)
    rows = list(csv.DictReader(io.StringIO(out.output)))
    stored = {
        row.indicator.code: row.answer for row in ws.entry.sheet(QUARTER).rows if row.indicator
    }
    exported = {row["indicator"]: Decimal(row["value"]) for row in rows}
    assert exported == {k: v for k, v in stored.items() if isinstance(v, Decimal)}
    values = sorted(exported.values())[-3:]
    assert values == [7, 1000, 999_999_999_999_999]
    page = office.get(f"/bao-cao/{QUARTER}").words
    assert "999.999.999.999.999" in page
    assert not [
        row for row in rows if any(cell.startswith(tuple("=+@\t\r")) for cell in row.values())
    ]
