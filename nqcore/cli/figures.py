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
from nqcore.cli.printing.output import bar, print_json, print_table
from nqcore.errors import Translate

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
        click.echo(
            f"{len(plan.changes)} cells change in {len(plan.submissions)} reports, {plan.same} stay."
        )
        if not dry_run and plan.changes:
            written = apply_import(ws, plan, by=ws.account(by or _only_approver(ws)))
            click.echo(f"{written} drafts written.")


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
        raise click.UsageError(
            f"say who imports with --by ({', '.join(found) or 'no reviewer yet'})"
        )
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
@click.pass_context
def rollup(
    ctx: click.Context,
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
            _print_figures(ws, figures, translator(ctx), as_of)


def _adds_up(ws: Workspace, figure: Figure, as_of: date | None) -> dict[str, bool | None]:
    """Whether the parts of an indicator add up to it; {} for an indicator without parts."""
    from nqcore.analysis.rollup.breakdown import breakdown

    found = breakdown(ws.totals.on(as_of), figure)
    return {} if found is None else {"parts_add_up": found.adds_up}


def _print_figures(
    ws: Workspace, figures: Sequence[Figure], translate: Translate, as_of: date | None = None
) -> None:
    from nqcore.analysis.report.sentences import figure_text
    from nqcore.cli.printing.figures import shares_note

    def row(f: Figure) -> tuple[str, ...]:
        c = f.coverage
        note = f.reason.message(translate) if f.reason else ""
        if c.missing:
            note = f"{note} missing: {', '.join(c.missing_units)}".strip()
        if c.carried:
            note = f"{note} carried over: {', '.join(p.unit for p in c.carried)}".strip()
        note = f"{note} {shares_note(c)}".strip()
        if _adds_up(ws, f, as_of) == {"parts_add_up": False}:
            parts = " + ".join(ws.catalogue.indicators[f.indicator].parts)
            note = f"{note} differs from its parts {parts}".strip()
        return (f.indicator, figure_text(f), f.measure, f"{c.reported}/{c.due}", note)

    print_table(("indicator", "value", "measure", "reports", "note"), map(row, figures))


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
        raise click.UsageError("give --figure ID, or --indicator and --period (and --unit)")
    with open_here(workspace, today) as ws:
        if figure and figure.startswith(COUNT):
            counted = ws.reviews.explain_count(figure, as_of=as_of)
            if as_json:
                print_json(listing_findings.count_data(counted))
            else:
                for line in listing_findings.count_lines(ws, counted):
                    click.echo(line)
            return
        found = ws.explain(
            figure
            or ws.figure(indicator or "", period or "", unit, boundaries=boundaries, as_of=as_of),
            as_of=as_of,
        )
        if as_json:
            print_json(found.as_data())
        else:
            for line in explanation_lines(ws, found):
                click.echo(line)


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

    translate = translator(click.get_current_context())
    with open_here(workspace, today) as ws:
        verdict = ws.reviews.verdict(
            directive=directive, period=period, unit=unit, boundaries=boundaries, as_of=as_of
        )
        if as_json:
            print_json(listing_findings.verdict_data(verdict))
        else:
            for line in listing_findings.verdict_lines(verdict):
                click.echo(line)
            if every:
                for line in listing_findings.silent_lines(verdict, translate):
                    click.echo(line)
            elif verdict.silent:
                click.echo(listing_findings.silent_note(verdict, translate))


@main.command()
@workspace_option
@click.option("--directive", required=True)
@click.option("--period", required=True)
@click.option("--unit", default=None)
@boundaries_option
@click.option("--format", "format_", required=True)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--outline", default=None, metavar="ID", help="Its outline; nq outlines lists them.")
@today_option
@as_of_option
def report(
    workspace: Path,
    directive: str,
    period: str,
    unit: str | None,
    boundaries: str,
    format_: str,
    output: Path,
    outline: str | None,
    today: datetime | None,
    as_of: date | None,
) -> None:
    """Write the review in a format that a plugin offers."""
    with open_here(workspace, today) as ws:
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
        document.save(output)
        for remark in document.report.remarks:
            click.echo(remark, err=True)
        figures = sum(1 for _ in document.report.figures)
        click.echo(
            f"{output}: {len(document.data):,} bytes, {figures} figures. {document.report.coverage}"
        )
