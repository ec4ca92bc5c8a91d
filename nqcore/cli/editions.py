"""Commands for frozen reviews: `nq freeze`, `nq editions`, `nq diff`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

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
from nqcore.cli.localized import echo
from nqcore.cli.printing.output import bar, print_json, print_lines, print_table


@main.command()
@workspace_option
@click.option("--directive", required=True)
@click.option("--period", required=True)
@click.option("--unit", default=None)
@click.option("--by", required=True, help="The login of the account that freezes it.")
@boundaries_option
@today_option
@as_of_option
@json_option
def freeze(
    workspace: Path,
    directive: str,
    period: str,
    unit: str | None,
    by: str,
    boundaries: str,
    today: datetime | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Freeze the figures and words of a review as an edition."""
    from nqcore.cli.printing.editions import frozen_words, head_data

    with open_here(workspace, today) as ws:
        edition = ws.editions.freeze(
            directive=directive,
            period=period,
            unit=unit,
            by=by,
            boundaries=boundaries,
            as_of=as_of,
            progress=bar,
        )
        for remark in edition.report.remarks:
            echo(remark, err=True)
        if as_json:
            print_json(head_data(edition))
        else:
            echo(frozen_words(edition))


@main.command()
@workspace_option
@click.option("--directive", default=None)
@click.option("--unit", default=None)
@click.option(
    "--recompute",
    default=None,
    metavar="ID",
    help="Compute this edition again; exit 1 when it is not the same.",
)
@json_option
@click.pass_context
def editions(
    ctx: click.Context,
    workspace: Path,
    directive: str | None,
    unit: str | None,
    recompute: str | None,
    as_json: bool,
) -> None:
    """The frozen reviews, the newest first."""
    from nqcore.cli.printing import editions as printing

    if recompute is not None:
        refuse_beside(ctx, "--recompute", "directive", "unit", "as_json")
    with open_here(workspace) as ws:
        if recompute is not None:
            found = ws.editions.recompute(recompute, progress=bar)
            print_lines(printing.recomputed_lines(found))
            ctx.exit(0 if found.same else 1)
        heads = ws.editions.list(directive, unit)
        if as_json:
            print_json([printing.head_data(head) for head in heads])
        else:
            print_table(printing.HEAD, map(printing.head_row, heads))


@main.command()
@workspace_option
@click.argument("before")
@click.argument("after", required=False)
@today_option
@json_option
@click.pass_context
def diff(
    ctx: click.Context,
    workspace: Path,
    before: str,
    after: str | None,
    today: datetime | None,
    as_json: bool,
) -> None:
    """What changed between two editions, or an edition and now, and why."""
    from nqcore.cli.printing.editions import diff_data, diff_lines

    if after is not None:
        refuse_beside(ctx, "AFTER", "today")
    with open_here(workspace, today) as ws:
        found = ws.editions.diff(before, after, progress=bar)
        if as_json:
            print_json(diff_data(found, before, after))
        else:
            print_lines(diff_lines(found, ws, translator(ctx)))
