"""What the commands print of findings and of the counts in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nqcore.analysis.findings import Verdict
from nqcore.analysis.provenance.explain_counts import CountExplanation
from nqcore.analysis.provenance.explain_figures import figure_data
from nqcore.analysis.report.sentences import figure_text, sentence_text, text_of
from nqcore.cli.printing.figures import indented
from nqcore.cli.printing.output import Data
from nqcore.errors import N_, Phrase, Words
from nqcore.model.claims import Claim
from nqcore.model.codec import picked
from nqcore.model.findings import (
    Difference,
    FigureRef,
    Finding,
    FindingKind,
    Judgement,
    Piece,
    SilentState,
    Text,
    TiedNumber,
    UnitNames,
)
from nqcore.workspace.facade import Workspace


def verdict_data(verdict: Verdict) -> Data:
    """The findings, and the rules that could not be evaluated."""
    return {
        "findings": [_finding(finding) for finding in verdict.findings],
        "not_evaluated": [picked(f, "plugin", "where", "detail") for f in verdict.not_evaluated],
        "silent": [
            {
                "rule": one.rule,
                "plugin": one.owner,
                "kind": one.kind.value,
                "title": one.title,
                "state": one.state.value,
                "why": str(one.why),
            }
            for one in verdict.silent
        ],
    }


def _finding(f: Finding) -> Data:
    return {
        "rule": f.rule,
        "plugin": f.owner,
        "kind": f.kind.value,
        "title": f.title,
        "sentence": sentence_text(f.sentence),
        "pieces": [_piece(piece) for piece in f.sentence],
        "evidence": {
            "figures": [figure_data(figure) for figure in f.evidence.figures],
            **picked(f.evidence, "units", "periods", "quotes"),
        },
        "claims": [_claim(claim) for claim in f.claims],
        "judgement": _judgement(f.judgement),
        "ends": None if f.ends is None else str(f.ends),
        "tasks": list(f.tasks),
    }


def _claim(claim: Claim) -> Data:
    return {
        "relation": claim.relation.value,
        **picked(claim, "subject", "unit", "start", "end"),
        "scope": claim.scope.text,
        "values": [figure.id for figure in claim.values],
        "like_for_like": [figure.id for figure in claim.like_for_like],
        "what": None if claim.what is None else claim.what.value,
        **picked(claim, "codes", "least", "units", "among", "unknown", "target"),
        "path": None if claim.path is None else str(claim.path),
        "reports": picked(claim.reports, "due", "accepted", "past", "waiting", "early", "returned"),
    }


def _judgement(judgement: Judgement | None) -> Data | None:
    if judgement is None:
        return None
    return {
        "text": judgement.text,
        "stands": judgement.stands,
        "carried": [claim.subject for claim in judgement.carried],
        "contradicted": [claim.subject for claim in judgement.contradicted],
    }


def _piece(piece: Piece) -> Mapping[str, Any]:
    if isinstance(piece, Text):
        return {"words": piece.text}
    if isinstance(piece, FigureRef):
        return {"figure": piece.figure.id, "text": figure_text(piece.figure)}
    if isinstance(piece, TiedNumber):
        return {"number": piece.text, "how": piece.how, "of": list(piece.of)}
    if isinstance(piece, Difference):
        return {"before": piece.before.id, "now": piece.now.id, "text": text_of(piece)}
    if isinstance(piece, UnitNames):
        return {"names": list(piece.names), "text": text_of(piece), **picked(piece, "units")}
    return {
        "count": piece.id,
        "text": text_of(piece),
        **picked(piece, "units", "among"),
    }


def count_data(e: CountExplanation) -> Data:
    """The explanation of a count: each unit, whether it is counted, and what was read."""
    return {
        "count": _piece(e.counted),
        "rule": e.finding.rule,
        "plugin": e.finding.owner,
        "title": e.finding.title,
        "sentence": sentence_text(e.finding.sentence),
        "units": [
            {
                "unit": one.unit,
                "counted": one.counted,
                "figures": [figure_data(figure) for figure in one.figures],
                "read": [
                    picked(read, "what", "period", "submission") | {"value": read.text}
                    for read in one.reads
                ],
            }
            for one in e.units
        ],
    }


def count_lines(ws: Workspace, e: CountExplanation) -> Iterator[str]:
    """The explanation of a count; "+" a unit that is counted, "-" one that is not."""
    yield f"{text_of(e.counted)}: {e.finding.rule} [{e.finding.owner}] {e.finding.title}"
    yield f"  {sentence_text(e.finding.sentence)}."
    for one in e.units:
        name = ws.units[one.unit].name if one.unit in ws.units else one.unit
        yield f"  {'+' if one.counted else '-'} {name}"
        for figure in one.figures:
            yield f"      {figure.id} = {figure_text(figure)}"
        for read in one.reads:
            yield f"      {read.what} {read.period}: {read.text or '–'}  ({read.submission})"


def verdict_lines(verdict: Verdict) -> Iterator[Words]:
    """The findings, each with its evidence."""
    for finding in verdict.findings:
        yield _headed(_KINDS[finding.kind], finding.rule, finding.owner, finding.title)
        yield f"  {sentence_text(finding.sentence)}."
        for figure in finding.evidence.figures:
            c = figure.coverage
            reports = Phrase(N_("{count}/{due} reports"), {"count": c.reported, "due": c.due})
            shown = {"id": figure.id, "value": figure_text(figure), "reports": reports}
            yield Phrase("    {id} = {value} ({reports})", shown)
        if finding.evidence.units:
            units = {"units": ", ".join(finding.evidence.units)}
            yield indented("  ", Phrase(N_("units: {units}"), units))
        if finding.tasks:
            tasks = {"tasks": ", ".join(finding.tasks)}
            yield indented("  ", Phrase(N_("answered by: {tasks}"), tasks))
        if finding.judgement is not None and not finding.judgement.stands:
            codes = ", ".join(claim.subject for claim in finding.judgement.contradicted)
            params = {"text": finding.judgement.text, "codes": codes or "–"}
            yield indented("  ", Phrase(N_("judgement left out: {text} ({codes})"), params))
    for fault in verdict.not_evaluated:
        yield _headed(N_("NOT EVALUATED"), fault.where, fault.plugin, fault.detail)


_KINDS = {
    FindingKind.RESULT: N_("RESULT"),
    FindingKind.SHORTCOMING: N_("SHORTCOMING"),
}
_SILENT = {
    SilentState.DOES_NOT_HOLD: N_("DOES NOT HOLD"),
    SilentState.TOO_FEW_REPORTS: N_("TOO FEW REPORTS"),
    SilentState.NO_DATA: N_("NOTHING TO ASK"),
}


def _headed(head: str, rule: str, owner: str, what: object) -> Phrase:
    """A line that begins with a word for what it is."""
    params = {"head": Phrase(head), "rule": rule, "owner": owner, "what": what}
    return Phrase("{head} {rule} [{owner}]: {what}", params)


def silent_lines(verdict: Verdict) -> Iterator[Phrase]:
    """The rules that give no finding, each with the reason."""
    for one in verdict.silent:
        yield _headed(_SILENT[one.state], one.rule, one.owner, one.why)


def silent_note(verdict: Verdict) -> Phrase:
    """How many rules are silent, and for how many the reports are too few."""
    few = sum(one.state is SilentState.TOO_FEW_REPORTS for one in verdict.silent)
    words = N_("{count} rules are silent, {few} of them for want of reports; see why with --all.")
    return Phrase(words, {"count": len(verdict.silent), "few": few})
