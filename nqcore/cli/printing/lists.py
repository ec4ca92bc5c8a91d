"""What the commands print, as plain data and as lines: English codes, names as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nqcore.analysis.provenance.figures import Explanation
from nqcore.analysis.report.sentences import figure_text
from nqcore.formulas import show
from nqcore.model.figures import Coverage
from nqcore.model.units import UnitTree
from nqcore.text.numbers import write_figure
from nqcore.workspace.facade import Workspace

Data = dict[str, Any]


def _owner(ws: Workspace, kind: str, id: str) -> str:
    return ws.catalogue.owner(kind, id)


def units_data(ws: Workspace, tree: UnitTree, code: str | None = None) -> list[Data]:
    """The units of `tree` (those under `code`), in pre-order."""
    chosen = tree.subtree(code) if code else tuple(tree.values())
    return [
        {
            "code": u.code,
            "name": u.name,
            "kind": u.kind.value,
            "sector": u.sector.value if u.sector else None,
            "parent": u.parent,
            "opened": u.opened.isoformat() if u.opened else None,
            "closed": u.closed.isoformat() if u.closed else None,
            "ids": dict(u.ids),
            "plugin": _owner(ws, "unit", u.code),
        }
        for u in chosen
    ]


def unit_lines(tree: UnitTree, code: str | None = None) -> Iterator[str]:
    """The tree, indented, with the days on which units opened or closed."""
    for unit in tree.subtree(code) if code else tree.values():
        life = "".join(
            f", {word} {day.isoformat()}"
            for word, day in (("opened", unit.opened), ("closed", unit.closed))
            if day
        )
        sector = f", {unit.sector.value}" if unit.sector else ""
        depth = len(tree.ancestors(unit.code))
        yield f"{'  ' * depth}{unit.code}  {unit.name} ({unit.kind.value}{sector}{life})"


def indicators_data(ws: Workspace, name: str | None = None) -> list[Data]:
    """The indicators (all, or the one that `name` means)."""
    catalogue = ws.catalogue
    chosen = [catalogue.indicator(name)] if name else list(catalogue.indicators.values())

    def label(code: str) -> str:
        return catalogue.indicators[code].label if code in catalogue.indicators else code

    return [
        {
            "code": i.code,
            "label": i.label,
            "name": i.name,
            "measure": i.measure,
            "decimals": i.decimals,
            "over_units": i.over_units.value,
            "over_time": i.over_time.value,
            "direction": i.direction.value,
            "formula": show(i.formula, label) if i.formula else None,
            "asks": i.asks.text,
            "since": i.since.isoformat() if i.since else None,
            "basis": i.basis,
            "plugin": _owner(ws, "indicator", i.code),
        }
        for i in chosen
    ]


def status_data(ws: Workspace, form: str, period: str) -> list[Data]:
    """Every unit that owes `form` for `period`, and the state of its submission."""
    definition = ws.catalogue.form(form)
    found = ws.obligations.period(definition, period)
    rows = []
    for unit in ws.obligations.owed(definition, found):
        o = ws.submissions.obligation(unit.code, definition, found)
        first = o.revision.first_sent if o.revision else None
        rows.append(
            {
                "unit": unit.code,
                "name": unit.name,
                "submission": o.submission,
                "state": o.state.value if o.state else None,
                "due": o.due.isoformat(),
                "extension": {
                    "until": o.extension.until.isoformat(),
                    "reason": o.extension.reason,
                    "by": o.extension.by,
                }
                if o.extension
                else None,
                "sent": first.isoformat() if first else None,
                "days_late": o.days_late() if first else max(0, -o.days_left(ws.today)) or None,
                "receipt": (o.revision.receipt or None) if o.revision else None,
            }
        )
    return rows


ADDS_UP = {
    True: "is the sum of",
    False: "differs from the sum of",
    None: "has other reports in it than, or cannot be compared with,",
}
"""How a total relates to its parts."""


def shares_note(coverage: Coverage) -> str:
    """Which values are estimated, may belong here in part, or cannot be divided among units below."""
    notes = (
        ("estimated by a share of", coverage.estimated),
        ("a part may belong here of", coverage.apart),
        ("cannot be divided further", coverage.kept),
    )
    return "; ".join(
        f"{text}: {', '.join(dict.fromkeys(part.unit for part in parts))}"
        for text, parts in notes
        if parts
    )


def explanation_lines(ws: Workspace, e: Explanation, depth: int = 0) -> Iterator[str]:
    """An explanation as an indented tree."""
    pad = "  " * depth
    f, i, c = e.figure, e.indicator, e.figure.coverage
    yield f"{pad}{i.label} {i.name}: {figure_text(f)} {f.measure}"
    yield f"{pad}  {f.id}"
    yield (
        f"{pad}  {c.reported} of {c.due} reports"
        + (f"; missing: {', '.join(c.missing_units)}" if c.missing else "")
        + (f"; carried over: {', '.join(p.unit for p in c.carried)}" if c.carried else "")
        + (f"; {f.reason}" if f.reason else "")
        + (f"; {shares}" if (shares := shares_note(c)) else "")
    )
    how = i.formula.text if i.formula else f"over units: {i.over_units}, over time: {i.over_time}"
    yield f"{pad}  {how} – since {i.since}, {i.basis} [{e.owner}]"
    if e.form:
        yield f"{pad}  asked in {e.form} [{e.form_owner}]"
    for id, plugin, basis in e.overlays:
        yield f"{pad}  changed by {id}: {basis} [{plugin}]"
    if e.breakdown is not None:
        codes = " + ".join(part.indicator for part in e.breakdown.parts)
        yield f"{pad}  {ADDS_UP[e.breakdown.adds_up]} {codes}"
    for ref, part in e.parts:
        yield f"{pad}  {ref.code}{'' if ref.shift == 'now' else ' ' + ref.shift}:"
        yield from explanation_lines(ws, part, depth + 2)
    for o in e.origins:
        sent = f"sent by {o.sent_by} {o.sent_at:%Y-%m-%d %H:%M}" if o.sent_at else "never sent"
        of_it = "" if o.share == 1 else f" × {o.share}"
        yield (
            f"{pad}  {write_figure(o.value)}{of_it}  {ws.units[o.unit].name}, {o.period}: revision "
            f"{o.revision}, {sent}, accepted by {o.accepted_by} {o.accepted_at:%Y-%m-%d %H:%M}, {o.receipt}"
        )


def plugins_data(ws: Workspace) -> Data:
    """Loaded plugins with what they brought, faults, and pointers into nothing."""
    owned: dict[str, dict[str, int]] = {}
    for (kind, _), owner in ws.catalogue.owners.items():
        owned.setdefault(owner, {}).setdefault(kind, 0)
        owned[owner][kind] += 1
    return {
        "plugins": [
            {
                "name": p.name,
                "distribution": p.distribution,
                "version": p.version,
                "hooks": list(p.hooks),
                "brings": owned.get(p.name, {}),
            }
            for p in ws.catalogue.plugins
        ],
        "faults": [
            {"plugin": f.plugin, "version": f.version, "where": f.where, "detail": f.detail}
            for f in ws.catalogue.faults
        ],
        "unresolved": [
            {"plugin": u.owner, "what": u.what, "kind": u.kind, "missing": u.missing}
            for u in ws.catalogue.unresolved
        ],
    }


def plugin_lines(data: Data) -> Iterator[str]:
    """The same for reading."""
    for p in data["plugins"]:
        brings = ", ".join(f"{count} {kind}s" for kind, count in p["brings"].items()) or "nothing"
        yield f"{p['name']} {p['version']} ({p['distribution']}): {', '.join(p['hooks'])} – {brings}"
    for f in data["faults"]:
        yield f"FAULT {f['plugin']}, {f['where']}: {f['detail']}"
    for u in data["unresolved"]:
        yield f"UNRESOLVED {u['what']} [{u['plugin']}]: {u['kind']} “{u['missing']}” is not known"
