"""What the commands print of indicators and figures: definitions, and where a figure comes from."""

from __future__ import annotations

from collections.abc import Iterator

from nqcore.analysis.provenance.explain_figures import Explanation
from nqcore.analysis.report.sentences import figure_text
from nqcore.cli.printing.output import Data
from nqcore.formulas import show
from nqcore.model.codec import picked
from nqcore.model.figures import Coverage
from nqcore.text.numbers import write_figure
from nqcore.workspace.facade import Workspace


def indicators_data(ws: Workspace, name: str | None = None) -> list[Data]:
    """The indicators (all, or the one that `name` means)."""
    catalogue = ws.catalogue
    chosen = [catalogue.indicator(name)] if name else list(catalogue.indicators.values())

    def label(code: str) -> str:
        return catalogue.indicators[code].label if code in catalogue.indicators else code

    return [
        {
            **picked(i, "code", "label", "name", "measure", "decimals"),
            **picked(i, "over_units", "over_time", "direction"),
            "formula": show(i.formula, label) if i.formula else None,
            "asks": i.asks.text,
            **picked(i, "since", "basis"),
            "plugin": ws.catalogue.owner("indicator", i.code),
        }
        for i in chosen
    ]


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
    """The explanation of a figure as an indented tree."""
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
