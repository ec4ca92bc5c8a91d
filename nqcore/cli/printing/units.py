"""What `nq units` prints: the tree, the predecessors and successors of a unit, open duties, letterheads."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from nqcore.catalogue.owners import BUILT_IN
from nqcore.cli.printing.output import Data
from nqcore.collection.settings import letterhead_lines
from nqcore.errors import N_, Phrase, Words, in_a_row
from nqcore.files.checked_xlsx import csv_row
from nqcore.model.codec import picked
from nqcore.model.reports import Letterhead
from nqcore.model.units import UnitTree
from nqcore.workspace.facade import Workspace


def units_data(ws: Workspace, tree: UnitTree, code: str | None = None) -> list[Data]:
    """The units of `tree` (with `code`: that unit and those under it), each before its children."""
    chosen = tree.subtree(code) if code else tuple(tree.values())
    return [
        picked(u, "code", "name", "kind", "sector", "parent", "opened", "closed")
        | {"ids": dict(u.ids), "plugin": ws.catalogue.owner("unit", u.code)}
        for u in chosen
    ]


def unit_lines(tree: UnitTree, code: str | None = None) -> Iterator[Phrase]:
    """The tree, indented, with the days on which units were opened or closed."""
    for unit in tree.subtree(code) if code else tree.values():
        pad = "  " * len(tree.ancestors(unit.code))
        sector = [unit.sector.value] if unit.sector else []
        about = (unit.kind.value, *sector, *_life(unit.opened, unit.closed))
        yield Phrase("{unit} ({about})", {"unit": f"{pad}{unit.code}  {unit.name}", "about": about})


def unit_list(tree: UnitTree, code: str | None = None) -> str:
    """The units of `tree` as a list that `nq init --units` reads; with `code` that unit, which stands at the
    top then, and those under it."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("code", "name", "kind", "parent", "sector"))
    for unit in tree.subtree(code) if code else tree.values():
        parent = "" if unit.code == code else unit.parent
        writer.writerow(csv_row((unit.code, unit.name, unit.kind, parent or "", unit.sector or "")))
    return text.getvalue()


def _life(opened: object, closed: object) -> tuple[Phrase, ...]:
    """When a unit was opened and closed."""
    days = ((N_("opened {day}"), opened), (N_("closed {day}"), closed))
    return tuple(Phrase(words, {"day": str(day)}) for words, day in days if day)


def lineage_lines(ws: Workspace, text: str) -> Iterator[Words]:
    """The units found by `text`, each with its predecessors (←), successors (→) and changes (·)."""
    for unit in ws.organisation.lineage(ws.organisation.find(text)):
        place = ", ".join(above["name"] for above in unit["under"])
        ids = [f"{scheme} {value}" for scheme, value in unit["ids"].items()]
        under = f" – {place}" if place else ""
        about = (unit["kind"], *ids, *_life(unit["opened"], unit["closed"]))
        name = f"{unit['code']}  {unit['name']}{under}"
        yield Phrase("{unit} ({about})", {"unit": name, "about": about})
        for arrow, several in (("←", unit["came_from"]), ("→", unit["went_to"])):
            for other in several:
                change = (
                    f"  {arrow} {other['date']} {other['kind']}: {other['name']} [{other['unit']}]"
                )
                if other["whole"]:
                    yield change
                    continue
                share = other["share"] or Phrase(N_("share unknown"))
                yield Phrase(N_("{change}, a part: {share}"), {"change": change, "share": share})
        for change in unit["changed"]:
            new: list[Words] = [change["name"]] if change["name"] else []
            if change["parent"]:
                above = ws.units[change["parent"]].name
                new.append(Phrase(N_("under {unit}"), {"unit": above}))
            line = f"  · {change['date']} {change['kind']}"
            yield Phrase("{line}: {new}", {"line": line, "new": tuple(new)}) if new else line


def questions_data(ws: Workspace) -> list[Data]:
    """The open questions: duties given by name to units that have ended, without a decision yet."""
    return [
        {
            "unit": q.unit.code,
            "name": q.unit.name,
            "ended": q.ended.isoformat(),
            "duty": q.duty.value,
            "id": q.of or None,
            "title": q.title or None,
            "reports": q.count or None,
            "heir": q.successor,
        }
        for q in ws.organisation.open_duties()
    ]


def question_lines(ws: Workspace) -> Iterator[Phrase]:
    """The lines for `questions_data`."""
    for q in questions_data(ws):
        what: Words = f"{q['id']}: {q['title']}"
        if q["reports"]:
            what = Phrase(N_("{count} reports"), {"count": q["reports"]})
        heir = Phrase(N_("it went on in {unit}"), {"unit": q["heir"]}) if q["heir"] else None
        unit = f"? {q['unit']}  {q['name']}"
        params = {"unit": unit, "day": q["ended"], "duty": q["duty"], "what": what}
        yield in_a_row(Phrase(N_("{unit}, ended {day}: {duty} {what}"), params), heir)


def letterheads_data(ws: Workspace, code: str | None = None) -> list[Data]:
    """The letterhead of each unit's reviews (with `code`: of that unit's), and who gives it: a plugin, the
    workspace, or nqcore, which makes it of the unit's name."""
    keys = ("unit", "superior", "body", "place", "symbol", "authority", "post", "signer")
    return [
        picked(head, *keys) | {"recipients": list(head.recipients), "plugin": owner}
        for head, owner in _letterheads(ws, code)
    ]


def letterhead_tables(ws: Workspace, code: str | None = None) -> Iterator[str]:
    """The same as tables of TOML: in workspace.toml they are the office's own."""
    for head, owner in _letterheads(ws, code):
        yield f"# {ws.units[head.unit].name} ({owner})"
        yield from letterhead_lines(head)
        yield ""


def _letterheads(ws: Workspace, code: str | None) -> Iterator[tuple[Letterhead, str]]:
    for unit in (code,) if code else ws.units:
        owner = ws.catalogue.owners.get(("letterhead", unit), BUILT_IN)
        yield ws.reviews.letterhead(unit), owner
