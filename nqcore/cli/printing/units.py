"""What `nq units` prints: the tree, the predecessors and successors of a unit, open duties, letterheads."""

from __future__ import annotations

from collections.abc import Iterator

from nqcore.catalogue.owners import BUILT_IN
from nqcore.cli.printing.output import Data
from nqcore.collection.settings import letterhead_lines
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


def unit_lines(tree: UnitTree, code: str | None = None) -> Iterator[str]:
    """The tree, indented, with the days on which units were opened or closed."""
    for unit in tree.subtree(code) if code else tree.values():
        life = "".join(
            f", {word} {day.isoformat()}"
            for word, day in (("opened", unit.opened), ("closed", unit.closed))
            if day
        )
        sector = f", {unit.sector.value}" if unit.sector else ""
        depth = len(tree.ancestors(unit.code))
        yield f"{'  ' * depth}{unit.code}  {unit.name} ({unit.kind.value}{sector}{life})"


def lineage_lines(ws: Workspace, text: str) -> Iterator[str]:
    """The units found by `text`, each with its predecessors (←), successors (→) and changes (·)."""
    for unit in ws.organisation.lineage(ws.organisation.find(text)):
        place = ", ".join(above["name"] for above in unit["under"])
        ids = "".join(f", {scheme} {value}" for scheme, value in unit["ids"].items())
        life = "".join(f", {word} {unit[word]}" for word in ("opened", "closed") if unit[word])
        under = f" – {place}" if place else ""
        yield f"{unit['code']}  {unit['name']}{under} ({unit['kind']}{ids}{life})"
        for arrow, several in (("←", unit["came_from"]), ("→", unit["went_to"])):
            for other in several:
                part = "" if other["whole"] else f", a part: {other['share'] or 'share unknown'}"
                yield (
                    f"  {arrow} {other['date']} {other['kind']}: {other['name']} "
                    f"[{other['unit']}]{part}"
                )
        for change in unit["changed"]:
            new = [change["name"]] if change["name"] else []
            if change["parent"]:
                new.append(f"under {ws.units[change['parent']].name}")
            yield f"  · {change['date']} {change['kind']}{': ' if new else ''}{', '.join(new)}"


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


def question_lines(ws: Workspace) -> Iterator[str]:
    """The lines for `questions_data`."""
    for q in questions_data(ws):
        what = f"{q['reports']} reports" if q["reports"] else f"{q['id']}: {q['title']}"
        heir = f"; it went on in {q['heir']}" if q["heir"] else ""
        yield f"? {q['unit']}  {q['name']}, ended {q['ended']}: {q['duty']} {what}{heir}"


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
