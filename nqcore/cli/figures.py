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
    refuse_beside,
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
    from nqcore.workspace.import_plan import ImportPlan, RowFault


@main.command("import")
@workspace_option
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--by", default=None, help="The account that imports (default: the only reviewer).")
@click.option(
    "--map",
    "mapping",
    default=None,
    metavar="NAME",
    help="The file is a table of another office; it is read as this kept mapping says.",
)
@click.option("--period", default="", help="With --map: the period of the figures.")
@click.option("--unit", default="", help="With --map: the unit of a unit's own table.")
@click.option(
    "--accept",
    is_flag=True,
    help="The figures were approved on paper: they come in as accepted. --by is an administrator.",
)
@click.option("--basis", default="", metavar="TEXT", help="With --accept: the paper.")
@click.pass_context
def import_(
    ctx: click.Context,
    workspace: Path,
    file: Path,
    dry_run: bool,
    by: str | None,
    mapping: str | None,
    period: str,
    unit: str,
    accept: bool,
    basis: str,
) -> None:
    """Values in bulk from a .csv file (unit,period,indicator,value), a form's own templates that were filled
    in (.xlsx, .xls; several sheets are taken), or any table (.xlsx, .xls, .ods, .csv) with --map. They become
    drafts; with --accept and --basis, figures of the past that were approved on paper come in as accepted."""
    from nqcore.workspace.bulk_import import ImportRefused, accept_import, apply_import, plan_import

    if (period or unit) and mapping is None:
        raise usage_error(N_("--period and --unit go with --map NAME."))
    if accept != bool(basis.strip()):
        raise usage_error(
            N_("Give --accept and --basis together: the paper with its number and date.")
        )
    if accept and by is None:
        raise usage_error(N_("Give --by LOGIN: the administrator who brings the figures in."))
    with open_here(workspace) as ws:
        try:
            if mapping is None:
                plan = plan_import(ws, file, bar, history=accept)
            else:
                by = by or _only_approver(ws)
                plan = _table_plan(ws, file, mapping, by, period, unit, history=accept)
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
        if accept and by is not None:
            if not dry_run and plan.changes:
                nth = accept_import(ws, plan, basis=basis, by=ws.account(by))
                words = N_(
                    "Accepted as record {id}; `nq brought-in --take-out {id}` takes them out."
                )
                echo(Phrase(words, {"id": nth}))
        elif not dry_run and plan.changes:
            written = apply_import(ws, plan, by=ws.account(by or _only_approver(ws)))
            echo(Phrase(N_("{count} drafts written."), {"count": written}))


def _table_plan(
    ws: Workspace, file: Path, mapping: str, by: str, period: str, unit: str, *, history: bool
) -> ImportPlan:
    """The plan of a table of another office. Says what becomes of its cells."""
    from nqcore.files.incoming import load
    from nqcore.workspace.table_import.reading import FATES
    from nqcore.workspace.table_import.table_file import TABLE_FILES

    table = ws.tables.read(file.name, load(file, TABLE_FILES))
    found = ws.tables.mapped(table, mapping, by=by, period=period, unit=unit)
    look = ws.tables.look(table, found, by=by, history=history)
    for fate, count in look.counts.items():
        words = N_("{count} cells: {fate}.")
        echo(Phrase(words, {"count": count, "fate": Phrase(FATES[fate])}), err=True)
    return look.checked()


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


@main.command("brought-in")
@workspace_option
@click.option("--take-out", type=int, default=None, metavar="ID", help="Take this batch out again.")
@click.option("--by", default=None, metavar="LOGIN", help="With --take-out: who takes it out.")
@json_option
def brought_in(workspace: Path, take_out: int | None, by: str | None, as_json: bool) -> None:
    """What came in as accepted (nq import --accept): by whom, when, on what paper."""
    from nqcore.cli.printing.submissions import brought_in_data, brought_in_rows

    if (take_out is None) != (by is None):
        raise usage_error(N_("Give --take-out ID and --by LOGIN together."))
    with open_here(workspace) as ws:
        if take_out is not None and by is not None:
            gone = ws.submissions.take_out(take_out, by=by)
            echo(Phrase(N_("{count} reports are taken out."), {"count": len(gone.submissions)}))
        elif as_json:
            print_json(brought_in_data(ws))
        else:
            head = (N_("id"), N_("day"), N_("login"), N_("reports"), N_("basis"), N_("note"))
            print_table(head, brought_in_rows(ws))


@main.command()
@workspace_option
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default=None)
@click.option("--unit", default=None, help="Only this unit and the units under it.")
def export(workspace: Path, output: Path | None, unit: str | None) -> None:
    """Every accepted value as .csv: unit,period,indicator,value."""
    from nqcore.files.checked_xlsx import csv_row
    from nqcore.workspace.bulk_import import COLUMNS, export_rows

    with open_here(workspace) as ws:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(map(csv_row, export_rows(ws, unit)))
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
@click.pass_context
def report(
    ctx: click.Context,
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
    if edition is not None:
        asked = ("directive", "period", "unit", "boundaries", "outline", "today", "as_of")
        refuse_beside(ctx, "--edition", *asked)
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
        for remark in document.remarks:
            echo(remark, err=True)
        figures = sum(1 for _ in document.report.figures)
        words = N_("{file}: {size} bytes, {figures} figures.")
        size = f"{len(document.data):,}"
        echo(Phrase(words, {"file": output, "size": size, "figures": figures}))
        if document.report.coverage:
            # Words of the document, which is in Vietnamese in every language of this program.
            echo(Phrase(N_("Its coverage: “{coverage}”"), {"coverage": document.report.coverage}))
