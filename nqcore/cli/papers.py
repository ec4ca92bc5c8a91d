"""`nq check`: a document that comes back, number by number."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from nqcore.cli.group import (
    json_option,
    main,
    open_here,
    refuse_beside,
    today_option,
    translator,
    workspace_option,
)
from nqcore.cli.localized import usage_error
from nqcore.cli.printing.output import print_json, print_lines
from nqcore.errors import N_


@main.command()
@workspace_option
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--edition", default=None, help="The frozen review; default: what its bookmarks say.")
@click.option("--directive", default=None, help="With --period: this review instead of its own.")
@click.option("--period", default=None)
@click.option("--unit", default=None, help="Of a draft: in place of the unit that it says.")
@click.option(
    "--boundaries",
    default=None,
    metavar="reported|DATE",
    help="Of a draft: in place of what its file says.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=lambda ctx, param, value: value and value.date(),
    default=None,
    help="Of a draft: in place of the day that its file says.",
)
@json_option
@today_option
@click.pass_context
def check(
    ctx: click.Context,
    workspace: Path,
    file: Path,
    edition: str | None,
    directive: str | None,
    period: str | None,
    unit: str | None,
    boundaries: str | None,
    as_of: date | None,
    as_json: bool,
    today: datetime | None,
) -> None:
    """Read an edited .docx (or .doc) of a review back: is each number still its figure?

    The exit status is 1 when a number is not right.
    """
    from nqcore.analysis.readback.document import load_document
    from nqcore.cli.printing.papers import check_data, check_lines

    if edition is not None:
        refuse_beside(ctx, "--edition", "directive", "period", "unit", "boundaries", "as_of")
    if (directive is None) != (period is None):
        raise usage_error(N_("Give --directive and --period together."))
    data = load_document(file)
    with open_here(workspace, today) as ws:
        checked = ws.papers.check(
            data,
            name=file.name,
            edition=edition,
            directive=directive,
            period=period,
            unit=unit,
            boundaries=boundaries,
            as_of=as_of,
        )
    if as_json:
        print_json(check_data(checked, translator(ctx)))
    else:
        print_lines(check_lines(checked, translator(ctx)))
    if not checked.right:
        ctx.exit(1)
