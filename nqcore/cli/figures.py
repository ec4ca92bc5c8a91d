"""Commands for figures: import, export, totals, explanations, findings, reviews."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqcore.cli.group import (
    as_of_option,
    boundaries_option,
    json_option,
    main,
    open_here,
    today_option,
    translator,
    workspace_option,
)
from nqcore.cli.localized import echo, usage_error
from nqcore.cli.printing.output import bar, print_json, print_lines, print_table
from nqcore.errors import N_, Phrase, in_a_row

if TYPE_CHECKING:
    from nqcore.collection.entry.workbook import Note
    from nqcore.model.figures import Figure
    from nqcore.workspace.facade import Workspace
    from nqcore.workspace.import_plan import RowFault


@main.command("import")
@workspace_option
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--by", default=None, help="The account that imports (default: the only reviewer).")
@click.pass_context
def import_(ctx: click.Context, workspace: Path, file: Path, dry_run: bool, by: str | None) -> None:
    """Values in bulk from a .csv file (unit,period,indicator,value), or a form's own templates that were
    filled in (.xlsx, .xls; several sheets are taken). They become drafts."""
    from nqcore.workspace.bulk_import import ImportRefused, apply_import, plan_import

    with open_here(workspace) as ws:
        try:
            plan = plan_import(ws, file, bar)
        except ImportRefused as refused:
            for fault in refused.faults:
                click.echo(_at_row(ctx, file, fault), err=True)
            raise
        for note in plan.notes:
            click.echo(_at_row(ctx, file, note), err=True)
        for change in plan.changes:
            click.echo(
                f"{change.obligation.submission} {change.field}: {change.old or '–'} → {change.new or '–'}"
            )
        words = N_("{count} cells change in {reports} reports, {same} stay.")
        params = {"count": len(plan.changes), "reports": len(plan.submissions), "same": plan.same}
        echo(Phrase(words, params))
        if not dry_run and plan.changes:
            written = apply_import(ws, plan, by=ws.account(by or _only_approver(ws)))
            echo(Phrase(N_("{count} drafts written."), {"count": written}))


def _at_row(ctx: click.Context, file: Path, said: RowFault | Note) -> str:
    """A fault or a note of the file with its place: "mau.xlsx:12: …"."""
    place = ":".join(str(part) for part in (file, said.sheet, said.row) if part)
    return f"{place}: {said.message(translator(ctx))}"


def _only_approver(ws: Workspace) -> str:
    from nqcore.collection.accounts.access import Action

    found = [
        a.login for a in ws.accounts.all() if a.may(Action.APPROVE, ws.settings.root, ws.units)
    ]
    if len(found) != 1:
        who = ", ".join(found) or Phrase(N_("no reviewer yet"))
        raise usage_error(N_("Say who imports with --by ({who})."), who=who)
    return found[0]


@main.command()
@workspace_option
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default=None)
def export(workspace: Path, output: Path | None) -> None:
    """Every accepted value as .csv: unit,period,indicator,value."""
    from nqcore.files.checked_xlsx import csv_row
    from nqcore.workspace.bulk_import import COLUMNS, export_rows

    with open_here(workspace) as ws:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(map(csv_row, export_rows(ws)))
        if output:
            output.write_text(text.getvalue(), "utf-8")
        else:
            click.echo(text.getvalue(), nl=False)


@main.command()
@workspace_option
@click.option("--form", required=True)
@click.option("--period", required=True)
@click.option("--unit", default=None)
@boundaries_option
@click.option("--format", "shape", type=click.Choice(["table", "csv", "json"]), default="table")
@today_option
@as_of_option
def rollup(
    workspace: Path,
    form: str,
    period: str,
    unit: str | None,
    boundaries: str,
    shape: str,
    today: datetime | None,
    as_of: date | None,
) -> None:
    """Totals with coverage."""
    from nqcore.analysis.provenance.explain_figures import figure_data
    from nqcore.files.checked_xlsx import csv_row

    with open_here(workspace, today) as ws:
        figures = ws.rollup(
            form=form, period=period, unit=unit, boundaries=boundaries, as_of=as_of, progress=bar
        )
        if shape == "json":
            print_json([figure_data(figure) | _adds_up(ws, figure, as_of) for figure in figures])
        elif shape == "csv":
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow(
                (
                    *("indicator", "unit", "period", "value", "measure", "reported", "due"),
                    *("missing", "estimated", "apart"),
                )
            )
            for f in figures:
                writer.writerow(
                    csv_row(
                        (
                            f.indicator,
                            f.unit,
                            f.period,
                            "" if f.value is None else f"{f.value:f}",
                            f.measure,
                            f.coverage.reported,
                            f.coverage.due,
                            " ".join(f.coverage.missing_units),
                            " ".join(dict.fromkeys(p.unit for p in f.coverage.estimated)),
                            " ".join(dict.fromkeys(p.unit for p in f.coverage.apart)),
                        )
                    )
                )
        else:
            _print_figures(ws, figures, as_of)


def _adds_up(ws: Workspace, figure: Figure, as_of: date | None) -> dict[str, bool | None]:
    """Whether the parts of an indicator add up to it; {} for an indicator without parts."""
    from nqcore.analysis.rollup.breakdown import breakdown

    found = breakdown(ws.totals.on(as_of), figure)
    return {} if found is None else {"parts_add_up": found.adds_up}


def _print_figures(ws: Workspace, figures: Sequence[Figure], as_of: date | None = None) -> None:
    from nqcore.analysis.report.sentences import figure_text
    from nqcore.cli.printing.figures import coverage_notes

    def row(f: Figure) -> tuple[object, ...]:
        c = f.coverage
        notes = [f.reason, *coverage_notes(c)]
        if _adds_up(ws, f, as_of) == {"parts_add_up": False}:
            parts = " + ".join(ws.catalogue.indicators[f.indicator].parts)
            notes.append(Phrase(N_("differs from its parts {parts}"), {"parts": parts}))
        return (
            f.indicator,
            figure_text(f),
            f.measure,
            f"{c.reported}/{c.due}",
            in_a_row(*notes, between=" "),
        )

    head = (N_("indicator"), N_("value"), N_("measure"), N_("reports"), N_("note"))
    print_table(head, map(row, figures))


@main.command()
@workspace_option
@click.option("--indicator", default=None)
@click.option("--period", default=None)
@click.option("--unit", default=None)
@boundaries_option
@click.option(
    "--figure", default=None, help="The id of a figure or count, as in nq report --format json."
)
@today_option
@as_of_option
@json_option
def explain(
    workspace: Path,
    indicator: str | None,
    period: str | None,
    unit: str | None,
    boundaries: str,
    figure: str | None,
    today: datetime | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Where a figure comes from: reports, revisions, people, definitions, plugins."""
    from nqcore.analysis.findings import COUNT
    from nqcore.cli.printing import findings as listing_findings
    from nqcore.cli.printing.figures import explanation_lines

    if not figure and not (indicator and period):
        raise usage_error(N_("Give --figure ID, or --indicator and --period (and --unit)."))
    with open_here(workspace, today) as ws:
        if figure and figure.startswith(COUNT):
            counted = ws.reviews.explain_count(figure, as_of=as_of)
            if as_json:
                print_json(listing_findings.count_data(counted))
            else:
                print_lines(listing_findings.count_lines(ws, counted))
            return
        found = ws.explain(
            figure
            or ws.figure(indicator or "", period or "", unit, boundaries=boundaries, as_of=as_of),
            as_of=as_of,
        )
        if as_json:
            print_json(found.as_data())
        else:
            print_lines(explanation_lines(ws, found))


