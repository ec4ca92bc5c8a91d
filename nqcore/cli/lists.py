"""Commands that list the content of a workspace: directives, units, indicators, status of reports."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from nqcore.cli.group import (
    json_option,
    main,
    open_here,
    today_option,
    translator,
    workspace_option,
)
from nqcore.cli.localized import echo, usage_error
from nqcore.cli.printing.output import print_json, print_lines, print_table
from nqcore.errors import N_


@main.command()
@workspace_option
@click.argument("id", required=False)
@click.option(
    "--at", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Mark what was not in force then."
)
@click.option("--plans", is_flag=True, help="Which units have issued their own plan.")
@click.option(
    "--tasks", is_flag=True, help="Which tasks are implemented below, which answer no shortcoming."
)
@today_option
@json_option
def directives(
    workspace: Path,
    id: str | None,
    at: datetime | None,
    plans: bool,
    tasks: bool,
    today: datetime | None,
    as_json: bool,
) -> None:
    """The directives; with ID, the directive and all under it as a tree."""
    from nqcore.cli.printing import directives as listing
    from nqcore.cli.printing.plugins import unresolved

    if plans and tasks:
        raise usage_error(N_("Give --plans or --tasks, not both."))
    if tasks and not id:
        raise usage_error(N_("Say whose tasks: nq directives ID --tasks."))
    with open_here(workspace, today) as ws:
        on = at.date() if at else None
        if plans:
            matrix = ws.monitoring.plans(id)
            if as_json:
                print_json(listing.plans_data(matrix))
            else:
                print_lines(listing.plan_lines(matrix))
        elif tasks and id:
            coverage = ws.monitoring.task_coverage(id)
            if as_json:
                print_json(listing.coverage_data(ws, coverage))
            else:
                print_lines(listing.coverage_lines(ws, coverage))
        elif as_json:
            print_json(listing.directives_data(ws, id, on))
        elif id:
            print_lines(listing.directive_tree(ws, id, on))
        else:
            print_table(
                (N_("id"), N_("number"), N_("date"), N_("body"), N_("type")),
                (
                    (d.id, d.number, d.date.isoformat() if d.date else "?", d.body, d.type)
                    for d in ws.directives
                ),
            )
            for gone in ws.catalogue.unresolved:
                echo(unresolved(gone.what, gone.owner, gone.kind, gone.missing))


@main.command()
@workspace_option
@click.argument("words", nargs=-1, metavar="[ID | find TEXT]")
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="The units as they were on that day.",
)
@click.option(
    "--questions",
    is_flag=True,
    help="Duties given by name to units that have ended, without a decision yet.",
)
@click.option(
    "--letterheads",
    is_flag=True,
    help="The letterhead of each unit's reviews, as a table to change in workspace.toml.",
)
@click.option(
    "--list",
    "as_list",
    is_flag=True,
    help="The units that exist, as a list (.csv) that `nq init --units` and the pages read.",
)
@today_option
@json_option
def units(
    workspace: Path,
    words: tuple[str, ...],
    at: datetime | None,
    questions: bool,
    letterheads: bool,
    as_list: bool,
    today: datetime | None,
    as_json: bool,
) -> None:
    """The units as a tree (all, or under ID). With `find`: the units whose name contains TEXT (accents
    are ignored), with their predecessors and successors."""
    from nqcore.cli.printing import units as printing

    if questions and (words or at):
        raise usage_error(N_("--questions stands alone."))
    wanted = " ".join(words[1:]) if len(words) > 1 and words[0] == "find" else None
    if len(words) > 1 and wanted is None:
        raise usage_error(N_("Give one ID, or `find` and a text."))
    if wanted is not None and at is not None:
        raise usage_error(N_("`find` looks at every day; leave --at out."))
    if letterheads and (questions or wanted is not None or at):
        raise usage_error(N_("--letterheads takes one ID or none, and no other option."))
    if as_list and (questions or letterheads or as_json or wanted is not None):
        raise usage_error(N_("--list takes one ID or none, --at, and no other option."))
    with open_here(workspace, today) as ws:
        if questions:
            if as_json:
                print_json(printing.questions_data(ws))
            else:
                print_lines(printing.question_lines(ws))
            return
        if wanted is not None:
            if as_json:
                print_json(ws.organisation.lineage(ws.organisation.find(wanted)))
            else:
                print_lines(printing.lineage_lines(ws, wanted))
            return
        id = words[0] if words else None
        if letterheads:
            if as_json:
                print_json(printing.letterheads_data(ws, id))
            else:
                print_lines(printing.letterhead_tables(ws, id))
            return
        if as_list:
            click.echo(printing.unit_list(ws.units.at(at.date() if at else ws.today), id), nl=False)
            return
        tree = ws.units.at(at.date()) if at else ws.units
        if as_json:
            print_json(printing.units_data(ws, tree, id))
        else:
            print_lines(printing.unit_lines(tree, id))


@main.command()
@workspace_option
@click.argument("code", required=False)
@click.option("--used", is_flag=True, help="What uses each, and how many boxes a year it costs.")
@today_option
@json_option
@click.pass_context
def indicators(
    ctx: click.Context,
    workspace: Path,
    code: str | None,
    used: bool,
    today: datetime | None,
    as_json: bool,
) -> None:
    """The indicators: what is counted and how it adds up; of one CODE its definition and its versions."""
    from nqcore.cli.printing.figures import definition_data, definition_lines, indicators_data
    from nqcore.cli.printing.indicator_uses import print_uses, uses_data

    if used and code:
        raise usage_error(N_("--used is about all indicators; leave the code out."))
    with open_here(workspace, today) as ws:
        if used:
            if as_json:
                print_json(uses_data(ws))
            else:
                print_uses(ws)
            return
        data = indicators_data(ws, code)
        if code and as_json:
            print_json([{**data[0], **definition_data(ws.content.indicator(code))}])
        elif code:
            print_lines(definition_lines(ws.content.indicator(code), translator(ctx)))
        elif as_json:
            print_json(data)
        else:
            print_table(
                (N_("code"), N_("name"), N_("measure"), N_("units/time"), N_("plugin")),
                (
                    (
                        i["code"],
                        i["name"],
                        i["measure"],
                        f"{i['over_units']}/{i['over_time']}"
                        if not i["formula"]
                        else f"= {i['formula']}",
                        i["plugin"],
                    )
                    for i in data
                ),
            )


@main.command()
@workspace_option
@click.option("--form", required=True)
@click.option("--period", required=True)
@today_option
@json_option
def status(workspace: Path, form: str, period: str, today: datetime | None, as_json: bool) -> None:
    """Which units have sent the report, which are late, which have not sent it."""
    from nqcore.cli.printing.submissions import status_data, status_line
    from nqcore.model.submissions import SubmissionState, state_words

    with open_here(workspace, today) as ws:
        rows = status_data(ws, form, period)
        if as_json:
            print_json(rows)
        else:
            print_table(
                (
                    *(N_("unit"), N_("name"), N_("state"), N_("due"), N_("sent"), N_("days late")),
                    N_("extended"),
                ),
                (
                    (
                        r["unit"],
                        r["name"],
                        state_words(SubmissionState(r["state"])) if r["state"] else "-",
                        r["due"],
                        r["sent"] or "-",
                        "-" if r["days_late"] is None else str(r["days_late"]),
                        "{reason} ({by})".format(**r["extension"]) if r["extension"] else "",
                    )
                    for r in rows
                ),
            )
            echo(status_line(ws, form, period))


@main.command()
@workspace_option
@click.option("--unit", default=None, help="Only this unit and the units under it.")
@today_option
@json_option
def debts(workspace: Path, unit: str | None, today: datetime | None, as_json: bool) -> None:
    """What is owed of every period: past due, returned for correction, and the last reminder."""
    from nqcore.cli.printing.debts import debt_rows, debts_data, debts_line

    with open_here(workspace, today) as ws:
        found = ws.monitoring.unsettled_reports(unit)
        if as_json:
            print_json(debts_data(ws, found))
        else:
            print_table(
                (
                    *(N_("unit"), N_("name"), N_("report"), N_("due"), N_("days overdue")),
                    N_("reminded"),
                ),
                debt_rows(ws, found),
            )
            echo(debts_line(found))
