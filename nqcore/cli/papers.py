"""`nq check`: a document that comes back, number by number."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from nqcore.cli.group import (
    boundaries_option,
    json_option,
    main,
    open_here,
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
@click.option("--directive", default=None, help="With --period: the review of today instead.")
@click.option("--period", default=None)
@click.option("--unit", default=None)
@boundaries_option
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
    boundaries: str,
    as_json: bool,
    today: datetime | None,
) -> None:
    """Read an edited .docx (or .doc) of a review back: is each number still its figure?

    The exit status is 1 when a number is not right.
    """
    from nqcore.analysis.readback.document import load_document
    from nqcore.cli.printing.papers import check_data, check_lines

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
        )
    if as_json:
        print_json(check_data(checked, translator(ctx)))
    else:
        print_lines(check_lines(checked, translator(ctx)))
    if not checked.right:
        ctx.exit(1)
