"""What the commands print of indicators and figures: definitions, and where a figure comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nqcore.analysis.provenance.explain_figures import Explanation
from nqcore.analysis.report.sentences import figure_text
from nqcore.cli.printing.output import Data
from nqcore.collection.content.indicator_facts import IndicatorFacts, Shaper
from nqcore.errors import N_, Phrase, Translate, Words, in_a_row
from nqcore.formulas import show
from nqcore.model.codec import picked
from nqcore.model.figures import Coverage, ReportRef
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


def definition_data(facts: IndicatorFacts) -> Data:
    """How one indicator is defined, for programs: its note, versions and local changes."""
    return {
        "note": facts.indicator.note,
        "form": facts.form.id if facts.form else None,
        "versions": [
            {
                **picked(one.definition, "name", "since"),
                "until": one.until,
                "formula": facts.formula(one.definition) or None,
                **picked(one.definition, "note", "basis"),
                **picked(one.shaper, "owner", "version", "by", "at"),
            }
            for one in facts.versions
        ],
        "changes": [
            {
                **picked(one.overlay, "id", "within", "since", "until", "basis"),
                **picked(one.shaper, "owner", "version", "by", "at"),
            }
            for one in facts.changes
        ],
    }


def definition_lines(facts: IndicatorFacts, translate: Translate) -> Iterator[Words]:
    """How one indicator is defined, in words; `translate` is for the words of its formula."""
    one = facts.indicator
    yield f"{one.code}  {one.label}. {one.name}"
    rows: list[tuple[str, object]] = [
        (N_("Measure"), one.measure),
        (N_("Adds up"), facts.adds_up()),
        (N_("Formula"), facts.formula(translate=translate) if one.computed else ""),
        (N_("Note"), one.note),
        (N_("Asked in"), in_a_row(facts.form.title, facts.form.id) if facts.form else ""),
    ]
    for words, said in rows:
        if said:
            yield Phrase("  {words}: {said}", {"words": Phrase(words), "said": said})
    for version in facts.versions:
        definition = version.definition
        params = {
            "since": definition.since.isoformat() if definition.since else "…",
            "until": version.until.isoformat() if version.until else "",
            "basis": definition.basis or Phrase(N_("no basis is given")),
            "shaper": _shaped(version.shaper),
        }
        yield Phrase("  {since}–{until}  {basis} [{shaper}]", params)
        if definition.formula != one.formula or definition.name != one.name:
            yield f"    {definition.name} {facts.formula(definition, translate)}".rstrip()
    for change in facts.changes:
        params = {
            "id": change.overlay.id,
            "basis": change.overlay.basis,
            "owner": _shaped(change.shaper),
        }
        yield indented("", Phrase(N_("changed by {id}: {basis} [{owner}]"), params))


def _shaped(shaper: Shaper) -> str:
    """A plugin or a pack with its version; of the office who and when."""
    return " ".join(filter(None, (shaper.owner, shaper.version, shaper.by, shaper.at)))


ADDS_UP = {
    True: N_("is the sum of {codes}"),
    False: N_("differs from the sum of {codes}"),
    None: N_("has other reports in it than, or cannot be compared with, {codes}"),
}
"""How a total relates to its parts."""


def coverage_notes(coverage: Coverage) -> tuple[Phrase, ...]:
    """Which units are missing, which values are carried over, estimated, may belong here in part, or cannot
    be divided among units below."""
    notes = (
        (N_("missing: {units}"), coverage.missing_units),
        (N_("carried over: {units}"), tuple(part.unit for part in coverage.carried)),
        (N_("estimated by a share of: {units}"), _units(coverage.estimated)),
        (N_("a part may belong here of: {units}"), _units(coverage.apart)),
        (N_("cannot be divided further: {units}"), _units(coverage.kept)),
    )
    return tuple(Phrase(words, {"units": ", ".join(units)}) for words, units in notes if units)


def _units(parts: Iterable[ReportRef]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.unit for part in parts))


def explanation_lines(ws: Workspace, e: Explanation, depth: int = 0) -> Iterator[Words]:
    """The explanation of a figure as an indented tree."""
    pad = "  " * depth
    f, i, c = e.figure, e.indicator, e.figure.coverage
    yield f"{pad}{i.label} {i.name}: {figure_text(f)} {f.measure}"
    yield f"{pad}  {f.id}"
    counted = Phrase(N_("{count} of {due} reports"), {"count": c.reported, "due": c.due})
    yield indented(pad, in_a_row(counted, *coverage_notes(c), f.reason))
    over = {"units": i.over_units, "time": i.over_time}
    how = (
        i.formula.text if i.formula else Phrase(N_("over units: {units}, over time: {time}"), over)
    )
    params: dict[str, object] = {"how": how, "since": i.since, "basis": i.basis, "owner": e.owner}
    yield indented(pad, Phrase(N_("{how} – since {since}, {basis} [{owner}]"), params))
    if e.form:
        params = {"form": e.form, "owner": e.form_owner}
        yield indented(pad, Phrase(N_("asked in {form} [{owner}]"), params))
    for id, plugin, basis in e.overlays:
        params = {"id": id, "basis": basis, "owner": plugin}
        yield indented(pad, Phrase(N_("changed by {id}: {basis} [{owner}]"), params))
    if e.breakdown is not None:
        codes = " + ".join(part.indicator for part in e.breakdown.parts)
        yield indented(pad, Phrase(ADDS_UP[e.breakdown.adds_up], {"codes": codes}))
    for ref, part in e.parts:
        yield f"{pad}  {ref.code}{'' if ref.shift == 'now' else ' ' + ref.shift}:"
        yield from explanation_lines(ws, part, depth + 2)
    for o in e.origins:
        sent = Phrase(N_("never sent"))
        if o.sent_at:
            at = f"{o.sent_at:%Y-%m-%d %H:%M}"
            sent = Phrase(N_("sent by {login} {at}"), {"login": o.sent_by, "at": at})
        of_it = "" if o.share == 1 else f" × {o.share}"
        params = {
            "value": f"{write_figure(o.value)}{of_it}", "unit": ws.units[o.unit].name, "period": o.period,
            "revision": o.revision, "sent": sent, "login": o.accepted_by,
            "at": f"{o.accepted_at:%Y-%m-%d %H:%M}", "receipt": o.receipt,
        }  # fmt: skip
        words = N_(
            "{value}  {unit}, {period}: revision {revision}, {sent}, accepted by {login} {at}, {receipt}"
        )
        yield indented(pad, Phrase(words, params))


def indented(pad: str, words: Words) -> Phrase:
    """The words two columns behind `pad`."""
    return Phrase("{pad}  {words}", {"pad": pad, "words": words})