@main.command()
@workspace_option
@click.option("--directive", required=True)
@click.option("--period", required=True)
@click.option("--unit", default=None)
@boundaries_option
@today_option
@click.option("--all", "every", is_flag=True, help="Also the rules that are silent, and why.")
@as_of_option
@json_option
def findings(
    workspace: Path,
    directive: str,
    period: str,
    unit: str | None,
    boundaries: str,
    today: datetime | None,
    every: bool,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Results and shortcomings with their evidence."""
    from nqcore.cli.printing import findings as listing_findings

    with open_here(workspace, today) as ws:
        verdict = ws.reviews.verdict(
            directive=directive, period=period, unit=unit, boundaries=boundaries, as_of=as_of
        )
        if as_json:
            print_json(listing_findings.verdict_data(verdict))
        else:
            print_lines(listing_findings.verdict_lines(verdict))
            if every:
                print_lines(listing_findings.silent_lines(verdict))
            elif verdict.silent:
                echo(listing_findings.silent_note(verdict))


@main.command()
@workspace_option
@click.option("--directive", default=None)
@click.option("--period", default=None)
@click.option("--unit", default=None)
@click.option(
    "--edition", default=None, metavar="ID", help="A frozen review, as `nq editions` lists it."
)
@boundaries_option
@click.option("--format", "format_", required=True)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--outline", default=None, metavar="ID", help="Its outline; nq outlines lists them.")
@today_option
@as_of_option
def report(
    workspace: Path,
    directive: str | None,
    period: str | None,
    unit: str | None,
    edition: str | None,
    boundaries: str,
    format_: str,
    output: Path,
    outline: str | None,
    today: datetime | None,
    as_of: date | None,
) -> None:
    """Write the review, or an edition of it, in a format that a plugin offers."""
    with open_here(workspace, today) as ws:
        if edition is not None:
            document = ws.editions.write(edition, format_)
        elif directive and period:
            document = ws.report(
                directive=directive,
                period=period,
                unit=unit,
                format=format_,
                boundaries=boundaries,
                as_of=as_of,
                outline=outline,
                progress=bar,
            )
        else:
            raise usage_error(N_("Give --edition ID, or --directive and --period (and --unit)."))
        document.save(output)
        for remark in document.report.remarks:
            click.echo(remark, err=True)
        figures = sum(1 for _ in document.report.figures)
        words = N_("{file}: {size} bytes, {figures} figures. {coverage}")
        params = {
            "file": output, "size": f"{len(document.data):,}", "figures": figures,
            "coverage": document.report.coverage,
        }  # fmt: skip
        echo(Phrase(words, params))
