"""Units as the command line prints them: where they went, where they came from, and open duties."""

from __future__ import annotations

from collections.abc import Iterator

from nqcore.collection.reorganisation.lineage import Data
from nqcore.workspace.facade import Workspace


def lineage_lines(ws: Workspace, text: str) -> Iterator[str]:
    """The same for reading: ← where it came from, → where it went."""
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
    """The same for reading."""
    for q in questions_data(ws):
        what = f"{q['reports']} reports" if q["reports"] else f"{q['id']}: {q['title']}"
        heir = f"; it went on in {q['heir']}" if q["heir"] else ""
        yield f"? {q['unit']}  {q['name']}, ended {q['ended']}: {q['duty']} {what}{heir}"
